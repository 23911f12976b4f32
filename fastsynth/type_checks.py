"""The checks of arguments: what a value's own type settles is not looked at any further.

Bindings check each argument of a construct, the forty that nobody gave as well, by typeguard, which
works out anew what is declared at every call. A value whose exact type is among the declared ones is
what typeguard accepts too; whatever else there is, it decides, and refuses in its own words.
"""

from __future__ import annotations

import collections.abc
import functools
import typing
from typing import Any


def install() -> None:
    """Answer at once where the type alone decides; every other check is as ever."""
    import typeguard

    check = typeguard.check_type

    @functools.wraps(check)
    def check_type(*args: Any, **options: Any) -> Any:
        if not args and _is_settled(options.get("value"), options.get("expected_type")):
            return None
        return check(*args, **options)

    typeguard.check_type = check_type


def _is_settled(value: Any, declared: Any) -> bool:
    types, elements, entries = _declared(declared)
    type_ = type(value)
    if type_ in types:
        return True
    if type_ is list:
        return elements is not None and all(type(element) in elements for element in value)
    if type_ is dict:
        return entries is not None and all(
            type(key) is str and type(entry) in entries for key, entry in value.items()
        )
    return False


_Types = frozenset[type]


@functools.cache
def _declared(declared: Any) -> tuple[_Types, _Types | None, _Types | None]:
    """The classes that are declared themselves, those of a list's elements, those of a map's values."""
    types: set[type] = set()
    elements: _Types | None = None
    entries: _Types | None = None
    for member in _members(declared):
        origin, arguments = typing.get_origin(member), typing.get_args(member)
        if isinstance(member, type) and origin is None:
            types.add(member)
        elif origin is collections.abc.Sequence:
            elements = _declared(arguments[0])[0]
        elif origin is collections.abc.Mapping and arguments[0] is str:
            entries = _declared(arguments[1])[0]
    return frozenset(types), elements, entries


def _members(declared: Any) -> tuple[Any, ...]:
    return typing.get_args(declared) if typing.get_origin(declared) is typing.Union else (declared,)
