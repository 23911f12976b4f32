"""What ``hybrid prerequisites`` prints: under headings, for people, for documents, for machines.

A command that is longer than a line is broken where the shell lets it go on, so that it can be copied as it stands.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from estate.model.estate import Estate
from operations.cards.card import Step
from operations.check.prerequisites import prerequisites
from operations.console import columns_of_a_line, print_document, say
from operations.options import Form
from operations.texts.markdown import escaped, fenced

_WORD: Final = re.compile(r"""(?:[^\s"']|"[^"]*"|'[^']*')+""")
"""A word of the shell, what is quoted in it unbroken."""

_COMMENT: Final = "  # "
_INDENT: Final = 5
_GOES_ON: Final = "\\"
_FURTHER: Final = "   "


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
            number = f"{next(numbers):3}. "
            yield textwrap.fill(
                step.what,
                width,
                initial_indent=number,
                subsequent_indent=" " * _INDENT,
                break_long_words=False,
                break_on_hyphens=False,
            )
            for command in step.commands:
                yield from _broken(command, width)


def _broken(command: str, width: int) -> Iterator[str]:
    """A command on as many lines as it takes, each but the last ending where the shell goes on."""
    indent, room = " " * _INDENT, width - _INDENT
    command, hash_, comment = command.partition(_COMMENT)
    line = "$"
    is_long = len(f"$ {command}") > room
    for word in _WORD.findall(command):
        if len(f"{line} {word} {_GOES_ON}") > room and line != "$":
            yield f"{indent}{line} {_GOES_ON}"
            line = _FURTHER
        line = f"{line} {word}"
        # Here a shell goes on without being told.
        if is_long and word == "do":
            yield f"{indent}{line}"
            line = _FURTHER
    if hash_ and len(f"{line}{hash_}{comment}") > room:
        yield f"{indent}{line}"
        line = _FURTHER
    yield f"{indent}{line}{hash_}{comment}"


def _markdown(name: str, steps: Sequence[Step]) -> Iterator[str]:
    yield f"## What has to be there for {escaped(name)}"
    if not steps:
        yield "\nNothing has to be done by hand."
    numbers = iter(range(1, len(steps) + 1))
    for turn, found in groupby(steps, key=lambda step: step.turn):
        heading = turn.heading(name)
        yield f"\n### {escaped(heading[0].upper() + heading[1:])}"
        for step in found:
            number = f"{next(numbers)}. "
            yield f"\n{number}{escaped(step.what)}"
            if step.commands:
                indent = " " * len(number)
                yield ""
                lines = fenced("console", [f"$ {command}" for command in step.commands])
                yield from (f"{indent}{line}" for line in lines)
