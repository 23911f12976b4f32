"""What promotion compares: versions, features and sizes of an environment, as plain data.

Read by the paths of the environment's file, so that a section is compared from the day that its card says so.
Left out: what differs between environments for good, such as addresses and names; and the platform version of an
attached cluster, which follows its cluster's and stands in a state of its own, so that it is shown and not judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from estate.facts.vmware.versions import order
from estate.model.environment import Environment
from estate.model.rules import Path
from operations.cards.card import Size
from operations.cards.registry import CARDS

VERSIONS: Final[Mapping[str, Path]] = {
    card.noun: (*card.path.split("."), card.promoted.field) for card in CARDS if card.promoted
}
"""Where the version of each kind of cluster stands; the star is its key."""

FEATURES: Final[tuple[Path, ...]] = tuple(
    tuple(card.feature.path.split(".")) for card in CARDS if card.feature
)
"""What an environment has or has not."""

_CHANNELS: Final = ("extended", "stable", "regular", "rapid")


@dataclass(frozen=True, order=True)
class Item:
    """A cluster of a kind.

    Attributes:
        kind: what it is.
        key: its key in the file; empty for what there is one of.
    """

    kind: str
    key: str = ""

    @property
    def address(self) -> str:
        """Where its version stands in an environment's file."""
        return ".".join(self.key if part == "*" else str(part) for part in VERSIONS[self.kind])

    def __str__(self) -> str:
        return f"{self.kind} {self.key}".rstrip()


@dataclass(frozen=True)
class Contents:
    """What an environment has.

    Attributes:
        versions: by cluster.
        features: dotted paths of what it has.
        sizes: what is shown beside, in words, by what it is the size of.
    """

    versions: Mapping[Item, str] = field(default_factory=dict)
    features: frozenset[str] = frozenset()
    sizes: Mapping[str, str] = field(default_factory=dict)


def rank(version: str) -> tuple[int, ...]:
    """What to compare versions by; a release channel by how soon new versions come to it."""
    return (_CHANNELS.index(version),) if version in _CHANNELS else order(version)


def contents(environment: Environment) -> Contents:
    """What an environment's file says."""
    return contents_of(environment.model_dump(mode="json"))


def contents_of(data: Mapping[str, Any]) -> Contents:
    """What an environment's file says, as plain data."""
    versions = {
        Item(kind, ".".join(keys)): str(value)
        for kind, path in VERSIONS.items()
        for keys, value in found(data, path)
        if value
    }
    features = {
        ".".join([keys[-1] if part == "*" else str(part) for part in path])
        for path in FEATURES
        for keys, value in found(data, path)
        if value is not None and value != {}
    }
    return Contents(versions, frozenset(features), dict(_sizes(data)))


def _sizes(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for path, size in [(card.path, card.size) for card in CARDS if card.size]:
        for keys, entity in found(data, tuple(path.split("."))):
            if entity:
                yield f"{size.label} {'.'.join(keys)}", _size(size, entity)


def _size(size: Size, entity: Mapping[str, Any]) -> str:
    fixed, least, most = (
        next((value for _, value in found(entity, tuple(place.split(".")))), None)
        for place in (size.fixed, size.least, size.most)
    )
    return str(fixed) if fixed else f"{least} to {most}"


def found(data: Any, path: Path, keys: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every value at a path with stars, with the keys that the stars stand for."""
    if not path:
        yield keys, data
        return
    if not isinstance(data, dict):
        return
    first, *rest = path
    for key in data if first == "*" else (first,):
        if key in data:
            yield from found(data[key], tuple(rest), (*keys, str(key)) if first == "*" else keys)
