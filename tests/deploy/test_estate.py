"""The AWS half of sandbox, deployed: from an empty account to the estate and back to an empty account.

One estate is applied for all tests of this file. They run in the order in which they stand; each leaves
the estate as it found it, but for the last, which destroys it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.deploy.conftest import NewWorkplace
from tests.deploy.inventory import Inventory, account_inventory, difference, state_inventory
from tests.deploy.management_service import test_cluster_example_names_what_stands  # noqa: F401 - asked here  # until 2027-03-17
from tests.deploy.plan import Plan
from tests.deploy.toolchain import BOUND_VERSION
from tests.deploy.workplace import Workplace, sandbox_aws

pytestmark = pytest.mark.deploy


class Estate:
    """An estate that was deployed into an empty account.

    Attributes:
        work: where it was deployed from.
        empty: what the account held before.
        first_plan: what Terraform said it would do.
    """

    def __init__(self, work: Workplace) -> None:
        self.work = work
        self.empty: Inventory = account_inventory(work.aws)
        work.write(sandbox_aws(), deletion_protection=False)
        work.init()
        self.first_plan: Plan = work.plan()
        work.apply_plan()


@pytest.fixture(scope="module")
def estate(new_workplace: NewWorkplace) -> Estate:
    """The AWS half of sandbox, applied."""
    return Estate(new_workplace("estate"))


def test_creates_every_resource_of_the_stack(estate: Estate) -> None:
    """Into an empty account the plan creates each resource of the stack and touches nothing else."""
    stack = json.loads((estate.work.stack / "cdk.tf.json").read_text("utf-8"))

    addresses = {f"{type_}.{name}" for type_, found in stack["resource"].items() for name in found}

    assert estate.first_plan.actions == dict.fromkeys(addresses, ("create",))


def test_state_and_account_hold_the_same(estate: Estate) -> None:
    """What was applied stands in the account, all of it in the state, and nothing beside it."""
    made = difference(account_inventory(estate.work.aws), estate.empty)

    assert made == state_inventory(estate.work.state)


def test_second_plan_is_empty_even_after_a_new_generated_folder(estate: Estate) -> None:
    """Nothing is left to do after an apply; the folder can be thrown away: the state lies outside it and is found again."""
    shutil.rmtree(estate.work.folder / "cdktf.out")

    estate.work.init()

    assert estate.work.state.is_file()
    estate.work.assert_plan_is_empty()


def test_product_pins_the_bound_provider(estate: Estate) -> None:
    """Whichever provider runs here, the stack itself asks for the one its binding was made from."""
    stack = json.loads((estate.work.stack / "cdk.tf.json").read_text("utf-8"))

    assert stack["terraform"]["required_providers"]["aws"]["version"] == BOUND_VERSION


def test_an_edit_plans_that_edit_alone(estate: Estate, tmp_path: Path) -> None:
    """A changed retention period plans one attribute of one resource."""
    work = estate.work.copy(tmp_path / "work")
    work.edit(lambda aws: aws["management_vpc"].update(flow_log_retention_days=30))

    work.synth()
    plan = work.plan(refresh=False)

    (address,) = plan.actions
    assert plan.actions[address] == ("update",)
    assert address.startswith("aws_cloudwatch_log_group.")
    assert plan.changed_attributes(address) == {"retention_in_days"}


def test_drift_is_what_nobody_may_change_by_hand(estate: Estate) -> None:
    """A port opened by hand would be closed again; what a cluster's operator tags is left alone."""
    ec2 = estate.work.aws.client("ec2")
    groups = ec2.describe_security_groups(Filters=[{"Name": "group-name", "Values": ["kl-sandbox-bastion"]}])
    ssh = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    hole = {"GroupId": groups["SecurityGroups"][0]["GroupId"], "IpPermissions": [ssh]}
    ec2.authorize_security_group_ingress(**hole)
    subnets = sorted(state_inventory(estate.work.state)["aws_subnet"])
    tag = {"Key": "kubernetes.io/cluster/gke-404767c1", "Value": "shared"}
    ec2.create_tags(Resources=subnets, Tags=[tag])

    plan = estate.work.plan()

    ec2.revoke_security_group_ingress(**hole)
    ec2.delete_tags(Resources=subnets, Tags=[tag])
    (address,) = plan.actions
    assert address.startswith("aws_security_group.Bastion_")
    assert plan.changed_attributes(address) == {"ingress"}


def test_tunnel_output_is_a_script(estate: Estate) -> None:
    """The tunnel's script is shell and names the bastion's address."""
    script = estate.work.terraform("output", "-raw", "bastion_tunnel")

    addresses = estate.work.aws.client("ec2").describe_addresses()["Addresses"]
    (address,) = (one["PublicIp"] for one in addresses if one.get("InstanceId"))
    assert address in script
    subprocess.run(["sh", "-n"], input=script, text=True, check=True)


def test_destroy_leaves_nothing(estate: Estate) -> None:
    """A throw-away estate is destroyed whole: the state is empty, and so is the account."""
    estate.work.terraform("destroy", "-input=false", "-auto-approve")

    instances = estate.work.aws.client("ec2").describe_instances()["Reservations"]
    assert state_inventory(estate.work.state) == {}
    assert account_inventory(estate.work.aws) == estate.empty
    assert {i["State"]["Name"] for one in instances for i in one["Instances"]} == {"terminated"}
