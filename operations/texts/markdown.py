"""Tables for documents."""

from __future__ import annotations

from collections.abc import Sequence


def markdown_table(title: str, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A heading with a table below it, or with the word that there is nothing."""
    return "\n".join([f"## {title}", "", *(table_lines(headers, rows) if rows else ["Nothing."])])


def table_lines(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a table."""
    lines = [headers, ["---" for _ in headers], *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]


def flowing(text: str) -> str:
    """A text on one line, with nothing in it that would be taken for HTML."""
    return " ".join(text.split()).replace("<", "&lt;")
