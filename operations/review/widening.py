"""Finds permissions that somebody gets and does not have in the state, or has and loses, whatever resource gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from operations.review.attributes import matches_any
from operations.review.findings import Finding
from operations.review.grants import Pair, is_granting, is_unknown, pairs
from operations.review.plan import Action, Change
from operations.review.risks import Risks
from operations.review.rules import finding
from operations.review.taking import Taking
from operations.texts.counting import count

MOVES = "grant-moves"
"""Rule of a grant that only gets another address."""

TAKEN = "access-taken-away"
"""Rule of the risk data file that is not so where a grant only moves."""

_ENDS = (Action.DELETE, Action.FORGET)


class Widening:
    """Compares all pairs before with all pairs after: a grant that only moves widens nothing."""

    def __init__(self, risks: Risks) -> None:
        self._risks = risks
        self._granting = risks.grant_resources
        self._taking = Taking(risks)
        self._base: set[Pair] = set()
        self._left: set[Pair] = set()
        self._gained: list[tuple[Change, Pair]] = []
        self._denied: list[tuple[str, Pair]] = []
        self._unknown: list[tuple[str, bool]] = []
        self._gone: list[tuple[str, frozenset[Pair]]] = []

    def see(self, change: Change) -> None:
        """Note what an object grants before and after."""
        if change.mode != "managed":
            return
        self._taking.pass_by(change)
        if not is_granting(change.type, self._granting):
            return
        before = pairs(change.type, change.values.before, self._granting)
        after = (
            frozenset() if change.action in _ENDS else pairs(change.type, change.values.after, self._granting)
        )
        self._base |= before
        self._left |= after
        slim = Change(change.address, type=change.type)
        self._gained += [(slim, pair) for pair in sorted(after - before) if pair.allows]
        self._denied += [(change.address, pair) for pair in sorted(before - after) if not pair.allows]
        if change.action is Action.DELETE and before:
            self._gone.append((change.address, before))
        if is_unknown(change, self._granting) and change.action is not Action.NO_OP:
            self._unknown.append((change.address, change.action is Action.CREATE))
        else:
            self._taking.see(change, before, after)

    def findings(self) -> Iterator[Finding]:
        """What is wider afterwards, and what stops; one finding for each kind of permission of an address."""
        groups: dict[tuple[str, str, str], list[Pair]] = {}
        for change, pair in self._gained:
            if pair not in self._base:
                key = (change.address, self._rule(change, pair), pair.principal)
                groups.setdefault(key, []).append(pair)
        for (address, name, _), found in groups.items():
            yield self._finding(name, address, found)
        for address, pair in self._denied:
            if pair not in self._left:
                detail = f"{pair.permission} on {pair.on} is no longer denied to {pair.principal}"
                yield finding("deny-lifted", self._risks.deny_lifted, address, detail)
        for address, gone in self._gone:
            if gone <= self._left:
                yield finding(MOVES, self._risks.grant_moves, address)
        for address, created in self._unknown:
            unknown = self._risks.grants_unknown
            yield finding("grant-unknown", unknown.created if created else unknown.changed, address)
        yield from self._taking.findings(self._left)

    def _rule(self, change: Change, pair: Pair) -> str:
        for name, grant in self._risks.grants.items():
            if (
                matches_any(change.type, grant.types)
                and matches_any(change.address, grant.addresses)
                and matches_any(pair.principal, grant.principals)
                and matches_any(pair.permission, grant.permissions)
            ):
                return name
        return ""

    def _finding(self, name: str, address: str, found: Sequence[Pair]) -> Finding:
        pair, *others = found
        more = f" and {count(len(others), 'permission')} more" if others else ""
        detail = f"{pair.principal} gets {pair.permission} on {pair.on}{more}"
        if name:
            return finding(name, self._risks.grants[name], address, detail)
        return finding("unknown", self._risks.fixed.unknown, address, f"{detail}, which no entry covers")
