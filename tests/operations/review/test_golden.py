"""Plans made by real Terraform or written by hand, each with exactly the findings that it deserves."""

from __future__ import annotations

import json

import pytest

from tests.operations.review.cases_hidden import CASES
from tests.operations.review.golden import EXPECTED, PLANS
from tests.operations.review.reviewed import found, reviewed

pytestmark = pytest.mark.unmeasured


@pytest.mark.parametrize("name", EXPECTED)
def test_plan_has_its_findings_and_no_other(name: str) -> None:
    """Each rule that finds something is named with its level."""
    document = json.loads((PLANS / f"{name}.json").read_text("utf-8"))

    assert found(document) == EXPECTED[name]


@pytest.mark.parametrize("name", CASES)
def test_worst_finding_says_what_happens(name: str) -> None:
    """A level without the sentence for it convinces nobody."""
    review = reviewed(json.loads((PLANS / f"{name}.json").read_text("utf-8")))

    assert CASES[name].says in max(review.all_findings(), key=lambda one: one.level.rank).reason


def test_every_plan_is_expected() -> None:
    """A plan that lies there is looked at."""
    assert {path.stem for path in PLANS.glob("*.json")} == set(EXPECTED)
