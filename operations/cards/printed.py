"""How what a person does is printed, step by step: for people, and for documents.

A command that is longer than a line is broken where the shell lets it go on, so that it can be copied as it stands.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

from operations.cards.card import Step, Task
from operations.texts.markdown import escaped, fenced

_WORD: Final = re.compile(r"""(?:[^\s"']|"[^"]*"|'[^']*')+""")
"""A word of the shell, what is quoted in it unbroken."""

_COMMENT: Final = "  # "
_INDENT: Final = 5
_GOES_ON: Final = "\\"
_FURTHER: Final = "   "
_DONE: Final = "done when this shows it:"


def step_lines(number: int, step: Step | Task, width: int, *, seen: bool = False) -> Iterator[str]:
    """A step for people.

    Args:
        number: its place.
        step: what is done.
        width: columns of a line.
        seen: whether to say how to see that it is done.
    """
    yield textwrap.fill(
        step.what,
        width,
        initial_indent=f"{number:3}. ",
        subsequent_indent=" " * _INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
    for command in step.commands:
        yield from _broken(command, width)
    if seen and step.seen:
        yield f"{' ' * _INDENT}{_DONE}"
        for command in step.seen:
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


def step_markdown(number: int, step: Step | Task, *, seen: bool = False) -> Iterator[str]:
    """A step of a document; for the arguments see :func:`step_lines`."""
    first = f"{number}. "
    indent = " " * len(first)
    yield f"\n{first}{escaped(step.what)}"
    if step.commands:
        yield from _block(step.commands, indent)
    if seen and step.seen:
        yield f"\n{indent}{_DONE[0].upper()}{_DONE[1:]}"
        yield from _block(step.seen, indent)


def _block(commands: Sequence[str], indent: str) -> Iterator[str]:
    yield ""
    lines = fenced("console", [f"$ {command}" for command in commands])
    yield from (f"{indent}{line}" for line in lines)
