"""When what a stack says and what a state has are the same, though they are written differently.

Providers write numbers as texts, references as links, paths or names, one block as a list of one, and policies as JSON
in some order.
"""

from __future__ import annotations

import json
from typing import Any, Final

_EMPTY: Final[tuple[Any, ...]] = (None, "", False, 0, [], {}, "0", "false")
_DEPTH: Final = "projects/"


def plain(value: str) -> str:
    """A reference without the service's address and version."""
    if value.startswith(("https://", "//")) and _DEPTH in value:
        return value[value.index(_DEPTH) :]
    return value


def is_empty(value: Any) -> bool:
    """Whether a value says nothing: what a provider keeps where nobody said anything."""
    return any(value is empty or (value == empty and type(value) is type(empty)) for empty in _EMPTY) or (
        isinstance(value, list) and all(map(is_empty, value))
    )


def same(mine: Any, theirs: Any) -> bool:
    """Whether two values that are no blocks are the same to a provider.

    Args:
        mine: what a stack says, its references resolved.
        theirs: what a state has.
    """
    if isinstance(mine, list) and isinstance(theirs, list):
        return _same_lists(mine, theirs)
    if isinstance(mine, dict) and isinstance(theirs, dict):
        keys = mine.keys() | theirs.keys()
        return all(same(mine.get(key), theirs.get(key)) for key in keys)
    if is_empty(mine) and is_empty(theirs):
        return True
    return _scalar(mine) == _scalar(theirs) or _same_references(mine, theirs) or _same_documents(mine, theirs)


def _same_lists(mine: list[Any], theirs: list[Any]) -> bool:
    """In whatever order: most lists of attributes are sets."""
    left = list(theirs)
    for one in mine:
        match = next((other for other in left if same(one, other)), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _same_references(mine: Any, theirs: Any) -> bool:
    """A link, a path and the name at its end mean the same thing."""
    if not isinstance(mine, str) or not isinstance(theirs, str):
        return False
    one, other = plain(mine), plain(theirs)
    if _DEPTH in one and _DEPTH in other:
        return one[one.index(_DEPTH) :] == other[other.index(_DEPTH) :]
    longer, shorter = (one, other) if _DEPTH in one else (other, one)
    return _DEPTH in longer and "/" not in shorter and longer.rpartition("/")[2] == shorter


def _same_documents(mine: Any, theirs: Any) -> bool:
    """Policies: one word and a list of it are the same, and lists have no order."""
    try:
        one, other = json.loads(mine), json.loads(theirs)
    except (TypeError, ValueError):
        return False
    return bool(_ordered(one) == _ordered(other))


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _ordered(one) for key, one in value.items()}
    if isinstance(value, list):
        below = sorted((_ordered(one) for one in value), key=lambda one: json.dumps(one, sort_keys=True))
        return below[0] if len(below) == 1 else below
    return value
