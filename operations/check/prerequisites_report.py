"""What ``hybrid prerequisites`` prints: under headings, for people, for documents, for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from estate.model.estate import Estate
from operations.cards.card import Step
from operations.cards.prerequisites import prerequisites
from operations.cards.printed import step_lines, step_markdown
from operations.console import columns_of_a_line, print_document, say
from operations.options import Form
from operations.texts.markdown import escaped


def say_prerequisites(estate: Estate, names: Sequence[str], form: Form) -> None:
    """Print every step of the named environments in a form."""
    found = {name: prerequisites(estate, name) for name in names}
    if form is Form.JSON:
        document = {"prerequisites": {name: list(map(_plain, steps)) for name, steps in found.items()}}
        print_document(json.dumps(document, indent=2), is_json=True)
    elif form is Form.MARKDOWN:
        print_document("\n\n".join("\n".join(_markdown(name, steps)) for name, steps in found.items()))
    else:
        for name, steps in found.items():
            for line in _text(name, steps, columns_of_a_line()):
                say(line)


def _plain(step: Step) -> dict[str, Any]:
    return {"turn": step.turn.name.lower(), "what": step.what, "commands": list(step.commands)}


def _text(name: str, steps: Sequence[Step], width: int) -> Iterator[str]:
    yield f"{name}: {'to be there or done by hand, in this order' if steps else 'nothing has to be done by hand'}"
    numbers = iter(range(1, len(steps) + 1))
    for turn, found in groupby(steps, key=lambda step: step.turn):
        yield f"\n{turn.heading(name)}"
        for step in found:
            yield from step_lines(next(numbers), step, width)


def _markdown(name: str, steps: Sequence[Step]) -> Iterator[str]:
    yield f"## What has to be there for {escaped(name)}"
    if not steps:
        yield "\nNothing has to be done by hand."
    numbers = iter(range(1, len(steps) + 1))
    for turn, found in groupby(steps, key=lambda step: step.turn):
        heading = turn.heading(name)
        yield f"\n### {escaped(heading[0].upper() + heading[1:])}"
        for step in found:
            yield from step_markdown(next(numbers), step)
