"""What takes its turn too early, along the order of promotion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from operations.promotion.contents import Contents, Item, rank

VERSION_EARLY: Final = "promotion-version"
FEATURE_EARLY: Final = "promotion-feature"
TWICE: Final = "promotion-twice"


@dataclass(frozen=True)
class Finding:
    """Something that its environment may not have yet.

    Attributes:
        environment: where.
        rule: id of what is broken.
        address: dotted path in the environment's file.
        message: what was found and what to do.
    """

    environment: str
    rule: str
    address: str
    message: str


@dataclass(frozen=True)
class Estates:
    """What the files say and what runs, by environment, in order of promotion."""

    order: Sequence[str]
    declared: Mapping[str, Contents]
    running: Mapping[str, Contents]

    def before(self, name: str) -> str | None:
        """The environment before one; None for the first."""
        position = self.order.index(name)
        return self.order[position - 1] if position else None

    def takes_version(self, name: str, item: Item) -> bool:
        """Whether an environment's file asks for a newer version than the environment runs."""
        wanted, runs = self.declared[name].versions[item], self.running[name].versions.get(item)
        return runs is None or rank(wanted) > rank(runs)

    def taken_features(self, name: str) -> frozenset[str]:
        """What an environment's file asks for and the environment does not have yet."""
        return self.declared[name].features - self.running[name].features

    def runs_before(self, name: str, item: Item) -> tuple[str, str] | None:
        """The nearest environment before one that has such a cluster, and the version that it runs there.

        That of the cluster with the same key, where there is one, otherwise the newest. None when nothing
        before has any such cluster: then this environment is the first for it.
        """
        for earlier in reversed(self.order[: self.order.index(name)]):
            there = self.running[earlier].versions
            of_kind = [version for one, version in there.items() if one.kind == item.kind]
            if of_kind:
                return earlier, there.get(item) or max(of_kind, key=rank)
        return None


def findings(estates: Estates) -> Iterator[Finding]:
    """Everything that takes its turn too early, in order of promotion."""
    for name in estates.order:
        for item in sorted(estates.declared[name].versions):
            if estates.takes_version(name, item):
                yield from _version(estates, name, item)
        for feature in sorted(estates.taken_features(name)):
            yield from _feature(estates, name, feature)


def _version(estates: Estates, name: str, item: Item) -> Iterator[Finding]:
    wanted = estates.declared[name].versions[item]
    earlier = estates.runs_before(name, item)
    if earlier and rank(wanted) > rank(earlier[1]):
        yield Finding(
            name,
            VERSION_EARLY,
            item.address,
            f"takes {wanted}, and {earlier[0]}, which comes before, runs {earlier[1]}; apply it there first",
        )
        return
    others = [
        other
        for other in estates.order[: estates.order.index(name)]
        for one, version in estates.declared[other].versions.items()
        if one.kind == item.kind and version == wanted and estates.takes_version(other, one)
    ]
    if others:
        yield Finding(
            name,
            TWICE,
            item.address,
            f"takes {wanted} together with {', '.join(dict.fromkeys(others))}; a version goes through the "
            "environments one pull request each",
        )


def _feature(estates: Estates, name: str, feature: str) -> Iterator[Finding]:
    before = estates.before(name)
    if before and feature not in estates.running[before].features:
        together = feature in estates.declared[before].features
        yield Finding(
            name,
            FEATURE_EARLY,
            feature,
            f"comes new, and {before}, which comes before, does not have it"
            f"{' applied' if together else ''} yet; apply it there first",
        )
