"""Judges one change by itself, by the rules of the risk data file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from estate.reading.paths import first_few
from operations.plans.shown import is_taken_out
from operations.review.attributes import Attributes, Difference, matches, matches_any
from operations.review.conditions import fits, named
from operations.review.findings import Finding, Level
from operations.review.plan import Action, Change
from operations.review.risks import Event, Risks, Rule, Verdict

UNJUDGED = "update-unjudged"
"""Rule of an attribute that nobody judged, of a type whose updates somebody did judge."""

_EVENTS: Mapping[Action, Event] = {
    Action.CREATE: Event.CREATE,
    Action.READ: Event.READ,
    Action.UPDATE: Event.UPDATE,
    Action.REPLACE: Event.REPLACE,
    Action.DELETE: Event.DELETE,
    Action.FORGET: Event.FORGET,
}
_ALSO = {Event.MOVE, Event.IMPORT}
"""What happens beside the rest, and does not say how bad that is."""
_MANY = 5
_SECRET = re.compile(
    r"secret|password|preshared_key|authentication_key|private_key|client_key|token|credential"
)
_ALSO_SECRET = frozenset(("customer_gateway_configuration",))
"""What providers mark as sensitive, in names of their attributes; marked by the code, anything else may be hidden."""


def finding(rule: str, verdict: Verdict, address: str, detail: str = "") -> Finding:
    """A verdict about an address; what it was found by goes before the reason."""
    reason = f"{detail}: {verdict.reason}" if detail else verdict.reason
    return Finding(rule, verdict.level, address, reason, verdict.advice)


class Judge:
    """Applies the rules for single changes."""

    def __init__(self, risks: Risks) -> None:
        self._risks = risks
        self._by_type: dict[str, list[tuple[str, Rule]]] = {}
        self._known: dict[str, bool] = {}
        self._judged: dict[str, bool] = {}
        self._meanings: dict[tuple[str, str], str] = {}

    def findings(
        self, change: Change, attributes: Attributes, changed: Sequence[Difference]
    ) -> Iterator[Finding]:
        """Every finding about a change that other changes have no part in.

        Args:
            change: the change.
            attributes: its attributes.
            changed: those that differ, quiet ones left out.
        """
        for oddity in change.oddities:
            yield finding("unknown", self._risks.fixed.unknown, change.address, oddity)
        if change.mode == "managed" and change.action is not Action.NO_OP and not self._is_known(change.type):
            detail = f"{change.type} is of a provider that no rule speaks of"
            yield finding("unknown", self._risks.fixed.unknown, change.address, detail)
        if hidden := [one.path for one in changed if _is_hidden(one.path, attributes)]:
            detail = f"{first_few(hidden, _MANY)} is taken out of what is reviewed, and nothing that is secret by its name"
            yield finding("unknown", self._risks.fixed.unknown, change.address, detail)
        events = _events(change)
        judging: list[Rule] = []
        for name, rule in self._rules(change.type) if change.mode == "managed" else ():
            if fits(rule, events, attributes, changed):
                judging += [] if _ALSO & set(rule.when) else [rule]
                yield finding(name, rule, change.address)
        event = _EVENTS.get(change.action)
        meant = list(self._updates(change, changed, judging)) if event is Event.UPDATE else []
        yield from meant
        if event in self._risks.otherwise and not judging and not meant:
            yield finding(f"otherwise-{event}", self._risks.otherwise[event], change.address)

    def _updates(
        self, change: Change, changed: Sequence[Difference], judging: Sequence[Rule]
    ) -> Iterator[Finding]:
        """What the update of each attribute means that no rule has judged; the low only where nothing is worse."""
        if change.type not in self._judged:
            self._judged[change.type] = self._risks.judges_updates_of(change.type)
        if not self._judged[change.type]:
            return
        paths: dict[str, list[str]] = {}
        for one in changed:
            if any(_judges(rule, one.path) for rule in judging):
                continue
            name = self._meaning(change.type, one.path)
            if name != UNJUDGED or one.known:
                paths.setdefault(name, []).append(one.path)
        found = []
        for name, told in paths.items():
            verdict = self._risks.updates.get(name, self._risks.fixed.unjudged)
            found.append(finding(name, verdict, change.address, _listed(told)))
        worse = [one for one in found if one.level.rank > Level.LOW.rank]
        yield from worse or ([] if judging else found)

    def _meaning(self, type_: str, path: str) -> str:
        key = (type_, path)
        if key not in self._meanings:
            self._meanings[key] = self._risks.meaning(type_, path) or UNJUDGED
        return self._meanings[key]

    def _is_known(self, type_: str) -> bool:
        if type_ not in self._known:
            of_this = any(rule.types != ("*",) for _, rule in self._rules(type_))
            self._known[type_] = of_this or matches_any(type_, self._risks.known_types)
        return self._known[type_]

    def _rules(self, type_: str) -> list[tuple[str, Rule]]:
        if type_ not in self._by_type:
            self._by_type[type_] = [
                (name, rule) for name, rule in self._risks.rules.items() if matches_any(type_, rule.types)
            ]
        return self._by_type[type_]


def _judges(rule: Rule, path: str) -> bool:
    patterns = named(rule)
    return not patterns or any(matches(path, pattern) for pattern in patterns)


def _listed(paths: Sequence[str]) -> str:
    return first_few(list(dict.fromkeys(paths)), _MANY)


def _events(change: Change) -> frozenset[Event]:
    events = {_EVENTS[change.action]} if change.action in _EVENTS else set()
    if change.imported:
        events.add(Event.IMPORT)
    if change.previous_address:
        events.add(Event.MOVE)
    return frozenset(events)


def _is_hidden(path: str, attributes: Attributes) -> bool:
    """Whether a marker of a sealed plan stands for something that rules would have judged."""
    if _SECRET.search(path) or path in _ALSO_SECRET:
        return False
    return any(map(is_taken_out, (*attributes.before.get(path, ()), *attributes.after.get(path, ()))))
