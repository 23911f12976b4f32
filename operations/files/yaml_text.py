"""Plain data as the text of YAML, and the text of a file as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from typing import Any, Final

from estate.model.rules import Path
from estate.reading.yaml_scalars import resolve

_WIDTH: Final = 115
# Plain also inside brackets: no comma, no bracket, no colon or hash that YAML would take for its own.
_PLAIN: Final = re.compile(r"[A-Za-z0-9/](?:[-A-Za-z0-9/+=@._]|:(?=[-A-Za-z0-9/+=@._:])| (?=[A-Za-z0-9/]))*")


def read_exactly(path: FilePath) -> str:
    """The text of a file, its line endings and its byte order mark as they are."""
    return path.read_bytes().decode("utf-8")


def scalar(value: str | int) -> str:
    """Write a text, number or truth so that every YAML reader reads back the same; quoted only where needed."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and not (_PLAIN.fullmatch(value) and resolve(value) == value):
        return f'"{"".join(map(_escaped, value))}"'
    return str(value)


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    return character if character.isprintable() else f"\\U{ord(character):08x}"


def block_lines(data: dict[str, Any], at: Path, comments: Mapping[Path, str]) -> Iterator[str]:
    """Write a mapping, one entry a line where it reads well there.

    Args:
        data: the mapping.
        at: where it stands; two spaces a key and two more come before each line.
        comments: what to say behind a key's line, by path from the top.
    """
    indent = "  " * (len(at) + 1)
    for key, value in data.items():
        here = (*at, key)
        comment = f"  # {comments[here]}" if here in comments else ""
        commented_below = any(path[: len(here)] == here != path for path in comments)
        if _reads_well_on_a_line(value) and not (isinstance(value, dict) and (not at or commented_below)):
            yield f"{indent}{scalar(key)}: {_flow(value)}{comment}"
        elif isinstance(value, dict):
            yield f"{indent}{scalar(key)}:{comment}"
            yield from block_lines(value, here, comments)
        else:
            yield f"{indent}{scalar(key)}:{comment}"
            yield from (f"{indent}  - {_flow(item)}" for item in value)


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{scalar(key)}: {_flow(below)}' for key, below in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return scalar(value)


def _reads_well_on_a_line(value: Any) -> bool:
    """Whether a mapping or list is short; a text always goes on one line."""
    return not isinstance(value, dict | list) or len(_flow(value)) <= _WIDTH
