"""Which stacks there are, in which order, and where their states lie."""

from __future__ import annotations

from typing import Any

import pytest

from estate.derived.stack_plan import StackPlan, environment_of, stack_plans
from estate.model.rules import broken_rules
from estate.model.state import State
from tests.model.vmware.documents import GOOGLE, changed
from tests.model.vmware.vsphere.documents import VMWARE, environment, estate
from tests.rules.vmware.vsphere.test_vcenter import PROD


def test_an_environment_without_an_estate_has_one_stack() -> None:
    """It is planned from anywhere, after nothing."""
    plans = stack_plans(estate(environment("dev", changed(VMWARE, vsphere=None))))

    assert plans == {"dev": StackPlan("dev", "dev", (), ())}
    assert not plans["dev"].is_companion


def test_a_companion_comes_before_its_environment() -> None:
    """Clusters stand in what it makes."""
    plans = stack_plans(estate(environment()))

    assert list(plans.values()) == [
        StackPlan("dev-vsphere", "dev", (("vcenter.example.com", 443),), ()),
        StackPlan("dev", "dev", (), ("dev-vsphere",)),
    ]
    assert plans["dev-vsphere"].is_companion


def test_owners_come_before_those_that_share_with_them() -> None:
    """Tag categories and host projects."""
    shared = changed(GOOGLE, host_project__id="kl-dev-host", host_project__owner="dev")
    plans = stack_plans(estate(environment("prod", PROD, google=shared), environment()))

    assert plans["prod-vsphere"].after == ("dev-vsphere",)
    assert plans["prod"].after == ("dev", "prod-vsphere")
    order = list(plans)
    assert all(
        order.index(before) < order.index(name) for name, plan in plans.items() for before in plan.after
    )


def test_stacks_come_in_the_order_of_promotion() -> None:
    """An environment with a companion does not fall behind those without one."""
    plain = changed(VMWARE, vsphere=None)

    plans = stack_plans(estate(environment(), environment("prod", plain)))

    assert list(plans) == ["dev-vsphere", "dev", "prod"]


@pytest.mark.parametrize(
    ("stack", "name"), [("dev", "dev"), ("dev-vsphere", "dev"), ("dev-bootstrap", "dev")]
)
def test_a_stack_belongs_to_an_environment(stack: str, name: str) -> None:
    """By its name, which no environment's can be mistaken for."""
    assert environment_of(stack) == name


@pytest.mark.parametrize(
    ("state", "folders"),
    [
        ({"gcs": {"bucket": "kl-state"}}, ["dev", "dev-vsphere"]),
        ({"gcs": {"bucket": "kl-state", "prefix": "a/b"}}, ["a/b", "a/b-vsphere"]),
        (
            {"s3": {"bucket": "kl-state", "region": "eu-west-1", "prefix": "teams/platform"}},
            ["teams/platform", "teams/platform-vsphere"],
        ),
    ],
    ids=["by name", "by prefix", "s3"],
)
def test_a_companions_state_lies_beside_its_environments(state: dict[str, Any], folders: list[str]) -> None:
    """In the same bucket, under a name that is derived."""
    place = State.model_validate(state)

    assert [place.folder("dev", stack) for stack in ("dev", "dev-vsphere")] == folders


@pytest.mark.parametrize(
    ("prefix", "stack", "owner"), [("dev", "prod", "dev"), ("dev-vsphere", "prod", "dev-vsphere")]
)
def test_two_stacks_in_one_place_are_refused(prefix: str, stack: str, owner: str) -> None:
    """The second apply would destroy what the first made."""
    state = {"gcs": {"bucket": "kl-state"}}
    both = estate(
        environment(state=state),
        environment("prod", PROD, state={"gcs": {"bucket": "kl-state", "prefix": prefix}}),
    )

    found = [one.message for one in broken_rules(both)]

    assert f"would keep the state of {stack} where that of {owner} is, in {prefix} of kl-state" in found[0]


def test_one_prefix_in_two_buckets_is_no_matter() -> None:
    """Nor in two kinds of buckets."""
    states: list[dict[str, Any]] = [
        {"gcs": {"bucket": "kl-one", "prefix": "a"}},
        {"gcs": {"bucket": "kl-two", "prefix": "a"}},
    ]
    both = estate(environment(state=states[0]), environment("prod", PROD, state=states[1]))

    assert broken_rules(both) == []
