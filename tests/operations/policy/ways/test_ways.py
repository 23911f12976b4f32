"""Each reason of the tables of ways has been seen lost, and the example loses none."""

from __future__ import annotations

from pathlib import Path

import pytest

from estate.derived.ways.ways import ways
from operations.policy.rules.ways import RULES
from operations.policy.ways.asking import back, there
from operations.policy.ways.unseen import BESIDE, EVALUATED
from tests.example import ESTATE
from tests.operations.policy.ways.way_defects import NOT_BACK, NOT_THERE, UNASKED, UNSEEN
from tests.operations.policy.world import Break, World, real_world, stacks, touched


@pytest.fixture(name="world", scope="module")
def stacks_as_they_are(real_output: Path) -> World:
    """What the example synthesizes to."""
    return real_world(real_output)


def test_the_example_loses_no_way_and_opens_nothing_else(world: World) -> None:
    """By all tables of its stacks, there and back."""
    found = [(rule.id, *one) for rule in RULES for one in rule.broken(stacks(world))]

    assert found == []


@pytest.mark.parametrize(
    ("why", "break_"),
    [pytest.param(reason.why, break_, id=name) for reason, name, break_ in NOT_THERE],
)
def test_a_lost_way_is_found_for_what_it_is_for(world: World, why: str, break_: Break) -> None:
    """With what is in its way; each break of the example loses the way of its reason at least."""
    found = [message for _, message in there(touched(world, break_))]

    assert [message for message in found if f"which it takes to {why}: " in message]


@pytest.mark.parametrize(
    ("why", "break_"),
    [pytest.param(reason.why, break_, id=name) for reason, name, break_ in NOT_BACK],
)
def test_a_lost_way_back_is_found(world: World, why: str, break_: Break) -> None:
    """A packet that gets there and an answer that does not look alike to whoever waits."""
    found = [message for _, message in back(touched(world, break_))]

    assert [message for message in found if f"which it takes to {why}: " in message]


@pytest.mark.parametrize(
    ("rule", "break_"),
    [
        pytest.param(rule, break_, id=name)
        for rule, defects in (("HYB_WAY_UNASKED", UNASKED), ("HYB_WAY_EVALUATED", UNSEEN))
        for name, break_ in defects
    ],
)
def test_what_nobody_asked_or_looked_at_is_found_once(world: World, rule: str, break_: Break) -> None:
    """Once, where it stands, and nothing else with it."""
    [found] = [rule_ for rule_ in RULES if rule_.id == rule]

    assert len(list(found.broken(touched(world, break_)))) == 1


def test_every_reason_of_the_example_has_been_seen_lost() -> None:
    """A way that nobody has seen lost may be one that is never asked."""
    asked = {way.reason for one in ESTATE.environments.values() for way in ways(one, "kl").asked}
    seen = {reason for reason, *_ in (*NOT_THERE, *NOT_BACK)}

    assert asked == seen


def test_every_type_is_evaluated_or_said_to_stand_beside() -> None:
    """Not both."""
    assert not EVALUATED & set(BESIDE)
