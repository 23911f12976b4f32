"""Judges changes of clusters' versions: alone, forward, one minor version at a time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from operations.cards.registry import CARDS
from operations.review.attributes import Difference, attribute, matches
from operations.review.findings import Finding
from operations.review.plan import Action, Change
from operations.review.risks import Risks
from operations.review.rules import finding

_OF_CARDS: Final = {card.version.type: card.version for card in CARDS if card.version}
_NUMBER = re.compile(r"[0-9]+")


@dataclass
class _Cluster:
    version_changes: list[str] = field(default_factory=list)
    other_changes: list[str] = field(default_factory=list)


class VersionChanges:
    """Gathers what changes in each cluster, by the cluster's name."""

    def __init__(self, risks: Risks) -> None:
        self._risks = risks
        self._clusters: dict[str, _Cluster] = defaultdict(_Cluster)
        self._findings: list[Finding] = []

    def see(self, change: Change, changed: tuple[Difference, ...]) -> None:
        """Note a change of a cluster or of one of its pools.

        Args:
            change: the change.
            changed: its attributes that differ, quiet ones left out.
        """
        where = self._risks.versions.resources.get(change.type) or _OF_CARDS.get(change.type)
        if where is None or change.mode != "managed" or change.action in (Action.NO_OP, Action.READ):
            return
        values = change.values
        name = attribute(values.before, where.cluster) or attribute(values.after, where.cluster)
        cluster = self._clusters[name or change.address]
        moved = [one for one in changed if matches(one.path, where.attribute) and one.known]
        if change.action is Action.UPDATE and moved:
            cluster.version_changes.append(change.address)
            if where.control_plane:
                self._direction(
                    change,
                    attribute(values.before, where.attribute),
                    attribute(values.after, where.attribute),
                )
        if change.action is not Action.UPDATE or len(moved) < len(
            [one for one in changed if not (matches(one.path, where.attribute) and not one.known)]
        ):
            cluster.other_changes.append(change.address)

    def _direction(self, change: Change, before: str | None, after: str | None) -> None:
        old, new = _numbers(before), _numbers(after)
        if len(old) < 2 or len(new) < 2:  # noqa: PLR2004 - major and minor
            return
        detail = f"{before} to {after}"
        if new < old:
            self._findings.append(
                finding("version-goes-back", self._risks.versions.back, change.address, detail)
            )
        elif new[0] == old[0] and new[1] > old[1] + 1:
            self._findings.append(
                finding("version-skips", self._risks.versions.skips, change.address, detail)
            )

    def findings(self) -> Iterator[Finding]:
        """What is wrong with the changes of versions."""
        yield from self._findings
        for name, cluster in self._clusters.items():
            if not cluster.version_changes:
                continue
            others = [address for address in cluster.version_changes[1:] if address]
            mixed = dict.fromkeys([*cluster.other_changes, *others])
            for address in mixed:
                detail = f"the version of cluster {name} changes in the same plan"
                yield finding("version-mixed", self._risks.versions.mixed, address, detail)


def _numbers(version: str | None) -> list[int]:
    return [int(number) for number in _NUMBER.findall(version or "")]
