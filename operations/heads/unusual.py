"""What of a pull request's stack its environment's stacks on the base, and this project, do not do.

A plan evaluates templates with the values of variables and of the state, and providers fetch and read while it is made.
A template that ends in an error, or in an attribute that the provider derives another from, tells what it was given; an
address with a template sends it away. So a template is usual only where the same shape stands at the same place: type
and attributes. Left out: texts without a template, which know nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any, Final

from estate.reading.paths import first_few, quoted
from operations.heads.known import Known
from operations.heads.stack_text import Object
from operations.heads.templates import UnreadableTemplateError, placed, templates

_SHOWN: Final = 5
_SINGLE: Final = re.compile(r"'\$\{[^{}]*\}'")
_SECRET: Final = re.compile(r"\b(?:local|self|var)\b")
_EVERY: Final = ("import",)
_NO_NAME: Final = frozenset({"locals", "import", "moved", "removed"})
_COMPARED: Final = frozenset({"provider", "terraform"})
_BESIDE: Final = frozenset({"//", "depends_on"})


@dataclass(frozen=True)
class Usual:
    """What is usual in an environment.

    Attributes:
        stacks: its stacks as the base synthesizes them.
        known: what this project makes.
    """

    stacks: Sequence[Object]
    known: Known

    def unusual(self, head: Object) -> Iterator[str]:
        """What people have to agree to."""
        yield from _said("computes what the base does not", self._templates(head))
        yield from _said("reads what the base does not", self._data(head))
        yield from _said("fetches what the base does not", self._fetched(head))
        for block in _EVERY:
            if head.get(block, []) != [] and all(head[block] != stack.get(block) for stack in self.stacks):
                yield f"its {block} is not that of the base"

    def _templates(self, head: Object) -> Iterator[str]:
        for address, place, shape in shapes(head):
            if shape not in self._shapes.get(place, ()) and shape not in self.known.shapes.get(place, ()):
                yield address

    def _data(self, head: Object) -> Iterator[str]:
        for address, (place, value) in _read(head):
            is_named = place.rpartition(".")[2] in self.known.named and place.count(".") == 1
            # What stands in a single template is looked at as one.
            if (place, value) not in self._given and not (is_named or _SINGLE.fullmatch(value)):
                yield address

    def _fetched(self, head: Object) -> Iterator[str]:
        yield from (address for address, leaf in self._fetching(head) if leaf not in self._got)

    def _fetching(self, stack: Object) -> Iterator[tuple[str, tuple[str, str]]]:
        for type_, patterns in self.known.fetched.items():
            for name, body in stack.get("resource", {}).get(type_, {}).items():
                for key, value in body.items():
                    if any(fnmatchcase(key, pattern) for pattern in patterns):
                        yield f"{type_}.{name}.{key}", (f"{type_}.{key}", repr(value))

    @cached_property
    def _given(self) -> set[tuple[str, str]]:
        return {leaf for stack in self.stacks for _, leaf in _read(stack)}

    @cached_property
    def _got(self) -> set[tuple[str, str]]:
        return {leaf for stack in self.stacks for _, leaf in self._fetching(stack)}

    @cached_property
    def _shapes(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for stack in self.stacks:
            for _, place, shape in shapes(stack):
                found.setdefault(place, set()).add(shape)
        return found


def shapes(stack: Object) -> Iterator[tuple[str, str, str]]:
    """Where the templates of a stack stand, by address and by place, and the shape of each; "" where none can be told."""
    for path, text in placed({key: value for key, value in stack.items() if key not in _COMPARED}):
        try:
            found = templates(text)
        except UnreadableTemplateError:
            yield _address(path), _place(path), ""
            continue
        for one in found:
            # Something beside a secret makes another of it, which a provider may refuse by its length.
            is_made = _SECRET.search(one.shape) and text != f"${{{one.written}}}"
            yield _address(path), _place(path), "" if is_made else one.shape


def _place(path: Sequence[str]) -> str:
    """Where something stands, whatever the object is called."""
    if path[0] == "resource":
        return ".".join((*path[1:2], *path[3:]))
    if path[0] == "data":
        return ".".join((*path[:2], *path[3:]))
    return ".".join(path if path[0] in _NO_NAME else (path[0], *path[2:]))


def _address(path: Sequence[str]) -> str:
    return ".".join(path[1:] if path[0] == "resource" else path)


def _read(stack: Object) -> Iterator[tuple[str, tuple[str, str]]]:
    """What data is given: address, and what stands at which place."""
    for type_, bodies in stack.get("data", {}).items():
        for name, body in bodies.items():
            given = {key: value for key, value in body.items() if key not in _BESIDE}
            for path, value in _leaves(given):
                yield f"data.{type_}.{name}", (".".join((type_, *path)), repr(value))


def _leaves(value: Any, *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, *path, key)
    else:
        yield path, value


def _said(what: str, addresses: Iterator[str]) -> Iterator[str]:
    if found := list(dict.fromkeys(map(quoted, addresses))):
        yield f"it {what}: {first_few(found, _SHOWN)}"
