"""Judges one change by itself, by the rules of the risk data file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from operations.review.attributes import Attributes, Difference, Flat, matches, matches_any, values_at
from operations.review.findings import Finding
from operations.review.plan import Action, Change
from operations.review.risks import Event, Risks, Rule, Verdict

_EVENTS: Mapping[Action, Event] = {
    Action.CREATE: Event.CREATE,
    Action.READ: Event.READ,
    Action.UPDATE: Event.UPDATE,
    Action.REPLACE: Event.REPLACE,
    Action.DELETE: Event.DELETE,
    Action.FORGET: Event.FORGET,
}
_GOES = {Event.DELETE, Event.FORGET}
_ALSO = {Event.MOVE, Event.IMPORT}
"""What happens beside the rest, and does not say how bad that is."""


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
        events = _events(change)
        judged = False
        for name, rule in self._rules(change.type) if change.mode == "managed" else ():
            if _fits(rule, events, attributes, changed):
                judged = judged or not _ALSO & set(rule.when)
                yield finding(name, rule, change.address)
        event = _EVENTS.get(change.action)
        if event in self._risks.otherwise and not judged:
            yield finding(f"otherwise-{event}", self._risks.otherwise[event], change.address)

    def _is_known(self, type_: str) -> bool:
        if type_ not in self._known:
            named = any(rule.types != ("*",) for _, rule in self._rules(type_))
            self._known[type_] = named or matches_any(type_, self._risks.known_types)
        return self._known[type_]

    def _rules(self, type_: str) -> list[tuple[str, Rule]]:
        if type_ not in self._by_type:
            self._by_type[type_] = [
                (name, rule) for name, rule in self._risks.rules.items() if matches_any(type_, rule.types)
            ]
        return self._by_type[type_]


def _events(change: Change) -> frozenset[Event]:
    events = {_EVENTS[change.action]} if change.action in _EVENTS else set()
    if change.imported:
        events.add(Event.IMPORT)
    if change.previous_address:
        events.add(Event.MOVE)
    return frozenset(events)


def _fits(
    rule: Rule, events: frozenset[Event], attributes: Attributes, changed: Sequence[Difference]
) -> bool:
    if not events & set(rule.when):
        return False
    return (
        (not rule.changed or any(matches(one.path, pattern) for one in changed for pattern in rule.changed))
        and (not rule.was or _has(rule.was, attributes.before))
        and (not rule.becomes or _gains(rule.becomes, attributes))
        and (not rule.lowered or _falls(rule.lowered, attributes))
        and not (rule.unless and _has(rule.unless, attributes.before if events & _GOES else attributes.after))
    )


def _has(wanted: Mapping[str, tuple[str, ...]], flat: Flat) -> bool:
    return any(
        matches_any(value, patterns) for path, patterns in wanted.items() for value in values_at(path, flat)
    )


def _gains(wanted: Mapping[str, tuple[str, ...]], attributes: Attributes) -> bool:
    for path, patterns in wanted.items():
        new = set(values_at(path, attributes.after))
        if new and any(
            matches_any(value, patterns) for value in new - set(values_at(path, attributes.before))
        ):
            return True
    return False


def _falls(wanted: Mapping[str, int], attributes: Attributes) -> bool:
    for path, least in wanted.items():
        old, new = _least_number(path, attributes.before), _least_number(path, attributes.after)
        if old is not None and new is not None and new < least <= old:
            return True
    return False


def _least_number(path: str, flat: Flat) -> float | None:
    numbers = []
    for value in values_at(path, flat):
        try:
            numbers.append(float(value))
        except ValueError:
            continue
    return min(numbers, default=None)
