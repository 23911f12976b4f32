"""Attributes of an object before and after: which differ, and which may be shown.

Paths are dotted and leave list positions out, as rules write them: ``network_config.host_config.dns_servers``.
A list of plain values, and a value of which any part is secret, count as one attribute.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import translate
from functools import cache, cached_property
from typing import Any

from operations.review.plan import Values
from operations.review.text import cut
from operations.texts.plain import plain
from operations.texts.redaction import SECRET, Redaction

UNKNOWN = "(known after apply)"
ABSENT = "(absent)"

_WILD = re.compile(r"[*?[]")
_LONGEST = 160
_DEEPEST = 40


class _Secret:
    """In place of a value that may not be shown; two of them differ when their values do."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Secret) and bool(self.value == other.value)

    __hash__ = None  # type: ignore[assignment]  # nobody counts secrets


class _Unknown:
    """In place of a value that only applying gives; no two of them are the same."""


class _Absent:
    """In place of a value where an object has no such attribute."""


_ABSENT = _Absent()


@dataclass(frozen=True)
class Difference:
    """One attribute that changes.

    Attributes:
        path: dotted, without list positions.
        before: as it is shown, never a secret.
        after: as it is shown, never a secret.
        known: whether the value afterwards is known.
    """

    path: str
    before: str
    after: str
    known: bool = True


Path = tuple[str | int, ...]

Flat = Mapping[str, Sequence[str]]
"""The plain values of an object by attribute; each item of a list by itself."""


class Attributes:
    """An object's attributes before and after, taken apart once."""

    def __init__(self, values: Values) -> None:
        hidden = (bare(values.sensitive_before), bare(values.sensitive_after))
        self._before = dict(_leaves(values.before, hidden))
        self._after = dict(_leaves(values.after, hidden, bare(values.unknown)))

    def differences(self, redaction: Redaction) -> Iterator[Difference]:
        """Every attribute that differs, in the order of the object's attributes.

        Args:
            redaction: knows every secret of the plans, marked here or not.
        """
        for path in {**self._before, **self._after}:
            old, new = self._before.get(path, _ABSENT), self._after.get(path, _ABSENT)
            if old == new or (_is_empty(old) and _is_empty(new)):
                continue
            known = not isinstance(new, _Unknown)
            yield Difference(
                redaction.text(dotted(path)), shown(old, redaction), shown(new, redaction), known=known
            )

    @cached_property
    def before(self) -> Flat:
        """What rules compare of the object as it is; may hold secrets."""
        return _flat(self._before)

    @cached_property
    def after(self) -> Flat:
        """What rules compare of the object as it will be, as far as known; may hold secrets."""
        return _flat(self._after)


def _flat(found: Mapping[Path, Any]) -> Flat:
    flat: dict[str, list[str]] = {}
    for path, leaf in found.items():
        value = leaf.value if isinstance(leaf, _Secret) else leaf
        if isinstance(value, (_Unknown, dict)):
            continue
        found_here = flat.setdefault(dotted(path), [])
        if isinstance(value, list):
            found_here.extend(map(plain, value))
        else:
            found_here.append(plain(value))
    return flat


def _is_empty(value: Any) -> bool:
    """Whether a provider means nothing by it: null, and an empty text, list or block."""
    return isinstance(value, _Absent) or value is None or value in ("", [], {})


def _leaves(
    value: Any, hidden: tuple[Any, Any] = (None, None), unknown: Any = None, path: Path = ()
) -> Iterator[tuple[Path, Any]]:
    """Every attribute with its path; JSON text is taken apart, a secret is one attribute with all in it.

    Args:
        value: an object's attributes.
        hidden: bare masks of what may not be shown, before and after.
        unknown: a bare mask of what only applying gives.
        path: where the value stands.
    """
    if unknown is True:
        yield path, _Unknown()
        return
    if True in hidden:
        yield path, _Secret(value)
        return
    masked = unknown is not None or hidden != (None, None)
    if isinstance(value, str) and not masked:
        value = _structure(value)
    steps = _parts(value, unknown) if len(path) < _DEEPEST else []
    for step, part in steps:
        below = (*path, step)
        if not masked and not isinstance(part, (dict, list, str)):
            yield below, part
        elif masked:
            yield from _leaves(
                part, (_below(hidden[0], step), _below(hidden[1], step)), _below(unknown, step), below
            )
        else:
            yield from _leaves(part, path=below)
    if not steps:
        yield path, _whole(value, hidden, unknown)


def bare(mask: Any) -> Any:
    """A mask without what hides nothing: true, None, or a shape that has true somewhere in it."""
    if isinstance(mask, dict):
        kept = {key: part for key, value in mask.items() if (part := bare(value)) is not None}
        return kept or None
    if isinstance(mask, list):
        parts = [bare(value) for value in mask]
        return parts if any(part is not None for part in parts) else None
    return True if mask is True else None


def _parts(value: Any, unknown: Any) -> list[tuple[str | int, Any]]:
    """The attributes of a block, the blocks of a list; none of a plain value or a list of such."""
    if isinstance(value, dict):
        known_later = unknown if isinstance(unknown, dict) else {}
        return [(str(key), value.get(key)) for key in {**value, **known_later}]
    if isinstance(value, list) and any(isinstance(item, (dict, list)) for item in value):
        return list(enumerate(value))
    return []


def _whole(value: Any, hidden: tuple[Any, Any], unknown: Any) -> Any:
    """A value that is not taken apart; a part of it that is hidden or not known makes all of it so."""
    if hidden != (None, None):
        return _Secret(value)
    return value if unknown is None else _Unknown()


def _structure(text: str) -> Any:
    """What JSON text says, such as a policy; the text itself when it is none."""
    if text[:1] not in {"{", "["}:
        return text
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return value if isinstance(value, (dict, list)) and value else text


def _below(mask: Any, step: str | int) -> Any:
    """The mask of a part."""
    if isinstance(mask, dict):
        return mask.get(step)
    if isinstance(mask, list) and isinstance(step, int) and step < len(mask):
        return mask[step]
    return None


def dotted(path: Path) -> str:
    """A path as rules write it."""
    return ".".join(step for step in path if isinstance(step, str))


def shown(value: Any, redaction: Redaction) -> str:
    """A value as people read it, cut where it is long; a placeholder for what is secret or not known."""
    if isinstance(value, _Secret):
        return SECRET
    if isinstance(value, _Unknown):
        return UNKNOWN
    if isinstance(value, _Absent):
        return ABSENT
    # Before it is cut or escaped: half a secret would no longer be found.
    return cut(plain(redaction.value(value)) or '""', _LONGEST)


def values_at(pattern: str, flat: Flat) -> Iterator[str]:
    """The plain values of the attributes that a pattern names."""
    if not _WILD.search(pattern):
        yield from flat.get(pattern, ())
        return
    for path, values in flat.items():
        if _fits(pattern)(path):
            yield from values


def matches(path: str, pattern: str) -> bool:
    """Whether a pattern names an attribute, or a block that holds it; ``*`` stands for anything."""
    return bool(_fits(pattern)(path) or _fits(f"{pattern}.*")(path))


def matches_any(text: str, patterns: tuple[str, ...]) -> bool:
    """Whether a text matches one of several patterns."""
    return any(_fits(pattern)(text) for pattern in patterns)


@cache
def _fits(pattern: str) -> Callable[[str], object]:
    # fnmatch's own cache is smaller than the number of patterns.
    return re.compile(translate(pattern)).match


def attribute(values: Any, path: str) -> str | None:
    """An attribute as rules write it, of the first block where there are several; None when it is not there."""
    return next(iter(texts_at(values, path)), None)


def texts_at(values: Any, path: str) -> list[str]:
    """All values of an attribute as rules write them; none when it is absent, null or not known yet."""
    found = [values]
    for step in path.split("."):
        found = [
            block[step]
            for value in found
            for block in (value if isinstance(value, list) else [value])
            if isinstance(block, Mapping) and step in block
        ]
    items = [item for value in found for item in (value if isinstance(value, list) else [value])]
    return [plain(item) for item in items if item is not None]
