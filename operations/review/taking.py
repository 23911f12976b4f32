"""Finds permissions without which something stops: of a cloud's own agents, of clusters, nodes and keys.

Left out: what a person or a team can no longer do, which it is enough to tell them, and permissions of an identity
that goes in the same plan, or of the last cluster.
"""

from __future__ import annotations

from collections.abc import Iterator

from operations.review.attributes import matches_any, texts_at
from operations.review.findings import Finding
from operations.review.grants import Pair
from operations.review.plan import Action, Change
from operations.review.risks import Risks, Taken
from operations.review.rules import finding
from operations.texts.counting import count

_IDENTITIES = {"google_service_account": ("member",), "aws_iam_role": ("name", "arn")}
"""What others call an identity in their grants."""
_CONDITION = " if "
_TAKES = (Action.UPDATE, Action.REPLACE, Action.DELETE)


class Taking:
    """Compares what was granted with what is left, whatever resource grants it then."""

    def __init__(self, risks: Risks) -> None:
        self._risks = risks
        self._ended: set[str] = set()
        self._stays: set[Pair] = set()
        self._lost: list[tuple[str, str, Pair]] = []
        self._served = tuple({type_ for entry in risks.taken.values() for type_ in entry.serves})
        self._gone: set[str] = set()
        self._left: set[str] = set()

    def pass_by(self, change: Change) -> None:
        """Note an identity that goes, whose grants say nothing any more, and what needs such grants."""
        if change.action is Action.DELETE:
            for attribute in _IDENTITIES.get(change.type, ()):
                self._ended.update(texts_at(change.values.before, attribute))
        if change.type in self._served:
            (self._gone if change.action is Action.DELETE else self._left).add(change.type)

    def see(self, change: Change, before: frozenset[Pair], after: frozenset[Pair]) -> None:
        """Note what an object grants no more."""
        if change.action is Action.FORGET:
            self._stays |= before
        if change.action in _TAKES:
            self._lost += [
                (change.address, change.type, pair) for pair in sorted(before - after) if pair.allows
            ]

    def findings(self, left: set[Pair]) -> Iterator[Finding]:
        """What stops; one finding for each entry that an address falls under.

        Args:
            left: every pair that some object grants afterwards.
        """
        # Another condition is no loss by itself; what it lets in beyond the old one is found as given.
        granted = {_unconditional(pair) for pair in left | self._stays}
        groups: dict[tuple[str, str], list[Pair]] = {}
        for address, type_, pair in self._lost:
            if pair.principal not in self._ended and _unconditional(pair) not in granted:
                groups.setdefault((address, self._entry(address, type_, pair)), []).append(pair)
        for (address, name), (pair, *others) in groups.items():
            if name:
                more = f" and {count(len(others), 'permission')} more" if others else ""
                detail = f"{pair.principal} loses {pair.permission} on {pair.on}{more}"
                yield finding(name, self._risks.taken[name], address, detail)

    def _entry(self, address: str, type_: str, pair: Pair) -> str:
        for name, entry in self._risks.taken.items():
            if (
                matches_any(type_, entry.types)
                and matches_any(address, entry.addresses)
                and matches_any(pair.principal, entry.principals)
                and matches_any(pair.permission, entry.permissions)
            ):
                return "" if self._serves_nothing(entry, type_) else name
        return ""

    def _serves_nothing(self, entry: Taken, type_: str) -> bool:
        cloud, _, _ = type_.partition("_")
        gone = self._gone - self._left
        return any(served in gone and served.startswith(f"{cloud}_") for served in entry.serves)


def _unconditional(pair: Pair) -> tuple[str, str, str]:
    return pair.principal, pair.permission.partition(_CONDITION)[0], pair.on
