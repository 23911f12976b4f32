"""Terraform killed half-way through an apply, with the signal that no process survives or handles.

Each kill comes at a moment that the emulated AWS determines, by not answering one kind of call. What
Terraform was told is in the state, whenever it is killed. What AWS did and Terraform was not told is in
no state: the second test shows how to find it and take it in.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.deploy.conftest import NewWorkplace
from tests.deploy.inventory import account_inventory, difference, state_inventory
from tests.deploy.killed_apply import addresses_in, kill_apply_stuck_at
from tests.deploy.toolchain import Toolchain
from tests.deploy.workplace import Workplace, sandbox_aws

pytestmark = pytest.mark.deploy


@pytest.fixture
def start(new_workplace: NewWorkplace) -> Callable[[dict[str, Any]], Workplace]:
    """Makes a part of sandbox ready to be applied."""

    def start(part: dict[str, Any]) -> Workplace:
        attached = new_workplace("killed")
        # A provider that Terraform starts itself, and that loses it in the middle.
        work = replace(attached, tools=replace(attached.tools, attached={}))
        aws = sandbox_aws()
        work.write(
            {"region": aws["region"], "account_id": aws["account_id"], **part}, deletion_protection=False
        )
        work.init()
        return work

    return start


@pytest.fixture
def again(tools: Toolchain) -> Callable[[Workplace], Workplace]:
    """What goes on where a provider runs already: that one was lost is seen by then."""
    return lambda work: replace(work, tools=tools)


def test_apply_goes_on_after_a_kill(
    start: Callable[[dict[str, Any]], Workplace], again: Callable[[Workplace], Workplace]
) -> None:
    """Killed while a call is on its way, an apply goes on where it was: nothing is made twice."""
    vpc = sandbox_aws()["management_vpc"]
    zone = min(vpc["zones"])
    work = start({"management_vpc": {**vpc, "zones": {zone: vpc["zones"][zone]}}})
    empty = account_inventory(work.aws)
    work.aws.hang_before("CreateNatGateway")

    under_way = kill_apply_stuck_at(work, "aws_nat_gateway")
    work = again(work)
    work.aws.answer_again()
    half = state_inventory(work.state)
    half_made = difference(account_inventory(work.aws), empty)
    work.apply()

    assert len(under_way) == 1
    assert half_made == half
    assert difference(account_inventory(work.aws), empty) == state_inventory(work.state)
    assert difference(half, state_inventory(work.state)) == {}
    work.assert_plan_is_empty()


def test_what_a_killed_apply_left_behind_is_taken_in(
    start: Callable[[dict[str, Any]], Workplace], again: Callable[[Workplace], Workplace]
) -> None:
    """What AWS made and Terraform never heard of carries the environment's tags and can be imported."""
    work = start({"kms_keys": {"secrets": sandbox_aws()["kms_keys"]["secrets"]}})
    work.aws.hang_after("CreateKey")

    (address,) = kill_apply_stuck_at(work, "aws_kms_key")
    work = again(work)
    work.aws.answer_again()
    in_state = addresses_in(work.state)
    (left_behind,) = _tagged(work)
    work.write_refactoring({"import": [{"to": address, "id": left_behind.rpartition("/")[2]}]})
    work.synth()
    work.apply()

    assert address not in in_state
    assert address in addresses_in(work.state)
    assert account_inventory(work.aws) == state_inventory(work.state)
    work.assert_plan_is_empty()


def _tagged(work: Workplace) -> list[str]:
    """ARNs of everything in the account that carries the tags that this environment gives."""
    stack = json.loads((work.stack / "cdk.tf.json").read_text("utf-8"))
    tags = stack["provider"]["aws"][0]["default_tags"][0]["tags"]
    filters = [{"Key": name, "Values": [value]} for name, value in tags.items()]
    found = work.aws.client("resourcegroupstaggingapi").get_resources(TagFilters=filters)
    return [resource["ResourceARN"] for resource in found["ResourceTagMappingList"]]
