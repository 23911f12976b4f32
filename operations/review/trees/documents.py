"""The text of a file of a tree as plain data, whoever wrote it.

Every value stays the text that it is written as, so that no two readers of YAML can disagree about it. What can be read in
several ways, or is made to keep a reader busy, is refused: separators that some take for keys, tags, nulls, booleans in other
spellings, anchors, merge keys, a key that stands twice, deep nesting. Appliers split files by their lines before they read
them (Kubernetes' YAMLReader takes `---` and a comment, Config Sync any line that begins with `---`), so that lines count.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

import yaml

_LARGEST: Final = 1 << 20
_DEEPEST: Final = 40
_MERGE: Final = "<<"
_BREAKS: Final = ("\r", "\x85", "\u2028", "\u2029", "\ufeff")
"""Ends of lines, and a mark of byte order, that some readers take for such and others for text."""
_NULLS: Final = frozenset({"", "~", "null"})
_BOOLEANS: Final = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n"})
_PLAIN: Final = frozenset({"true", "false"})
_SKIPPED: Final = "+argocd:skip-file-rendering"
"""Anywhere in a file, it makes Argo CD pass over all of it; Argo CD 3.5's user guide, "Directory", 2026-11-30."""


class UnreadableError(ValueError):
    """A file that says nothing that everybody reads in the same way."""


def documents(data: bytes) -> list[Any]:
    """The documents of a file, empty ones left out; they are not to be changed.

    Raises:
        UnreadableError: says why it cannot be read.
    """
    return list(_of_the_same(data))


@lru_cache(maxsize=1024)
def _of_the_same(data: bytes) -> tuple[Any, ...]:
    """Most files of a tree are the same on both sides of a comparison."""
    if len(data) > _LARGEST:
        raise UnreadableError("is larger than 1 MiB")
    try:
        text = data.decode("utf-8")
        _refuse_lines(text)
        return tuple(_documents(yaml.parse(text, Loader=yaml.SafeLoader)))
    except (UnicodeDecodeError, yaml.YAMLError):
        raise UnreadableError("is not YAML") from None


def _refuse_lines(text: str) -> None:
    """Refuse what changes a file before it is read as YAML."""
    if _SKIPPED in text:
        raise UnreadableError("tells Argo CD to pass over it")
    if any(one in text for one in _BREAKS):
        raise UnreadableError("ends lines in a way that others may read otherwise")
    for line in text.split("\n"):
        if line.startswith(("---", "...", "%")) and line != "---":
            raise UnreadableError(f"has a line that begins with {line[:1]}, which others may read otherwise")


def _documents(events: Iterator[yaml.Event]) -> Iterator[Any]:
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            head = next(events)
            if not _is_nothing(head):
                yield _value(head, events, 0)


def _value(event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Any:
    if depth > _DEEPEST:
        raise UnreadableError("is nested too deeply")
    if getattr(event, "tag", None) is not None:
        raise UnreadableError("has a tag, which others may read otherwise")
    if isinstance(event, yaml.ScalarEvent):
        return _text(event.value, plain=event.style is None)
    if isinstance(event, yaml.SequenceStartEvent):
        return list(_items(events, depth))
    if isinstance(event, yaml.MappingStartEvent):
        return _mapping(events, depth)
    raise UnreadableError("uses an anchor, which others may read otherwise")


def _is_nothing(event: yaml.Event) -> bool:
    """Whether a document has nothing in it."""
    return (
        isinstance(event, yaml.ScalarEvent)
        and event.style is None
        and event.tag is event.anchor is None
        and not event.value
    )


def _text(value: str, *, plain: bool) -> str:
    """A value that can be written again, and that is the same to all: an escape may say half a character."""
    if plain and value.lower() in _NULLS:
        raise UnreadableError("says null, which takes away what others set")
    if plain and value.lower() in _BOOLEANS and value not in _PLAIN:
        raise UnreadableError(f"says {value}, which is true or false to some; write true, false or quotes")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise UnreadableError("holds half a character") from None
    return value


def _items(events: Iterator[yaml.Event], depth: int) -> Iterator[Any]:
    while not isinstance(head := next(events), yaml.SequenceEndEvent):
        yield _value(head, events, depth + 1)


def _mapping(events: Iterator[yaml.Event], depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    while not isinstance(head := next(events), yaml.MappingEndEvent):
        key = _value(head, events, depth + 1)
        if not isinstance(key, str) or key == _MERGE:
            raise UnreadableError("has a key that is no plain text")
        if key in found:
            raise UnreadableError(f"says {key} twice in one place")
        found[key] = _value(next(events), events, depth + 1)
    return found
