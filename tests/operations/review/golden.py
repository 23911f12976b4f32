"""The golden plans: where they stand, what they were made from, and what a review has to say of each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.operations.review import cases_cloud, cases_estate, cases_plain
from tests.operations.review.cases import Case

PLANS = Path(__file__).with_name("plans")

_CASES: dict[str, Case] = {**cases_plain.CASES, **cases_cloud.CASES}

EXPECTED: dict[str, Mapping[str, str]] = {
    **{name: case.expected for name, case in _CASES.items()},
    **cases_estate.EXPECTED,
}
"""By plan: level of each rule that finds something, and of no other."""


def case(name: str) -> Case:
    """What a plan is made from."""
    return _CASES[name] if name in _CASES else cases_estate.make(name)
