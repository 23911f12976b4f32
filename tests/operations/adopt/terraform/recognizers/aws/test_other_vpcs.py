"""EKS clusters that stand in other VPCs than the environment's: named by the ids that states hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from operations.adopt.terraform.draft import Draft
from operations.adopt.terraform.order import AWS
from operations.adopt.terraform.recognizers.google.follows import begin
from tests.model.access.estates import environment
from tests.model.aws.eks_documents import ELSEWHERE
from tests.operations.adopt.terraform.recognizers.aws.drafts import (
    CLUSTER,
    joined,
    left,
    network,
    of,
    role_arn,
    subnet,
    table,
    vpc,
)
from tests.operations.adopt.terraform.recognizers.aws.eks_states import (
    administers,
    cluster,
    eks,
    entry,
    group,
)
from tests.operations.adopt.terraform.states import found_in, resource, state

SHOP = "vpc-0a000001"
A, B, OPEN = "0a00000a", "0a00000b", "0a00000c"
"""Subnets of that VPC: private ones in two zones, and a public one in the first."""
ZONES = {
    "eu-west-1a": {
        "private": f"subnet-{A}",
        "private_cidr": "10.7.0.0/24",
        "public": f"subnet-{OPEN}",
    },
    "eu-west-1b": {"private": f"subnet-{B}", "private_cidr": "10.7.1.0/24"},
}


OWN = {
    "cidr": "10.9.0.0/16",
    "zones": {"eu-west-1a": {"private": "10.9.16.0/20", "public": "10.9.0.0/24"}},
}
NEAR = (
    resource("aws_eks_cluster.near", eks(id="near", name="near")),
    resource("aws_ec2_transit_gateway_vpc_attachment.near", {"id": "tgw-attach-1", "vpc_id": "vpc-1"}),
)
"""Another cluster, in the VPC that a transit gateway leads to."""


def placed(*subnets: str, **more: Any) -> dict[str, Any]:
    """The cluster in that VPC."""
    config = {**eks()["vpc_config"][0], "vpc_id": SHOP, "subnet_ids": [f"subnet-{one}" for one in subnets]}
    return cluster(vpc_config=[config], **more)


def shop(**more: Any) -> list[dict[str, Any]]:
    """The VPC with its subnets, and what else stands in it."""
    return [
        resource("aws_vpc.shop", vpc(SHOP, "10.7.0.0/16", **more)),
        resource(
            "aws_subnet.shop",
            subnet(A, "a", "10.7.0.0/24", SHOP),
            subnet(B, "b", "10.7.1.0/24", SHOP),
            subnet(OPEN, "a", "10.7.2.0/24", SHOP),
            subnet("database", "b", "10.7.3.0/24", SHOP),
            {**subnet("six", "b", "", SHOP), "cidr_block": ""},
            keys=(0, 1, 2, 3, 4),
        ),
        resource("aws_route_table.shop", {**table("shop", "igw-7"), "vpc_id": SHOP}),
        resource("aws_route_table_association.shop", joined(OPEN, "shop")),
        resource("aws_security_group.web", {"id": "sg-web", "name": "web", "vpc_id": SHOP}),
    ]


def test_a_cluster_beside_the_environment_s_vpc(tmp_path: Path) -> None:
    """Its VPC is named by ids; of its subnets those that clusters and nodes use, and a public one beside."""
    nodes = group(subnet_ids=[f"subnet-{B}"])
    draft = of(
        tmp_path,
        *network(),
        *shop(tags={"Name": "kl-prod-shop"}),
        *NEAR,
        placed(A),
        resource("aws_eks_node_group.nodes", nodes),
        resource(
            "aws_security_group.api", {"id": "sg-cluster", "name": "api", "vpc_id": SHOP, "ingress": []}
        ),
    )

    assert draft.at("aws", "existing_vpcs") == {
        "shop": {"vpc_id": SHOP, "cidr": "10.7.0.0/16", "zones": ZONES}
    }
    said = draft.at("aws", "eks_clusters")
    assert {key: one.get("vpc") for key, one in said.items()} == {"near": None, CLUSTER: "shop"}
    assert [one.get("zones") for one in said[CLUSTER]["node_groups"].values()] == [["eu-west-1b"]]
    assert draft.at("aws", "management_vpc", "cidr") == "10.9.0.0/16"
    why = left(draft)
    by_ids = "that the file says by its ids, in aws.existing_vpcs; nothing in it is changed"
    assert why["aws_vpc.shop"] == f"is a VPC {by_ids}"
    assert why["aws_security_group.web"] == f"stands in {SHOP}, a VPC {by_ids}"
    assert why["aws_subnet.shop[3]"] == f"stands in {SHOP}, a VPC {by_ids}"
    assert why["aws_security_group.api"].startswith("the name of a security group cannot be changed")
    assert draft.notes == [one for one in draft.notes if "no state has that VPC" not in one]


def test_of_several_vpcs_with_clusters_none_is_the_environment_s(tmp_path: Path) -> None:
    """All are named by their ids, and called by them where nothing calls them otherwise."""
    draft = of(
        tmp_path,
        *network(),
        *shop(),
        NEAR[0],
        placed(A, B),
    )

    assert sorted(draft.at("aws", "existing_vpcs")) == ["vpc-0a000001", "vpc-1"]
    assert draft.at("aws", "management_vpc") is None
    assert sorted(one["vpc"] for one in draft.at("aws", "eks_clusters").values()) == ["vpc-0a000001", "vpc-1"]


@pytest.mark.parametrize(
    "resources",
    [[], [resource("aws_vpc.shop", vpc(SHOP, "10.7.0.0/16"))]],
    ids=["no VPC", "no subnets"],
)
def test_a_vpc_that_no_state_tells_of_is_asked_for(resources: list[Any], tmp_path: Path) -> None:
    """Neither its range nor the zones of subnets are guessed."""
    draft = of(
        tmp_path,
        *network(),
        *resources,
        *NEAR,
        placed(A),
    )

    assert draft.at("aws", "existing_vpcs") is None
    assert CLUSTER not in draft.at("aws", "eks_clusters")
    assert left(draft)["module.eks.aws_eks_cluster.this[0]"] == (
        f"stands in {SHOP}, which no state has with private subnets of the cluster's, nor the file by its ids"
    )
    assert f"clusters stand in {SHOP}, and no state has that VPC with private subnets of theirs" in "\n".join(
        draft.notes
    )


def test_a_cluster_of_public_subnets_alone_is_asked_about(tmp_path: Path) -> None:
    """Nodes here stand in private ones."""
    draft = of(
        tmp_path,
        *network(),
        *shop(),
        *NEAR,
        placed(OPEN),
    )

    assert draft.at("aws", "existing_vpcs") is None


def test_a_cluster_that_has_no_place_names_no_vpc(tmp_path: Path) -> None:
    """One of IPv6 is left, and its VPC with it."""
    six = {"kubernetes_network_config": [{"ip_family": "ipv6"}]}
    draft = of(
        tmp_path,
        *network(),
        *shop(),
        placed(A, B, **six),
        *NEAR,
    )

    assert draft.at("aws", "existing_vpcs") is None
    assert (
        left(draft)["aws_vpc.shop"]
        == "stands in another VPC than vpc-1, and no cluster of the file stands there"
    )


def test_a_vpc_goes_with_the_last_cluster_that_is_refused(tmp_path: Path) -> None:
    """By the rules: of one that nobody administers nothing is said, its VPC neither."""
    bare = [*shop(), placed(A, B), resource("aws_eks_node_group.nodes", group(subnet_ids=[f"subnet-{A}"]))]
    administered = [
        resource("aws_eks_access_entry.a", entry("admin")),
        resource("aws_eks_access_policy_association.a", administers("admin")),
    ]
    section = {"region": "eu-west-1", "account_id": "345678901234", "management_vpc": OWN}
    refused = begun(tmp_path, *bare, section=section)
    taken = begun(tmp_path, *bare, *administered, section=section)

    assert refused.at("aws", "existing_vpcs") is None
    assert taken.at("aws", "eks_clusters", CLUSTER, "access") == {
        "administrators": {"admin": role_arn("admin")}
    }
    assert list(taken.at("aws", "existing_vpcs")) == ["vpc-0a000001"]


def begun(folder: Path, *resources: Any, section: dict[str, Any] | None = None) -> Draft:
    """What becomes of a state in an environment with an aws section, the rules asked."""
    draft = Draft("prod", "kl")
    begin(draft, environment("prod", aws=section))
    found = found_in(folder, state(*resources))
    for one in AWS:
        one.run(found, draft)
    return draft


def test_the_file_says_a_vpc_that_no_state_has(tmp_path: Path) -> None:
    """Its cluster stands there, and the other half of its objects is somebody's who gives no state."""
    section = {**ELSEWHERE, "eks_clusters": {}}
    draft = begun(tmp_path, placed("0a000001"), section=section)

    assert CLUSTER not in (draft.at("aws", "eks_clusters") or {})  # without nodes, which a rule asks for
    assert "existing_vpcs.shop" not in "\n".join(draft.notes)
    assert not [why for why in left(draft).values() if "which no state has" in why]


@pytest.mark.parametrize("existing", [True, False], ids=["one that exists", "one of its own"])
def test_the_file_has_its_management_vpc(existing: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a parameter
    """A VPC of a state is another one then, whatever stands in it; a cluster in that of the file stays there."""
    ids = {
        "existing": {
            "vpc_id": "vpc-0b000001",
            "cidr": "10.9.0.0/16",
            "zones": {"eu-west-1a": {"private": "subnet-0b000001", "public": "subnet-0b000002"}},
        }
    }
    section = {
        "region": "eu-west-1",
        "account_id": "345678901234",
        "management_vpc": ids if existing else OWN,
    }
    draft = Draft("prod", "kl")
    begin(draft, environment("prod", aws=section))
    found = found_in(tmp_path, state(*shop(), placed(A, B)))
    for one in AWS[:-2]:
        one.run(found, draft)

    assert draft.at("aws", "management_vpc") == section["management_vpc"]
    assert draft.at("aws", "eks_clusters", CLUSTER, "vpc") == "vpc-0a000001"

    near = cluster(vpc_config=[{**eks()["vpc_config"][0], "vpc_id": "vpc-0b000001"}])
    own_vpc = resource("aws_vpc.own", vpc("vpc-0b000001"))
    draft = Draft("prod", "kl")
    begin(draft, environment("prod", aws=section))
    found = found_in(tmp_path, state(own_vpc, resource("aws_vpc.far", vpc("vpc-9", "10.8.0.0/16")), near))
    for one in AWS[:-2]:
        one.run(found, draft)

    assert "vpc" not in draft.at("aws", "eks_clusters", CLUSTER)
    assert draft.at("aws", "existing_vpcs") is None
    assert left(draft)["aws_vpc.far"].startswith("stands in another VPC than ")
