"""The golden plans: where they stand, what they were made from, and what a review has to say of each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.operations.review import cases_cloud, cases_estate, cases_hidden, cases_plain
from tests.operations.review.cases import Case

PLANS = Path(__file__).with_name("plans")

_CASES: dict[str, Case] = {**cases_plain.CASES, **cases_cloud.CASES}

MADE: tuple[str, ...] = (*_CASES, *cases_estate.EXPECTED)
"""Plans that real Terraform makes; the others are written by hand."""

EXPECTED: dict[str, Mapping[str, str]] = {
    **{name: case.expected for name, case in _CASES.items()},
    **cases_estate.EXPECTED,
    **{name: hidden.expected for name, hidden in cases_hidden.CASES.items()},
}
"""By plan: level of each rule that finds something, and of no other."""


def case(name: str) -> Case:
    """What a plan is made from."""
    return _CASES[name] if name in _CASES else cases_estate.make(name)
