"""What is shown of a sealed plan is judged as the plan itself is."""

from __future__ import annotations

import json

import pytest

from operations.plans.shown import shown
from tests.operations.review.golden import EXPECTED, PLANS
from tests.operations.review.reviewed import Json, reviewed

pytestmark = pytest.mark.unmeasured

HIDES = "plain-secret"
"""Gives a secret to an attribute that is none by its name."""


def plan(name: str) -> Json:
    """A plan with its secrets."""
    document: Json = json.loads((PLANS / f"{name}.json").read_text("utf-8"))
    return document


@pytest.mark.parametrize("name", [name for name in EXPECTED if name != HIDES])
def test_a_plan_without_its_secrets_is_reviewed_as_with_them(name: str) -> None:
    """To the last attribute that differs: which secret changes, and which stays."""
    assert reviewed(shown(plan(name), b"s" * 32)) == reviewed(plan(name))


def test_what_is_hidden_is_told_beside_the_rest() -> None:
    """Nobody who reviews can judge it."""
    full, told = reviewed(plan(HIDES)), reviewed(shown(plan(HIDES), b"s" * 32))

    more = set(told.all_findings()) - set(full.all_findings())
    assert set(full.all_findings()) < set(told.all_findings())
    assert {(one.rule, one.level.value) for one in more} == {("unknown", "high")}
