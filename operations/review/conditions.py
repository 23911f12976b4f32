"""Whether a rule of the risk data file fits one change: the conditions that it may have, each by itself.

Left out: what several changes mean together, and who gets which permission.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from operations.review.attributes import Attributes, Difference, Flat, matches, matches_any, values_at
from operations.review.risks import Event, Rule

_GOES = {Event.DELETE, Event.FORGET}
_NOTHING = frozenset({"", "null"})


def fits(rule: Rule, events: frozenset[Event], attributes: Attributes, changed: Sequence[Difference]) -> bool:
    """Whether all conditions that a rule has hold.

    Args:
        rule: the rule; its types are not looked at.
        events: what happens to the object.
        attributes: its attributes.
        changed: those that differ, quiet ones left out.
    """
    if not events & set(rule.when):
        return False
    return (
        (not rule.changed or any(_changes(pattern, changed) for pattern in rule.changed))
        and all(_changes(pattern, changed) for pattern in rule.together)
        and (not rule.was or _has(rule.was, attributes.before))
        and (not _directions(rule) or _goes_there(rule, attributes, changed))
        and not (rule.unless and _has(rule.unless, attributes.before if events & _GOES else attributes.after))
    )


def named(rule: Rule) -> tuple[str, ...]:
    """Attributes whose change a rule judges; none where it judges whatever changes."""
    return (*rule.changed, *rule.together, *_directions(rule))


def _directions(rule: Rule) -> tuple[str, ...]:
    """Attributes of which a rule judges one direction only."""
    return (*rule.becomes, *rule.filled, *rule.emptied, *rule.loses, *rule.lowered, *rule.decreased)


def _goes_there(rule: Rule, attributes: Attributes, changed: Sequence[Difference]) -> bool:
    return (
        _gains(rule.becomes, attributes)
        or any(_begins(path, attributes, changed) for path in rule.filled)
        or _ends(rule, attributes, changed)
        or _falls(rule, attributes)
    )


def _changes(pattern: str, changed: Sequence[Difference]) -> bool:
    return any(matches(one.path, pattern) for one in changed)


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


def _begins(pattern: str, attributes: Attributes, changed: Sequence[Difference]) -> bool:
    """Whether something says anything that said nothing; what only applying tells counts, for it is not empty."""
    after = _holds(pattern, attributes.after) or _is_unknown(pattern, changed)
    return after and not _holds(pattern, attributes.before)


def _ends(rule: Rule, attributes: Attributes, changed: Sequence[Difference]) -> bool:
    """Whether something is empty that was not, or a value is gone; not so while only applying tells."""
    known = [path for path in rule.emptied if not _is_unknown(path, changed)]
    if any(_holds(path, attributes.before) and not _holds(path, attributes.after) for path in known):
        return True
    return any(
        matches_any(value, patterns)
        for path, patterns in rule.loses.items()
        if not _is_unknown(path, changed)
        for value in set(values_at(path, attributes.before)) - set(values_at(path, attributes.after))
    )


def _is_unknown(pattern: str, changed: Sequence[Difference]) -> bool:
    return any(
        not one.known and (matches(one.path, pattern) or pattern.startswith(f"{one.path}."))
        for one in changed
    )


def _holds(pattern: str, flat: Flat) -> bool:
    return any(
        value not in _NOTHING for path, values in flat.items() if matches(path, pattern) for value in values
    )


def _falls(rule: Rule, attributes: Attributes) -> bool:
    for path, least in (*rule.lowered.items(), *((path, None) for path in rule.decreased)):
        old, new = _least_number(path, attributes.before), _least_number(path, attributes.after)
        if old is None or new is None:
            continue
        if new < old and (least is None or new < least <= old):
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
