"""Objects of Terraform states, whatever layout they came from, without what is secret."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, eq=False)
class FoundObject:
    """One managed object.

    Attributes:
        state: the file that it was read from, as messages name it.
        address: its address there, with modules and index.
        type: its type, without a provider's beta twin.
        attributes: what Terraform knows of it; values that are secret or marked as sensitive are left out. Never shown whole.
        hidden: which attributes those are, with dots and without positions.
        is_inline: whether it is a part of another object, and goes with it when that is forgotten.
    """

    state: str
    address: str
    type: str
    attributes: Mapping[str, Any] = field(repr=False)
    hidden: frozenset[str] = frozenset()
    is_inline: bool = False

    def __str__(self) -> str:
        return f"{self.state}: {self.address}"

    def at(self, *path: str | int) -> Any:
        """The value at a path of keys and positions; None where there is none."""
        value: Any = self.attributes
        for part in path:
            if isinstance(part, int):
                value = value[part] if isinstance(value, list) and len(value) > part else None
            else:
                value = value.get(part) if isinstance(value, Mapping) else None
        return value

    def text(self, *path: str | int) -> str:
        """A text at a path; "" where there is none."""
        value = self.at(*path)
        return value if isinstance(value, str) else ""

    def texts(self, *path: str | int) -> list[str]:
        """The texts of a list at a path, none where there is none."""
        value = self.at(*path)
        return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []

    def blocks(self, *path: str | int) -> list[Mapping[str, Any]]:
        """The blocks at a path, none where there is none."""
        value = self.at(*path)
        return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


@dataclass(frozen=True)
class Aside:
    """What a state holds and nothing can be made of.

    Attributes:
        state: the file that it was read from, as messages name it.
        address: its address there.
        why: why nothing can be made of it, without a final period.
    """

    state: str
    address: str
    why: str

    def __str__(self) -> str:
        return f"{self.state}: {self.address}"


class Found:
    """All objects of all states that were given.

    Args:
        objects: the objects.
        aside: what is in the states beside them.
    """

    def __init__(self, objects: Sequence[FoundObject], aside: Sequence[Aside] = ()) -> None:
        self.objects = tuple(objects)
        self.aside = tuple(aside)
        self._by_type: dict[str, list[FoundObject]] = {}
        for one in objects:
            self._by_type.setdefault(one.type, []).append(one)

    def of(self, *types: str) -> Iterator[FoundObject]:
        """The objects of some types, in the order of the states."""
        for type_ in types:
            yield from self._by_type.get(type_, ())

    def referred(self, value: str, *types: str) -> FoundObject | None:
        """The object of some types that a reference means.

        A reference may be an id, a self link, an ARN, a name, or a path that ends like any of these
        (``https://www.googleapis.com/compute/v1/projects/p/global/networks/n`` is ``projects/p/global/networks/n``).
        """
        wanted = _plain(value)
        if not wanted:
            return None
        return next((one for one in self.of(*types) if wanted in _names(one)), None)


def _names(one: FoundObject) -> set[str]:
    return {_plain(one.text(key)) for key in ("id", "self_link", "arn", "name")} - {""}


def _plain(value: str) -> str:
    """A reference without the service's address and version."""
    if value.startswith(("https://", "//")):
        value = value.partition("//")[2].partition("/")[2]
        at = value.find("projects/")
        return value[at:] if at >= 0 else value
    return value
