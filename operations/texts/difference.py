"""How a file that is kept differs from what it should be, short enough for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from itertools import islice

LONGEST = 40
"""Lines of a difference that are shown; the first of them say what it is about."""


def difference(old: bytes, new: bytes, name: str) -> str:
    """The lines that differ, "" when no byte does.

    Args:
        old: what is kept.
        new: what it should be.
        name: what the file is called.
    """
    if old == new:
        return ""
    lines = list(_lines(old, new, name))
    shown = list(islice(lines, LONGEST))
    rest = len(lines) - len(shown)
    return "\n".join([*shown, *([f"... and {rest} more lines"] if rest else [])])


def _lines(old: bytes, new: bytes, name: str) -> Iterator[str]:
    # keepends: a missing newline, or one of another system, is a difference too.
    before, after = (text.decode("utf-8", "replace").splitlines(keepends=True) for text in (old, new))
    for line in unified_diff(before, after, f"{name} (kept)", f"{name} (now)", n=1):
        text = line.removesuffix("\n")
        yield text.replace("\r", "\\r") if line.endswith("\n") else f"{text}\\ no newline at the end"
