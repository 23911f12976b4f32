"""Conditions of AWS's policies, as far as policies here use them; any other operator is not known.

A condition on something that a call does not bring does not hold, unless it is a negated one or says IfExists:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html, read
2026-11-30. Several keys have to hold together, of several values one:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html,
read 2026-11-30.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from operations.policy.permitted.answer import NO, YES, Answer, all_of, any_of, negated, unknown
from operations.policy.permitted.patterns import arn_like, equal, like

Context = Mapping[str, str]
"""What a call brings, by condition key."""

_LESS: Final = "NumericLessThan"
"""Apart from the others: no call that fulfils it can be made of its value."""

_IF_EXISTS: Final = "IfExists"
_FOR_ANY: Final = "ForAnyValue:"


def _ignoring_case(wanted: str, text: str) -> Answer:
    return equal(wanted.lower(), text.lower())


def _less(limit: str, number: str) -> Answer:
    try:
        return YES if float(number) < float(limit) else NO
    except ValueError:
        return unknown(f"{limit} and {number} are not both numbers")


_OPERATORS: Final[Mapping[str, Callable[[str, str], Answer]]] = {
    "ArnEquals": arn_like,
    "ArnLike": arn_like,
    "Bool": _ignoring_case,
    "StringEquals": equal,
    "StringEqualsIgnoreCase": _ignoring_case,
    "StringLike": like,
}
_NEGATED: Final[Mapping[str, str]] = {
    "ArnNotEquals": "ArnEquals",
    "ArnNotLike": "ArnLike",
    "StringNotEquals": "StringEquals",
    "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase",
    "StringNotLike": "StringLike",
}
_OF_SERVICES: Final = frozenset(
    {"aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths"}
)
"""Keys beginning with aws: that only calls of a service in somebody's name bring; every call brings the others, so
that one whose value is not said is not known."""


def holds(condition: Mapping[str, Any], context: Context) -> Answer:
    """Whether a statement's condition holds for what a call brings."""
    brought = {key.lower(): value for key, value in context.items()}
    return all_of(
        _one(operator, key, values, brought)
        for operator, keys in condition.items()
        for key, values in keys.items()
    )


def brought(condition: Mapping[str, Any]) -> Context:
    """A call that fulfils a condition, as far as one can be made of its values."""
    return {
        key: next(iter(_texts(values)))
        for operator, keys in condition.items()
        if operator in _OPERATORS
        for key, values in keys.items()
    }


def _one(operator: str, key: str, values: Any, brought: Context) -> Answer:
    wanted = list(_texts(values))
    if "${" in key and key.lower() not in brought:
        return unknown(f"what the condition key {key} comes to stands in no stack")
    present = _brings(key.lower(), brought)
    if operator == "Null":
        return any_of(negated(present) if value == "true" else present for value in wanted)
    # Calls here bring one value for a key of which they could bring several, so that any is all.
    name = operator.removesuffix(_IF_EXISTS).removeprefix(_FOR_ANY)
    compare = _less if name == _LESS else _OPERATORS.get(_NEGATED.get(name, name))
    if compare is None or (name in _NEGATED and operator.startswith(_FOR_ANY)):
        return unknown(f"the condition operator {operator} is not evaluated here")
    if present.holds is None:
        return present
    if not present.holds:
        return YES if name in _NEGATED or operator.endswith(_IF_EXISTS) else NO
    fits = any_of(compare(value, brought[key.lower()]) for value in wanted)
    return negated(fits) if name in _NEGATED else fits


def _brings(key: str, brought: Context) -> Answer:
    if key in brought:
        return YES
    if key.startswith("aws:") and key not in _OF_SERVICES:
        return unknown(f"what calls bring for the condition key {key} is not said here")
    return NO


def _texts(values: Any) -> Iterator[str]:
    for value in values if isinstance(values, list) else [values]:
        yield str(value).lower() if isinstance(value, bool) else str(value)
