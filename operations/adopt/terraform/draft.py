"""The environment file in the making: what recognizers say, from which object, and what of it has no place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from operations.adopt.terraform.found import Found, FoundObject

Keys: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True)
class Left:
    """What is not carried over.

    Attributes:
        origin: the object.
        attribute: which attribute of it, with dots; "" for the whole object.
        why: why it has no place, without a final period.
        instead: what to do, without a final period.
    """

    origin: FoundObject
    attribute: str
    why: str
    instead: str


@dataclass
class Draft:
    """What becomes of the states.

    Attributes:
        environment: the environment that takes it in.
        organization: the organization's short name, which derived names begin with.
        data: its sections by key, plain data, as its file will say it.
        origins: which objects an entity is made of, by the path of the entity.
        left: what has no place, never dropped.
        notes: what a person should know, whole sentences without a final period.
    """

    environment: str
    organization: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    origins: dict[Keys, list[FoundObject]] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def put(self, path: Keys, value: Any, *origins: FoundObject) -> None:
        """Say a value at a path, which mappings on the way are made for; None says nothing.

        Args:
            path: keys from the top of the environment's file.
            value: plain data in the file's words.
            origins: the objects that it comes from; they count as taken by the entity.
        """
        self.takes(path, *origins)
        if value is None:
            return
        holder: Any = self.data
        for key in path[:-1]:
            holder = holder.setdefault(key, {})
        holder[path[-1]] = value

    def takes(self, path: Keys, *origins: FoundObject) -> None:
        """Say that objects belong to the entity at a path."""
        if origins:
            self.origins.setdefault(path, []).extend(origins)

    def at(self, *path: str | int) -> Any:
        """What is said at a path so far; None where nothing is."""
        value: Any = self.data
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        return value

    def leave(self, origin: FoundObject, attribute: str, why: str, instead: str) -> None:
        """Say that an attribute, or "" for the whole object, has no place here, and what to do about it."""
        self.left.append(Left(origin, attribute, why, instead))

    @property
    def left_whole(self) -> frozenset[FoundObject]:
        """The objects that have no place as a whole; nothing here takes them over, whatever they look like."""
        return frozenset(one.origin for one in self.left if not one.attribute)

    def key(self, path: Keys, name: str) -> str:
        """A free key below a path for something of this name: the name itself as far as keys allow it."""
        taken = self.at(*path) or {}
        key = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40].rstrip("-")
        key = key if key[:1].isalpha() else f"x-{key}"[:40].rstrip("-")
        number, free = 2, key
        while free in taken:
            free, number = f"{key[:37]}-{number}", number + 1
        return free


Recognizer: TypeAlias = Callable[[Found, Draft], None]
"""Puts all entities of one kind into the draft. Those that it refers to were put by recognizers before it."""
