"""The management VPC: what stands in each zone, its ways out, and one that exists."""

from __future__ import annotations

from ipaddress import IPv4Network
from pathlib import Path
from typing import Any

import pytest
from cdktf import TerraformOutput, TerraformStack

from constructs_lib.aws.account import AwsAccount
from constructs_lib.aws.management_vpc import ExistingVpc, ManagementVpc, Vpc
from constructs_lib.naming import Naming
from estate.model.aws.management_vpc import ExistingVpcConfig, ManagementVpcConfig
from tests.synth import Synthesized, synthesize

ZONES = {
    "eu-west-1b": {"private": "10.0.2.0/24", "public": "10.0.5.0/24"},
    "eu-west-1a": {"private": "10.0.1.0/24", "public": "10.0.4.0/24"},
    "eu-west-1c": {"private": "10.0.3.0/24", "public": "10.0.6.0/24"},
}
VPC_ID = "${aws_vpc.Vpc_8378EB38.id}"


def define(stack: TerraformStack, *, prevent_destroy: bool = True, **config: Any) -> ManagementVpc:
    """Define a VPC with three zones, the second by name written first."""
    return ManagementVpc(
        stack,
        "Vpc",
        config=ManagementVpcConfig.model_validate({"cidr": "10.0.0.0/16", "zones": ZONES, **config}),
        naming=Naming(organization="kl", environment="sandbox"),
        account=AwsAccount(account_id="012345678901", region="eu-west-1"),
        prevent_destroy=prevent_destroy,
    )


def named(synthesized: Synthesized, type_: str) -> dict[str, dict[str, Any]]:
    """Resources of a type by their Name tag, the common part left out."""
    return {
        body["tags"]["Name"].removeprefix("kl-sandbox-management-vpc"): body
        for body in synthesized.resources(type_).values()
    }


def addresses(synthesized: Synthesized, type_: str) -> dict[str, str]:
    """Name tags of a type's resources by their address."""
    return {
        f"{type_}.{name}": body["tags"]["Name"].removeprefix("kl-sandbox-management-vpc")
        for name, body in synthesized.resources(type_).items()
    }


def referred(expression: str) -> str:
    """The address in an expression such as ${aws_vpc.Vpc.id}."""
    return expression.removeprefix("${").rpartition(".")[0]


def default_routes(synthesized: Synthesized) -> dict[str, str]:
    """Where each route table sends the internet's traffic, both by Name tag."""
    tables = addresses(synthesized, "aws_route_table")
    gateways = addresses(synthesized, "aws_nat_gateway") | addresses(synthesized, "aws_internet_gateway")
    routes = synthesized.resources("aws_route").values()
    assert {route["destination_cidr_block"] for route in routes} == {"0.0.0.0/0"}
    return {
        tables[referred(route["route_table_id"])]: gateways[
            referred(route.get("nat_gateway_id") or route["gateway_id"])
        ]
        for route in routes
    }


@pytest.fixture(scope="module")
def three_zones(tmp_path_factory: pytest.TempPathFactory) -> Synthesized:
    """A VPC with three zones and nothing else said."""
    return synthesize(tmp_path_factory.mktemp("out"), define)


def test_defines_a_protected_vpc_with_dns(three_zones: Synthesized) -> None:
    """Nodes of clusters find each other by name."""
    assert three_zones.one("aws_vpc") == {
        "cidr_block": "10.0.0.0/16",
        "enable_dns_hostnames": True,
        "enable_dns_support": True,
        "tags": {"Name": "kl-sandbox-management-vpc"},
        "lifecycle": {"prevent_destroy": True},
    }
    assert three_zones.address("aws_vpc") == "aws_vpc.Vpc_8378EB38"


def test_defines_these_and_nothing_else(three_zones: Synthesized) -> None:
    """The whole of it, counted."""
    assert three_zones.counts() == {
        "aws_cloudwatch_log_group": 1,
        "aws_default_security_group": 1,
        "aws_eip": 3,
        "aws_flow_log": 1,
        "aws_iam_role": 1,
        "aws_iam_role_policy": 1,
        "aws_internet_gateway": 1,
        "aws_kms_alias": 1,
        "aws_kms_key": 1,
        "aws_nat_gateway": 3,
        "aws_route": 4,
        "aws_route_table": 4,
        "aws_route_table_association": 6,
        "aws_subnet": 6,
        "aws_vpc": 1,
        "aws_vpc_endpoint": 1,
    }


def test_each_zone_has_a_private_and_a_public_subnet(three_zones: Synthesized) -> None:
    """Load balancers find them by role; no instance gets a public address by standing in one."""
    subnets = named(three_zones, "aws_subnet")

    assert sorted(subnets) == [
        "-private-eu-west-1a",
        "-private-eu-west-1b",
        "-private-eu-west-1c",
        "-public-eu-west-1a",
        "-public-eu-west-1b",
        "-public-eu-west-1c",
    ]
    assert subnets["-private-eu-west-1b"] == {
        "vpc_id": VPC_ID,
        "availability_zone": "eu-west-1b",
        "cidr_block": "10.0.2.0/24",
        "map_public_ip_on_launch": False,
        "tags": {
            "Name": "kl-sandbox-management-vpc-private-eu-west-1b",
            "kubernetes.io/role/internal-elb": "1",
        },
        "lifecycle": {"prevent_destroy": True},
    }
    assert subnets["-public-eu-west-1b"] == {
        "vpc_id": VPC_ID,
        "availability_zone": "eu-west-1b",
        "cidr_block": "10.0.5.0/24",
        "map_public_ip_on_launch": False,
        "tags": {"Name": "kl-sandbox-management-vpc-public-eu-west-1b", "kubernetes.io/role/elb": "1"},
        "lifecycle": {"prevent_destroy": True},
    }


def test_subnet_belongs_to_the_route_table_of_its_role_and_zone(three_zones: Synthesized) -> None:
    """Public ones share a table; each private one has its own."""
    subnets = addresses(three_zones, "aws_subnet")
    tables = addresses(three_zones, "aws_route_table")

    associations = {
        subnets[referred(body["subnet_id"])]: tables[referred(body["route_table_id"])]
        for body in three_zones.resources("aws_route_table_association").values()
    }

    assert associations == {
        "-private-eu-west-1a": "-private-eu-west-1a",
        "-private-eu-west-1b": "-private-eu-west-1b",
        "-private-eu-west-1c": "-private-eu-west-1c",
        "-public-eu-west-1a": "-public",
        "-public-eu-west-1b": "-public",
        "-public-eu-west-1c": "-public",
    }


def test_each_zone_goes_out_through_its_own_nat_gateway(three_zones: Synthesized) -> None:
    """A zone that is lost takes no other zone's way out with it."""
    assert default_routes(three_zones) == {
        "-public": "",
        "-private-eu-west-1a": "-nat-eu-west-1a",
        "-private-eu-west-1b": "-nat-eu-west-1b",
        "-private-eu-west-1c": "-nat-eu-west-1c",
    }


def test_a_single_nat_gateway_stands_in_the_first_zone_by_name(tmp_path: Path) -> None:
    """The order in which the file lists the zones does not move it."""
    synthesized = synthesize(tmp_path, lambda stack: define(stack, nat_gateways="single"))

    assert default_routes(synthesized) == {
        "-public": "",
        "-private-eu-west-1a": "-nat-eu-west-1a",
        "-private-eu-west-1b": "-nat-eu-west-1a",
        "-private-eu-west-1c": "-nat-eu-west-1a",
    }
    assert sorted(named(synthesized, "aws_eip")) == ["-nat-eu-west-1a"]


def test_nat_gateway_has_a_protected_address_in_the_public_subnet(three_zones: Synthesized) -> None:
    """Others allow these addresses in; a new one would lock all nodes out there."""
    eips = addresses(three_zones, "aws_eip")
    associations = three_zones.resources("aws_route_table_association")

    gateway = named(three_zones, "aws_nat_gateway")["-nat-eu-west-1c"]
    association = referred(gateway["subnet_id"]).removeprefix("aws_route_table_association.")
    subnet = referred(associations[association]["subnet_id"])

    assert eips[referred(gateway["allocation_id"])] == "-nat-eu-west-1c"
    assert addresses(three_zones, "aws_subnet")[subnet] == "-public-eu-west-1c"
    assert named(three_zones, "aws_eip")["-nat-eu-west-1c"] == {
        "domain": "vpc",
        "tags": {"Name": "kl-sandbox-management-vpc-nat-eu-west-1c"},
        "lifecycle": {"prevent_destroy": True},
    }


def test_private_subnets_reach_s3_without_nat(three_zones: Synthesized) -> None:
    """Gateway endpoints cost nothing, NAT costs by the gigabyte."""
    endpoint = three_zones.one("aws_vpc_endpoint")

    tables = addresses(three_zones, "aws_route_table")
    assert [tables[referred(table)] for table in endpoint.pop("route_table_ids")] == [
        "-private-eu-west-1a",
        "-private-eu-west-1b",
        "-private-eu-west-1c",
    ]
    assert endpoint == {
        "vpc_id": VPC_ID,
        "vpc_endpoint_type": "Gateway",
        "service_name": "com.amazonaws.eu-west-1.s3",
        "tags": {"Name": "kl-sandbox-management-vpc-s3"},
    }


def test_the_default_security_group_is_empty_and_stays_so(three_zones: Synthesized) -> None:
    """Empty lists, not absent ones: with absent ones a rule added by hand went unnoticed."""
    assert three_zones.one("aws_default_security_group") == {"vpc_id": VPC_ID, "ingress": [], "egress": []}


def test_flow_logs_are_kept_as_long_as_the_environment_says(tmp_path: Path) -> None:
    """The option reaches the log group, and the logs watch this VPC."""
    synthesized = synthesize(tmp_path, lambda stack: define(stack, flow_log_retention_days=30))

    assert synthesized.one("aws_cloudwatch_log_group")["retention_in_days"] == 30
    assert synthesized.one("aws_flow_log")["vpc_id"] == VPC_ID


@pytest.mark.parametrize("prevent_destroy", [True, False])
def test_what_cannot_be_made_again_is_protected(tmp_path: Path, *, prevent_destroy: bool) -> None:
    """Everything that others put things into, know by address, or read as a record."""
    synthesized = synthesize(tmp_path, lambda stack: define(stack, prevent_destroy=prevent_destroy))

    protected = {
        type_
        for type_ in synthesized.counts()
        for body in synthesized.resources(type_).values()
        if body.get("lifecycle") == {"prevent_destroy": prevent_destroy}
    }

    assert protected == {
        "aws_cloudwatch_log_group",
        "aws_eip",
        "aws_internet_gateway",
        "aws_kms_key",
        "aws_nat_gateway",
        "aws_subnet",
        "aws_vpc",
    }


def test_whoever_uses_a_subnet_waits_for_its_way_out(tmp_path: Path) -> None:
    """An instance that starts before its route fails to fetch what it needs."""

    def show(stack: TerraformStack) -> None:
        vpc = define(stack)
        for role, ids in (("private", vpc.private_subnet_ids), ("public", vpc.public_subnet_ids)):
            TerraformOutput(stack, role, value=ids["eu-west-1b"])

    synthesized = synthesize(tmp_path, show)

    waits = {}
    for role, output in synthesized.outputs.items():
        type_, _, name = referred(output["value"]).partition(".")
        association = synthesized.resources(type_)[name]
        route = association["depends_on"][0].removeprefix("aws_route.")
        waits[role] = sorted(synthesized.resources("aws_route")[route])
        assert (
            addresses(synthesized, "aws_subnet")[referred(association["subnet_id"])] == f"-{role}-eu-west-1b"
        )
    assert waits == {
        "private": ["destination_cidr_block", "nat_gateway_id", "route_table_id"],
        "public": ["destination_cidr_block", "gateway_id", "route_table_id"],
    }


def test_results_are_by_zone_in_order(tmp_path: Path) -> None:
    """A list made of them is the same in every run."""
    read: list[ManagementVpc] = []

    synthesize(tmp_path, lambda stack: read.append(define(stack)))

    zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
    assert list(read[0].private_subnet_ids) == zones
    assert list(read[0].public_subnet_ids) == zones
    assert list(read[0].private_route_table_ids) == zones
    assert read[0].cidr == IPv4Network("10.0.0.0/16")


def test_an_existing_vpc_has_the_same_interface_and_defines_nothing(tmp_path: Path) -> None:
    """Whoever stands in a VPC need not know who made it."""
    zones = {
        "eu-west-1b": {"private": "subnet-0000000b", "public": "subnet-1111111b"},
        "eu-west-1a": {"private": "subnet-0000000a", "public": "subnet-1111111a"},
    }
    existing = {"vpc_id": "vpc-0123456789abcdef0", "cidr": "10.0.0.0/16", "zones": zones}

    vpc: Vpc = ExistingVpc(ExistingVpcConfig.model_validate({"existing": existing}))

    assert (vpc.vpc_id, vpc.cidr) == ("vpc-0123456789abcdef0", IPv4Network("10.0.0.0/16"))
    assert list(vpc.private_subnet_ids.items()) == [
        ("eu-west-1a", "subnet-0000000a"),
        ("eu-west-1b", "subnet-0000000b"),
    ]
    assert list(vpc.public_subnet_ids.items()) == [
        ("eu-west-1a", "subnet-1111111a"),
        ("eu-west-1b", "subnet-1111111b"),
    ]
    assert synthesize(tmp_path, lambda _: vpc).counts() == {}
