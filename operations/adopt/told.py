"""What every way of moving in tells: files as they become, what was not carried over, what comes next.

The files, or what changes in them, go to standard output; everything else to standard error.
"""

from __future__ import annotations

import difflib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from estate.model.rules import Path as ValuePath
from estate.reading.paths import dotted, shown
from operations.adopt.gkectl.document import Document, Leaf
from operations.adopt.secrecy import NOT_SHOWN, may_be_secret
from operations.console import print_document, say

Step = tuple[str, tuple[str, ...]]
"""What to do, and the commands for it."""

WhyNoPlace = Callable[[str, ValuePath], str | None]
"""Why a field of a kind of document has no place here; None where nobody knows the field."""

_UNKNOWN: Final = "is not known here, nothing is made of it; look it up before you rely on the section"


@dataclass(frozen=True)
class Change:
    """A file as it is and as it will be."""

    path: Path
    before: str
    after: str


def print_change(change: Change, *, written: bool) -> None:
    """Print how a file changes, or that it was written."""
    name = shown(change.path)
    if change.after == change.before:
        say(f"{name} stays as it is")
    elif written:
        say(f"{name} written")
    else:
        lines = difflib.unified_diff(
            change.before.splitlines(), change.after.splitlines(), _origin(change), name, lineterm="", n=2
        )
        print_document("\n".join(line.rstrip() for line in lines))


def _origin(change: Change) -> str:
    return shown(change.path) if change.before else "/dev/null"


def print_left_out(documents: Sequence[Document], why_no_place: WhyNoPlace) -> None:
    """Print every value that became nothing, with why."""
    listed = [(document, leaf) for document in documents for leaf in _left_out(document, why_no_place)]
    if listed:
        tell("not carried over:", style="bold")
    for document, leaf in listed:
        line, column = document.position(leaf.path)
        tell(f"  {document.name}:{line}:{column}: {dotted(leaf.path)}: {_shown(leaf)}{leaf.why}")
    for document in documents:
        empty = [dotted(leaf.path) for leaf in document.leaves() if leaf.is_empty]
        if empty:
            tell(f"empty in {document.name}, so nothing is made of it: {', '.join(empty)}")


def _left_out(document: Document, why_no_place: WhyNoPlace) -> Iterator[Leaf]:
    kind = document.text("kind").value or ""
    for leaf in document.leaves():
        if not leaf.is_empty:
            yield leaf._replace(why=leaf.why or why_no_place(kind, leaf.path) or _UNKNOWN)


def _shown(leaf: Leaf) -> str:
    """A number or truth; never a text, which may be a password whatever its field is called."""
    if isinstance(leaf.value, str) or leaf.why == _UNKNOWN:
        return ""
    return f"{NOT_SHOWN if may_be_secret(leaf.path) else json.dumps(leaf.value)}: "


def print_steps(steps: Sequence[Step]) -> None:
    """Print what is to be done, numbered, with the commands."""
    for number, (text, commands) in enumerate(steps, 1):
        tell(f"  {number}. {text}")
        for command in commands:
            tell(f"     $ {command}")


def tell(text: str, style: str = "") -> None:
    """Print a line beside the document."""
    say(text, style=style, stream=sys.stderr)
