"""What promotion compares: versions, features and sizes of an environment, as plain data.

Asked of the cards, so that a section is compared from the day that its card says so.
Left out: what differs between environments for good, such as addresses and names; and the platform version of an
attached cluster, which follows its cluster's and stands in a state of its own, so that it is shown and not judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final

from estate.facts.vmware.versions import order
from estate.model.base import Model
from estate.model.estate import Estate
from estate.model.rules import Path
from operations.cards.card import Size
from operations.cards.registry import CARDS, entities

VERSIONS: Final[Mapping[str, Path]] = {
    card.noun: (*card.path.split("."), card.promoted.field) for card in CARDS if card.promoted
}
"""Where the version of each kind of cluster stands; the star is its key."""

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


def contents(estate: Estate, name: str) -> Contents:
    """What an environment's file says."""
    versions: dict[Item, str] = {}
    features: set[str] = set()
    sizes: dict[str, str] = {}
    for card, entity in entities(estate, name):
        keys = ".".join(entity.keys)
        if card.promoted:
            versions[Item(card.noun, keys)] = str(getattr(entity.config, card.promoted.field))
        if card.feature:
            features.add(card.feature.path.replace("*", entity.keys[-1] if entity.keys else ""))
        if card.size:
            sizes[f"{card.size.label} {keys}"] = _size(card.size, entity.config)
    return Contents(versions, frozenset(features), sizes)


def _size(size: Size, config: Model) -> str:
    fixed, least, most = (attrgetter(place) for place in (size.fixed, size.least, size.most))
    return str((size.fixed and fixed(config)) or f"{least(config)} to {most(config)}")
