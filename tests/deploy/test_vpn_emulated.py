"""The AWS end of a VPN, deployed to an emulated AWS; Google's end is two addresses.

Left out, because moto does not know it: tunnels that come up, BGP, what the transit gateway learns, and a
destroy, in which a deleted attachment is never seen as deleted.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from tests.deploy.conftest import NewWorkplace
from tests.deploy.test_vpn_keys import FIELDS, GOOD
from tests.deploy.workplace import Workplace
from tests.stacks.test_environment_stack import synthesize

pytestmark = pytest.mark.deploy

_INTERFACE = re.compile(r"\$\{google_compute_ha_vpn_gateway\.[^}]*vpn_interfaces\[(\d)\]\.ip_address\}")


def aws_end(stack: dict[str, Any]) -> dict[str, Any]:
    """The stack without Google Cloud, whose gateway has two addresses in it."""
    text = _INTERFACE.sub(lambda found: f"198.51.100.{found[1]}", json.dumps(stack["resource"]))
    resources = {type_: found for type_, found in json.loads(text).items() if type_.startswith("aws_")}
    return {
        "locals": stack["locals"],
        "provider": {"aws": stack["provider"]["aws"]},
        "resource": resources,
        "terraform": {"required_providers": {"aws": stack["terraform"]["required_providers"]["aws"]}},
        "variable": stack["variable"],
    }


@pytest.fixture(scope="module", name="work")
def deployed(new_workplace: NewWorkplace) -> Workplace:
    """A folder whose stack is applied."""
    empty = new_workplace("vpn")
    work = replace(empty, variables={f"TF_VAR_{name}": value for name, value in GOOD.items()})
    work.stack.mkdir(parents=True)
    stack = synthesize(work.folder, **FIELDS, deletion_protection=False).json
    (work.stack / "cdk.tf.json").write_text(json.dumps(aws_end(stack)), "utf-8")
    work.lay_override()
    work.terraform("init", "-input=false")
    work.apply()
    return work


@pytest.fixture(scope="module", name="ec2")
def ec2_of(work: Workplace) -> Any:
    """The account, looked into without Terraform."""
    return work.aws.client("ec2")


def test_every_private_table_leads_to_the_transit_gateway(ec2: Any) -> None:
    """Once for each range of Google Cloud and of the data centers, and no other table does."""
    [gateway] = [one["TransitGatewayId"] for one in ec2.describe_transit_gateways()["TransitGateways"]]

    ways = {
        tag["Value"]: {
            route["DestinationCidrBlock"]
            for route in table["Routes"]
            if route.get("TransitGatewayId") == gateway
        }
        for table in ec2.describe_route_tables()["RouteTables"]
        for tag in table["Tags"]
        if tag["Key"] == "Name"
    }

    google = {"10.64.0.0/20", "10.68.0.0/16", "10.72.0.0/20"}
    onprem = {"10.20.0.0/16", "10.21.0.0/24"}
    assert {name: found for name, found in ways.items() if found} == {
        f"kl-dev-management-vpc-private-eu-west-1{zone}": google | onprem for zone in "ab"
    }


def test_a_connection_to_each_interface(ec2: Any) -> None:
    """Over a customer gateway of its own, with Google's ASN."""
    gateways = {
        one["CustomerGatewayId"]: (one["IpAddress"], one["BgpAsn"])
        for one in ec2.describe_customer_gateways()["CustomerGateways"]
    }
    connections = ec2.describe_vpn_connections()["VpnConnections"]

    assert sorted(gateways[one["CustomerGatewayId"]] for one in connections) == [
        ("198.51.100.0", "64521"),
        ("198.51.100.1", "64521"),
    ]
    assert {one["TransitGatewayId"] for one in connections} == {
        one["TransitGatewayId"] for one in ec2.describe_transit_gateways()["TransitGateways"]
    }


def test_the_second_plan_shows_only_what_the_emulation_forgets(work: Workplace) -> None:
    """Keys, which it makes itself, and the tags of an attachment."""
    plan = work.plan()

    changed: dict[str, set[str]] = {}
    for address in plan.actions:
        if attributes := plan.changed_attributes(address):
            changed.setdefault(address.partition(".")[0], set()).update(attributes)
    assert changed == {
        "aws_ec2_transit_gateway_vpc_attachment": {"tags", "tags_all"},
        "aws_vpn_connection": {"tunnel1_preshared_key", "tunnel2_preshared_key"},
    }
