"""A stack of a head as Terraform reads it, or not at all.

Terraform takes a key that stands twice in an object for two blocks, and a list for several, where other readers see
one ("preserve multiple definitions of the same property name", https://github.com/hashicorp/hcl/blob/main/json/spec.md,
excerpt, 2026-11-30). So both are refused, as are words
that JSON does not have.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final, Never

Object = dict[str, Any]

ASSETS: Final = "assets"
"""Where cdktf puts what a stack brings beside its code, such as charts."""


def parsed(text: bytes) -> Object:
    """A stack as cdktf writes it.

    Raises:
        ValueError: it is not JSON, or can be read in two ways.
    """
    read = json.loads(text.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refuse)
    wrong = [path for path, value in _objects(read) if not isinstance(value, dict)]
    if wrong:
        raise ValueError(f"{wrong[0]} is no object")
    return dict(read)


def _objects(read: Any) -> Iterator[tuple[str, Any]]:
    """What has to be an object, each after what it stands in."""
    yield "it", read
    flat = ("locals", "output", "provider", "terraform", "variable")
    yield from ((key, read.get(key, {})) for key in flat if isinstance(read, dict))
    for key in ("data", "resource"):
        yield from _nested(read, key) if isinstance(read, dict) else ()


def _nested(read: Object, key: str) -> list[tuple[str, Any]]:
    """A block of blocks: the object of all, those of a type, and each one."""
    every = read.get(key, {})
    types = list(every.items()) if isinstance(every, dict) else []
    names = [
        (f"{key}.{type_}.{name}", body)
        for type_, bodies in types
        if isinstance(bodies, dict)
        for name, body in bodies.items()
    ]
    return [(key, every), *((f"{key}.{type_}", bodies) for type_, bodies in types), *names]


def _once(pairs: list[tuple[str, Any]]) -> Object:
    read = dict(pairs)
    if len(read) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"has the key {twice[:60]!r} twice in an object")
    return read


def _refuse(word: str) -> Never:
    raise ValueError(f"has {word}, which JSON does not")
