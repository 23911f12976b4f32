"""Accounts, VPCs, subnets and ways out, of networks that others made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.operations.adopt.terraform.recognizers.aws.drafts import (
    ZONES,
    arn,
    joined,
    left,
    network,
    of,
    subnet,
    table,
    vpc,
)
from tests.operations.adopt.terraform.states import resource

FLOW_LOG: dict[str, Any] = {
    "id": "fl-1",
    "vpc_id": "vpc-1",
    "log_destination": arn("logs", "log-group:/vpc/flow:*"),
    "iam_role_arn": "arn:aws:iam::345678901234:role/flow",
}


def cluster(vpc_id: str, *subnets: str) -> dict[str, Any]:
    """As little of a cluster as tells where it stands."""
    return resource(
        f"aws_eks_cluster.{vpc_id}",
        {"id": vpc_id, "name": vpc_id, "vpc_config": [{"vpc_id": vpc_id, "subnet_ids": list(subnets)}]},
    )


def test_a_network_of_a_module_with_one_gateway(tmp_path: Path) -> None:
    """Told apart by routes: a shared private table, a default route as an object of its own, the public one inside."""
    draft = of(tmp_path, *network())

    assert draft.data["aws"] == {
        "account_id": "345678901234",
        "region": "eu-west-1",
        "management_vpc": {"cidr": "10.9.0.0/16", "zones": ZONES, "nat_gateways": "single"},
    }
    assert left(draft) == {}
    assert draft.notes == [
        "the default security group sg-default-vpc-1 has no rules here, so the first apply takes those away that it has; "
        "whatever stands in it without a group of its own needs one before"
    ]
    assert [one.address for one in draft.origins["aws", "management_vpc", "zones", "eu-west-1a"]] == [
        "module.network.aws_nat_gateway.this[0]",
        "module.network.aws_eip.nat[0]",
    ]


def test_nothing_of_aws_says_nothing(tmp_path: Path) -> None:
    """Neither an account nor a network."""
    draft = of(tmp_path, resource("google_project.one", {"id": "projects/one"}))

    assert (draft.data, draft.left, draft.notes) == ({}, [], [])


def test_what_stands_in_another_account_or_region_is_left(tmp_path: Path) -> None:
    """The VPC says which is the environment's; what says no account goes by what it belongs to."""
    other = arn("kms", "key/other", account="210987654321")
    west = arn("kms", "key/west", region="us-west-2")
    role = {"id": "r", "name": "r", "arn": "arn:aws:iam::210987654321:role/r"}
    draft = of(
        tmp_path,
        *network(),
        resource("aws_kms_key.other", {"id": "other", "arn": other}),
        resource("aws_kms_key.more", {"id": "more", "arn": f"{other}-more"}),
        resource("aws_kms_key.west", {"id": "west", "arn": west}),
        resource("aws_iam_role.r", role),
        resource("aws_ebs_encryption_by_default.this", {"id": "terraform-1", "enabled": True}),
    )

    assert left(draft) == {
        "aws_kms_key.other": "stands in account 210987654321, region eu-west-1, and this environment is of account "
        "345678901234, region eu-west-1",
        "aws_kms_key.more": "stands in account 210987654321, region eu-west-1, and this environment is of account "
        "345678901234, region eu-west-1",
        "aws_kms_key.west": "stands in account 345678901234, region us-west-2, and this environment is of account "
        "345678901234, region eu-west-1",
        "aws_iam_role.r": "stands in account 210987654321, region none, and this environment is of account 345678901234, "
        "region eu-west-1",
    }
    assert draft.data["aws"]["ebs_encryption_by_default"] is True
    assert "kms_keys" not in draft.data["aws"]


def test_of_several_networks_that_of_the_clusters_is_taken(tmp_path: Path) -> None:
    """What stands in another one is left with it."""
    draft = of(
        tmp_path,
        *network(),
        resource("aws_vpc.other", vpc("vpc-2", "10.10.0.0/16")),
        resource("aws_subnet.other", subnet("other", "a", "10.10.0.0/24", "vpc-2")),
        cluster("vpc-1", "subnet-private-a"),
    )

    why = "stands in another VPC than vpc-1, and no cluster of the file stands there"
    assert draft.data["aws"]["management_vpc"]["cidr"] == "10.9.0.0/16"
    assert {address: said for address, said in left(draft).items() if "other" in address} == {
        "aws_vpc.other": why,
        "aws_subnet.other": why,
    }


def test_of_several_networks_without_a_cluster_none_is_guessed(tmp_path: Path) -> None:
    """All are listed; their subnets are not read either."""
    draft = of(tmp_path, resource("aws_vpc.a", vpc()), resource("aws_vpc.b", vpc("vpc-2", "10.10.0.0/16")))

    why = "is one of several VPCs, and an environment makes one; nothing tells which"
    assert left(draft) == {"aws_vpc.a": why, "aws_vpc.b": why}
    assert "management_vpc" not in draft.data["aws"]


def test_a_cluster_without_its_network_asks_for_it(tmp_path: Path) -> None:
    """The state of whoever made the VPC, or the VPC as one that exists."""
    draft = of(tmp_path, cluster("vpc-7"))

    assert draft.notes[0].startswith("clusters stand in vpc-7, and no state has that VPC with")


def test_what_a_network_cannot_say_is_listed(tmp_path: Path) -> None:
    """IPv6, dedicated machines, ranges beside the first, subnets of other shapes."""
    outside = subnet("outside", "a", "100.64.0.0/20")
    draft = of(
        tmp_path,
        resource("aws_vpc.this", vpc(ipv6_cidr_block="2001:db8::/56", instance_tenancy="dedicated")),
        resource("aws_internet_gateway.far", {"id": "igw-9", "vpc_id": ""}),
        resource("aws_vpc_ipv4_cidr_block_association.more", {"id": "a", "vpc_id": "vpc-1"}),
        resource("aws_subnet.outside", outside),
        resource("aws_subnet.six", {**outside, "id": "subnet-six", "cidr_block": ""}),
        resource("aws_subnet.lonely", subnet("lonely", "c", "10.9.64.0/20")),
        resource("aws_subnet.open", subnet("open", "b", "10.9.80.0/20")),
        resource("aws_route_table.open", table("open", "igw-1")),
        resource("aws_route_table_association.open", joined("open", "open")),
    )

    assert left(draft) == {
        "aws_vpc.this.ipv6_cidr_block": "the VPC here has no IPv6",
        "aws_internet_gateway.far": "is not attached to the VPC",
        "aws_vpc.this.instance_tenancy": "the VPC here lets instances stand on shared machines",
        "aws_vpc_ipv4_cidr_block_association.more": "a VPC here has its first range alone",
        "aws_subnet.outside": "lies outside the VPC's first range 10.9.0.0/16, and a VPC here has that one alone",
        "aws_subnet.six": "has no range of IPv4",
        "aws_subnet.lonely": "zone eu-west-1c has no public subnet, and a zone here has a private and a public one",
        "aws_subnet.open": "zone eu-west-1b has no private subnet, and a zone here has a private and a public one",
        "aws_route_table.open": "leads no subnet of the file anywhere",
        "aws_route_table_association.open": "is of no subnet of the file",
        "aws_route_table.open.route[0]": "routes here follow from what the file says: to the internet, and to what the VPNs "
        "lead to",
    }
    assert draft.data["aws"]["management_vpc"] == {"cidr": "10.9.0.0/16"}


def test_the_main_table_counts_where_a_subnet_has_none(tmp_path: Path) -> None:
    """The default one too, and whichever was made the main one."""
    draft = of(
        tmp_path,
        resource("aws_vpc.this", vpc()),
        resource("aws_default_route_table.main", {**table("main-vpc-1"), "route": []}),
        resource("aws_route_table.out", table("out", "igw-1")),
        resource(
            "aws_main_route_table_association.out",
            {"id": "m", "vpc_id": "vpc-1", "route_table_id": "rtb-out"},
        ),
        resource("aws_subnet.public", subnet("public", "a", "10.9.0.0/24")),
        resource("aws_subnet.private", subnet("private", "a", "10.9.1.0/24")),
        resource("aws_route_table_association.private", joined("private", "main-vpc-1")),
    )

    assert draft.data["aws"]["management_vpc"]["zones"] == {
        "eu-west-1a": {"private": "10.9.1.0/24", "public": "10.9.0.0/24"}
    }
    assert [one for one in draft.notes if "no NAT gateway" in one]


@pytest.mark.parametrize(
    ("used", "taken"),
    [(("subnet-database",), "10.9.48.0/24"), ((), "10.9.16.0/20")],
    ids=["of clusters", "with a way out"],
)
def test_of_several_private_subnets_one_is_taken(used: tuple[str, ...], taken: str, tmp_path: Path) -> None:
    """That of clusters first, then that with a way out, then the largest; the others stay."""
    draft = of(
        tmp_path,
        *network(resource("aws_subnet.database", subnet("database", "a", "10.9.48.0/24"))),
        *([cluster("vpc-1", *used)] if used else []),
    )

    zones = draft.data["aws"]["management_vpc"]["zones"]
    assert zones["eu-west-1a"] == {"private": taken, "public": "10.9.0.0/24"}
    assert f"zone eu-west-1a has one private subnet here, which is {taken}" in left(draft).values()


def test_a_gateway_elsewhere_than_here_is_left(tmp_path: Path) -> None:
    """The single one stands in the first zone; a zone has one; a private one has no place."""
    elsewhere = {"id": "nat-b", "subnet_id": "subnet-public-b", "allocation_id": "eipalloc-b"}
    second = {"id": "nat-c", "subnet_id": "subnet-public-b", "allocation_id": "eipalloc-c"}
    private = {"id": "nat-p", "subnet_id": "subnet-private-a"}
    single, several = tmp_path / "single", tmp_path / "several"
    single.mkdir()
    several.mkdir()
    others = [one for one in network() if one["type"] != "aws_nat_gateway"]

    one = of(single, *others, resource("aws_nat_gateway.b", elsewhere))
    more = of(
        several,
        *network(
            resource("aws_nat_gateway.b", elsewhere),
            resource("aws_nat_gateway.c", second),
            resource("aws_nat_gateway.p", private),
        ),
    )

    assert left(one)["aws_nat_gateway.b"] == (
        "stands in zone eu-west-1b, and here the single one stands in the first zone, eu-west-1a"
    )
    assert "nat_gateways" not in more.data["aws"]["management_vpc"]
    assert left(more) == {
        "aws_nat_gateway.c": "stands in zone eu-west-1b, and here a zone has one",
        "aws_nat_gateway.p": "is private, or stands in no public subnet of the file",
    }


def test_flow_logs_that_are_called_otherwise_stay(tmp_path: Path) -> None:
    """Nothing of them can be changed, so the file's are made beside them, and their role stays with them."""
    role = "arn:aws:iam::345678901234:role/flow"
    draft = of(
        tmp_path,
        *network(),
        resource("aws_flow_log.this", FLOW_LOG),
        resource("aws_cloudwatch_log_group.this", {"id": "g", "name": "/vpc/flow", "retention_in_days": 30}),
        resource("aws_iam_role.flow", {"id": "flow", "name": "flow", "arn": role}),
        resource("aws_iam_role_policy.flow", {"id": "flow:write", "role": "flow", "name": "write"}),
        resource("aws_flow_log.subnet", {"id": "fl-2", "subnet_id": "subnet-private-a"}),
    )

    why = "neither a flow log nor the name of its log group can be changed, and those here are called by the environment"
    assert left(draft) == {
        "aws_flow_log.this": why,
        "aws_cloudwatch_log_group.this": why,
        "aws_iam_role.flow": "role flow writes the VPC's former flow logs, and its name cannot be changed",
        "aws_iam_role_policy.flow": "of role flow writes the VPC's former flow logs, and its name cannot be changed",
        "aws_flow_log.subnet": "watches something else than the VPC as a whole",
    }
    assert "flow_log_retention_days" not in draft.data["aws"]["management_vpc"]


@pytest.mark.parametrize(("days", "said"), [(30, 30), (365, None), (0, None), (42, None)])
def test_flow_logs_that_are_called_as_here_are_taken(days: int, said: int | None, tmp_path: Path) -> None:
    """With how long they are kept; for ever is listed, and what nobody offers."""
    name = "kl-prod-management-vpc-flow-logs"
    log = {**FLOW_LOG, "log_destination": arn("logs", f"log-group:{name}")}
    draft = of(
        tmp_path,
        *network(),
        resource("aws_flow_log.this", log),
        resource("aws_cloudwatch_log_group.this", {"id": name, "name": name, "retention_in_days": days}),
    )

    assert draft.data["aws"]["management_vpc"].get("flow_log_retention_days") == said
    assert list(left(draft).values()) == (
        []
        if days in {30, 365}
        else [
            f"entries are kept {f'{days} days' if days else 'for ever'}, and here for a year unless the file says otherwise"
        ]
    )


def test_endpoints_and_rules_of_the_default_group(tmp_path: Path) -> None:
    """The endpoint of S3 is taken, every other stays; a group without rules needs no word."""
    endpoint = {"vpc_id": "vpc-1", "vpc_endpoint_type": "Gateway"}
    group = {"id": "sg-default-vpc-1", "vpc_id": "vpc-1", "ingress": [], "egress": []}
    draft = of(
        tmp_path,
        *network(),
        resource(
            "aws_vpc_endpoint.s3", {**endpoint, "id": "e1", "service_name": "com.amazonaws.eu-west-1.s3"}
        ),
        resource(
            "aws_vpc_endpoint.db",
            {**endpoint, "id": "e2", "service_name": "com.amazonaws.eu-west-1.dynamodb"},
        ),
        resource("aws_default_security_group.this", group),
        resource("aws_default_network_acl.this", {"id": "acl-1", "vpc_id": "vpc-1"}),
    )

    assert draft.notes == []
    assert left(draft) == {
        "aws_vpc_endpoint.db": "the VPC here has the endpoint of S3 alone, and reaches other services by NAT",
        "aws_default_network_acl.this": "network ACLs are left as they are here",
    }
