"""What ``hybrid bootstrap`` prints: under headings, for people, for documents, for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from operations.bootstrap.order import Part
from operations.cards.printed import step_lines, step_markdown
from operations.console import columns_of_a_line, print_document, say
from operations.options import Form
from operations.texts.markdown import escaped


def say_order(name: str, first: str, parts: Sequence[Part], form: Form) -> None:
    """Print every part in a form."""
    if form is Form.JSON:
        document = {"bootstrap": {"environment": name, "first": first, "parts": list(map(_plain, parts))}}
        print_document(json.dumps(document, indent=2), is_json=True)
    elif form is Form.MARKDOWN:
        print_document("\n".join(_markdown(name, parts)))
    else:
        for line in _text(name, parts, columns_of_a_line()):
            say(line)


def _plain(part: Part) -> dict[str, Any]:
    return {
        "heading": part.heading,
        "tasks": [
            {"what": task.what, "commands": list(task.commands), "seen": list(task.seen)}
            for task in part.tasks
        ],
    }


def _text(name: str, parts: Sequence[Part], width: int) -> Iterator[str]:
    yield f"{name}: its ground, made by a person in this order; begin again at the first step that is not done"
    numbers = count(1)
    for part in parts:
        yield f"\n{part.heading}"
        for task in part.tasks:
            yield from step_lines(next(numbers), task, width, seen=True)


def _markdown(name: str, parts: Sequence[Part]) -> Iterator[str]:
    yield f"## How the ground of {escaped(name)} is made"
    numbers = count(1)
    for part in parts:
        yield f"\n### {escaped(part.heading[0].upper() + part.heading[1:])}"
        for task in part.tasks:
            yield from step_markdown(next(numbers), task, seen=True)
