"""What ``hybrid who`` and ``hybrid who-can`` print: a table for people, for documents, for machines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, astuple

from operations.check.access_row import HEADERS, Row
from operations.console import print_document, print_table, say
from operations.options import Form
from operations.texts.markdown import markdown_table


def say_rows(title: str, rows: Sequence[Row], form: Form) -> None:
    """Print the rows in a form."""
    if form is Form.TEXT:
        print_rows(title, rows)
    else:
        document = rows_json if form is Form.JSON else rows_markdown
        print_document(document(title, rows), is_json=form is Form.JSON)


def print_rows(title: str, rows: Sequence[Row]) -> None:
    """Print a table, and say aloud when there is nothing in it."""
    if rows:
        print_table(title, HEADERS, [astuple(row) for row in rows])
    else:
        say(f"{title}: nothing")


def rows_markdown(title: str, rows: Sequence[Row]) -> str:
    """The same as a Markdown table."""
    return markdown_table(title, HEADERS, [astuple(row) for row in rows])


def rows_json(title: str, rows: Sequence[Row]) -> str:
    """The same for machines."""
    return json.dumps({"title": title, "grants": [asdict(row) for row in rows]}, indent=2)
