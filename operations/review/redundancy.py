"""Finds groups of things that are left with fewer than they need, such as a VPN's tunnels on one interface."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from operations.review.attributes import attribute, matches_any
from operations.review.findings import Finding
from operations.review.plan import Action, Change
from operations.review.risks import Redundancy, Risks
from operations.review.rules import finding

_HOST = re.compile(r"^https://[a-z.-]+/compute/[a-z0-9]+/")
_ENDS = (Action.DELETE, Action.FORGET)


class _Group:
    def __init__(self) -> None:
        self.before: set[str] = set()
        self.after: set[str] = set()
        self.undisturbed: set[str] = set()
        self.addresses: list[str] = []


class Survivors:
    """Counts what each group has before, afterwards, and untouched in between."""

    def __init__(self, risks: Risks) -> None:
        self._risks = risks
        self._groups: dict[str, dict[tuple[str, ...], _Group]] = defaultdict(lambda: defaultdict(_Group))

    def see(self, change: Change) -> None:
        """Note where an object stands before and after."""
        for name, rule in self._risks.redundancy.items():
            if change.mode == "managed" and matches_any(change.type, rule.types):
                self._count(self._groups[name], rule, change)

    @staticmethod
    def _count(groups: dict[tuple[str, ...], _Group], rule: Redundancy, change: Change) -> None:
        before, after = change.values.before, change.values.after

        def group(values: object) -> _Group:
            return groups[tuple(_name(attribute(values, key) or "") for key in rule.within)]

        ends = change.action in _ENDS
        place = _place(before, rule)
        # A replaced gateway has no name yet; its things stay in the group that they were in.
        home = group(before if isinstance(before, dict) else after)
        if place is not None and isinstance(before, dict):
            home.before.add(place)
            if not ends and change.action is not Action.REPLACE:
                home.undisturbed.add(place)
        if not ends and isinstance(after, dict):
            home.after.add(_place(after, rule) or f"new {change.address}")
        if change.action not in (Action.NO_OP, Action.CREATE):
            home.addresses.append(change.address)

    def findings(self) -> Iterator[Finding]:
        """Groups that had enough, and have too few afterwards or none while the apply runs."""
        for name, groups in self._groups.items():
            rule = self._risks.redundancy[name]
            for group in groups.values():
                if len(group.before) < rule.least or not group.addresses:
                    continue
                had = f"of {len(group.before)} ({rule.spread})"
                if len(group.after) < rule.least:
                    detail = f"{len(group.after)} {had} left"
                elif not group.undisturbed:
                    detail = f"none {had} left while the apply runs, all are replaced at once"
                else:
                    continue
                yield finding(name, rule, group.addresses[0], detail)


def _name(reference: str) -> str:
    """A reference as configuration writes it: Google answers with a link where the id was given."""
    return _HOST.sub("", reference)


def _place(values: object, rule: Redundancy) -> str | None:
    place = attribute(values, rule.spread)
    return None if place is None else _name(place)
