"""Paths of values in a file, and how anything read from a file is shown to a person.

A path is the keys and list positions from the top of the file to a value. Left out: positions by
line and column, which belong to :mod:`estate.reading.yaml_source`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path as FilePath
from typing import Any

from estate.model.rules import Path

_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SHOWN_LENGTH = 60
_TELLING_LENGTH = 3


def dotted(path: Path) -> str:
    """Write ``path`` as ``aws.zones[0].cidr``; keys with other characters stand as ``["a.b"]``."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif _PLAIN_KEY.fullmatch(part):
            text += f".{shortened(part)}" if text else shortened(part)
        else:
            text += f"[{quoted(part)}]"
    return text


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value in ``value`` that is no mapping or list, and every empty one of these, with its path."""
    if isinstance(value, dict) and value:
        for key, below in value.items():
            yield from leaves(below, (*path, key))
    elif isinstance(value, list) and value:
        for position, below in enumerate(value):
            yield from leaves(below, (*path, position))
    else:
        yield path, value


def differences(before: Any, after: Any, path: Path = ()) -> Iterator[tuple[Path, Any, Any]]:
    """Where two values differ, with both; lists of another length, and whatever is no mapping or list, as a whole."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in {**before, **after}:
            yield from differences(before.get(key), after.get(key), (*path, key))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for position, (first, second) in enumerate(zip(before, after, strict=True)):
            yield from differences(first, second, (*path, position))
    elif before != after:
        yield path, before, after


def quoted(text: str) -> str:
    """Put ``text`` in double quotes, on one line, escaped as YAML would and shortened."""
    return '"' + printable(shortened(text).replace("\\", "\\\\").replace('"', '\\"')) + '"'


def shortened(text: str) -> str:
    """Cut ``text`` to about 60 characters."""
    return text if len(text) <= _SHOWN_LENGTH else text[: _SHOWN_LENGTH - 3] + "..."


def printable(text: str) -> str:
    """Escape what would break the line or steer the terminal."""
    if text.isprintable():
        return text
    escapes = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return "".join(c if c.isprintable() else escapes.get(c, f"\\u{ord(c):04x}") for c in text)


def first_few(words: Sequence[str], most: int, separator: str = ", ") -> str:
    """The first of several words, and how many more there are: ``a, b and 3 more``."""
    more = f" and {len(words) - most} more" if len(words) > most else ""
    return separator.join(words[:most]) + more


def nearest(word: str, allowed: Collection[str]) -> str | None:
    """Return the allowed word that ``word`` was probably meant to be."""
    by_lower_case = {candidate.lower(): candidate for candidate in sorted(allowed)}
    lower = word.lower()
    found = get_close_matches(lower, by_lower_case, n=1, cutoff=0.6) or [
        candidate
        for candidate in by_lower_case
        if min(len(lower), len(candidate)) >= _TELLING_LENGTH
        and (lower.startswith(candidate) or candidate.startswith(lower))
    ]
    return by_lower_case[found[0]] if found else None


def did_you_mean(word: str, allowed: Collection[str]) -> str:
    """What to add to a message about ``word``: the allowed word that it was probably meant to be, if any."""
    suggestion = nearest(word, allowed)
    return f"; did you mean {suggestion}?" if suggestion else ""


def shown(file: FilePath) -> str:
    """Name ``file`` as a person would: relative to the current folder when it lies inside it."""
    absolute = file.absolute()
    folder = FilePath.cwd()
    return str(absolute.relative_to(folder)) if absolute.is_relative_to(folder) else str(file)
