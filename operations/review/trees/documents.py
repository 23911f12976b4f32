"""The text of a file of a tree as plain data, whoever wrote it.

Every value stays the text that it is written as, so that no two readers of YAML can disagree about it. What can be read in
several ways, or is made to keep a reader busy, is refused: anchors, merge keys, a key that stands twice, deep nesting.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import yaml

_LARGEST: Final = 1 << 20
_DEEPEST: Final = 40
_MERGE: Final = "<<"


class UnreadableError(ValueError):
    """A file that says nothing that everybody reads in the same way."""


def documents(data: bytes) -> list[Any]:
    """The documents of a file, empty ones left out.

    Raises:
        UnreadableError: says why it cannot be read.
    """
    if len(data) > _LARGEST:
        raise UnreadableError("is larger than 1 MiB")
    try:
        events = yaml.parse(data.decode("utf-8"), Loader=yaml.SafeLoader)
        return list(_documents(events))
    except (UnicodeDecodeError, yaml.YAMLError):
        raise UnreadableError("is not YAML") from None


def _documents(events: Iterator[yaml.Event]) -> Iterator[Any]:
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            found = _value(next(events), events, 0)
            if found not in ("", "null", "~"):
                yield found


def _value(event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Any:
    if depth > _DEEPEST:
        raise UnreadableError("is nested too deeply")
    if isinstance(event, yaml.ScalarEvent):
        return _text(event.value)
    if isinstance(event, yaml.SequenceStartEvent):
        return list(_items(events, depth))
    if isinstance(event, yaml.MappingStartEvent):
        return _mapping(events, depth)
    raise UnreadableError("uses an anchor, which others may read otherwise")


def _text(value: str) -> str:
    """A value that can be written again: an escape may say half a character."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise UnreadableError("holds half a character") from None
    return value


def _items(events: Iterator[yaml.Event], depth: int) -> Iterator[Any]:
    for head in events:
        if isinstance(head, yaml.SequenceEndEvent):
            return
        yield _value(head, events, depth + 1)


def _mapping(events: Iterator[yaml.Event], depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for head in events:
        if isinstance(head, yaml.MappingEndEvent):
            break
        key = _value(head, events, depth + 1)
        if not isinstance(key, str) or key == _MERGE:
            raise UnreadableError("has a key that is no plain text")
        if key in found:
            raise UnreadableError(f"says {key} twice in one place")
        found[key] = _value(next(events), events, depth + 1)
    return found
