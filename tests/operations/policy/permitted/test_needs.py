"""Every need, met in the example's stacks and not met in broken ones, which stand as snapshots and need no synthesis."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest

from operations.policy.permitted.managed_policies import MANAGED_POLICIES
from operations.policy.permitted.need import Need
from operations.policy.rules.permitted import RULES
from operations.policy.rules.rule import Broken
from operations.policy.stacks import Stack
from tests.example import ENVIRONMENTS, PLANS
from tests.operations.policy.permitted.need_defects import DEFECTS, NEEDS
from tests.operations.policy.world import Break, World, stacks, stacks_after

WORLD: World = {
    name: json.loads((ENVIRONMENTS / "snapshots" / f"{name}.tf.json").read_text("utf-8")) for name in PLANS
}


WHOLE = stacks(WORLD)


def found(rule_id: str, there: list[Stack]) -> list[Broken]:
    """What a rule says of the stacks."""
    [rule] = [rule for rule in RULES if rule.id == rule_id]
    return list(rule.broken(there))


@pytest.mark.parametrize("rule_id", [rule.id for rule in RULES])
def test_the_example_meets_every_need(rule_id: str) -> None:
    """All of it, with nothing that could not be evaluated."""
    assert found(rule_id, WHOLE) == []


@pytest.mark.parametrize(
    ("need", "rule_id", "name", "break_"), DEFECTS, ids=[name for _, _, name, _ in DEFECTS]
)
def test_a_need_that_is_not_met_is_found(need: Need, rule_id: str, name: str, break_: Break) -> None:
    """With what it is for, and the page that says so; where it stands is a resource of the stacks."""
    there = stacks_after(WORLD, WHOLE, break_)

    said = found(rule_id, there)

    assert said, name
    for place, message in said:
        type_, resource = place.address.split(".")
        [stack] = [one for one in there if one.name == place.stack]
        assert resource in stack.body["resource"][type_]
        assert f"which it takes to {need.task}; " in message
        assert message.endswith(f"({need.source} of {need.read})")


def test_every_need_has_a_defect_and_a_source() -> None:
    """One that nobody has seen unmet may be one that always is met."""
    assert Counter(map(id, NEEDS.values())).keys() == {id(need) for need, *_ in DEFECTS}
    for need in NEEDS.values():
        assert re.fullmatch(r"https://(docs|developer)\.[a-z.]+\.com/\S+", need.source)
        assert re.fullmatch(r"202\d-\d\d-\d\d", need.read)
        assert need.says


def test_what_aws_s_policies_allow_is_what_some_need_asks() -> None:
    """The table holds nothing for its own sake."""
    asked = {action for need in NEEDS.values() for action in need.asks}

    assert {action for actions in MANAGED_POLICIES.values() for action in actions} <= asked
