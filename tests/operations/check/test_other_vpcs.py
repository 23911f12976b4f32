"""What is said of EKS clusters in VPCs that others made: nothing here changes them, and nothing here leads there."""

from __future__ import annotations

from typing import Any

import pytest

from estate.derived.aws.quotas import more_than_at_first
from estate.derived.clusters.installed import installed
from estate.derived.ways.way import Kind
from estate.derived.ways.ways import ways
from estate.model.environment import Environment
from operations.check.cloud_addresses import cloud_rows
from operations.graph.network import network_graph
from tests.model.access.estates import environment, estate, organization
from tests.model.aws.eks_documents import ACCOUNT, AWS, CLUSTER, ELSEWHERE, GROUP, PEOPLE
from tests.model.vmware.documents import changed
from tests.operations.cards.asking import contents, steps, warnings

BASTION = {"access": "session_manager"}
BOTH = {
    **ELSEWHERE,
    "bastion": BASTION,
    "management_vpc": AWS["management_vpc"],
    "eks_clusters": {**ELSEWHERE["eks_clusters"], "near": changed(CLUSTER, services="172.21.0.0/16")},
}
"""The cluster `cloud` elsewhere, and `near` beside the bastion."""
NO_PUBLIC: dict[str, Any] = {"existing_vpcs__shop__zones__eu-west-1a__public": None}
UNKNOWN: dict[str, Any] = {"existing_vpcs__shop__zones__eu-west-1b__private_cidr": None}
ZONE = "existing_vpcs__shop__zones__eu-west-1b"
CLOUD = "eks_clusters__cloud"


def dev(section: dict[str, Any] = ELSEWHERE, **changes: Any) -> Environment:
    """An environment with this section, with changes."""
    return environment("dev", aws=changed(section, **changes))


def said(section: dict[str, Any] = ELSEWHERE, **changes: Any) -> list[str]:
    """Its warnings that are about the VPC."""
    return [one for one in warnings(dev(section, **changes)) if "existing_vpcs" in one]


def done(section: dict[str, Any] = ELSEWHERE, **changes: Any) -> dict[str, tuple[str, ...]]:
    """What people do for it."""
    return steps(estate(organization(promotion=("dev",)), dev(section, **changes)), "dev")


def test_it_is_summed_up() -> None:
    """The VPC, and the cluster in it."""
    found = {row.path: row.summary for row in contents(dev())}
    private = dev(**NO_PUBLIC, eks_clusters=None)
    bare = {row.path: row.summary for row in contents(private)}

    assert found["aws.existing_vpcs.shop"] == (
        "vpc-0a000001, 10.7.0.0/16, zones eu-west-1a, eu-west-1b, public subnets in eu-west-1a, EKS clusters cloud"
    )
    assert found["aws.eks_clusters.cloud"].startswith(
        "Kubernetes 1.35 in existing_vpcs.shop, private API from"
    )
    assert bare["aws.existing_vpcs.shop"].endswith("public subnets in none, EKS clusters none")


@pytest.mark.parametrize(
    ("endpoint", "expected"),
    [
        (
            {"private_from": ["10.30.0.0/16"]},
            "EKS cluster cloud lets in 10.30.0.0/16, and nothing here leads from there to existing_vpcs.shop: nobody reaches "
            "its API until the VPC's owner routes it there and back",
        ),
        (
            {"private_from": ["10.30.0.0/16", "10.7.9.0/24"]},
            "EKS cluster cloud lets in 10.30.0.0/16, and nothing here leads from there to existing_vpcs.shop: nobody comes "
            "from there until the VPC's owner routes it there and back",
        ),
        (
            {"private_from": ["10.30.0.0/16"], "public_from": ["198.51.100.0/24"]},
            "EKS cluster cloud lets in 10.30.0.0/16, and nothing here leads from there to existing_vpcs.shop: nobody comes "
            "from there until the VPC's owner routes it there and back",
        ),
        ({"private_from": ["10.7.9.0/24"]}, None),
        ({"public_from": ["198.51.100.0/24"]}, None),
    ],
    ids=["nobody", "machines of the VPC too", "the public too", "machines of the VPC", "the public"],
)
def test_who_has_no_way_there_is_warned_of(endpoint: Any, expected: str | None) -> None:
    """No VPN of these files leads there, so that a range that is let in is a promise of the VPC's owner."""
    assert said(**{f"{CLOUD}__endpoint": endpoint}) == ([expected] if expected else [])


def test_a_vpc_without_clusters_is_told_of() -> None:
    """It is there for nothing; nothing has to be done for it."""
    assert said(eks_clusters=None) == [
        "no EKS cluster stands in existing_vpcs.shop; say vpc: shop of one, or take it out"
    ]
    assert not [one for one in done(eks_clusters=None) if "vpc-" in one]


def test_the_size_of_a_subnet_is_what_the_file_says_or_not_known() -> None:
    """Never a number that nobody said."""
    takes = "86 with a pod on each node, 126 when full"
    rows = cloud_rows(dev(**UNKNOWN))
    inside: dict[str, Any] = {f"{CLOUD}__endpoint": {"private_from": ["10.7.9.0/24"]}}

    assert rows == [
        ("2 EKS nodes, and an update's", "10.7.0.0/24 in eu-west-1a of existing_vpcs.shop", takes, "251"),
        ("2 EKS nodes, and an update's", "eu-west-1b of existing_vpcs.shop", takes, "not known here"),
    ]
    assert said(**UNKNOWN, **inside) == [
        "how large the private subnets of existing_vpcs.shop are is not known here; EKS clusters take of those in eu-west-1b "
        "86 addresses to 126 addresses; say private_cidr"
    ]


def test_subnets_of_each_vpc_are_counted_apart() -> None:
    """What stands in one takes nothing of another."""
    rows = cloud_rows(dev(BOTH))

    assert [where for _, where, _, _ in rows] == [
        *(f"10.0.{number}.0/24 in eu-west-1{zone}" for number, zone in enumerate("abc")),
        *(f"10.7.{number}.0/24 in eu-west-1{zone} of existing_vpcs.shop" for number, zone in enumerate("ab")),
    ]


@pytest.mark.parametrize(
    ("subnet", "most", "words"),
    [
        ("10.7.1.0/26", 3, "at their largest while node groups update"),
        ("10.7.1.0/25", 5, "whose nodes are full of pods"),
    ],
    ids=["small", "tight"],
)
def test_what_does_not_fit_is_said_of_its_vpc(subnet: str, most: int, words: str) -> None:
    """As of the management VPC."""
    changes: dict[str, Any] = {
        f"{ZONE}__private_cidr": subnet,
        f"{CLOUD}__endpoint": {"private_from": ["10.7.9.0/24"]},
        f"{CLOUD}__node_groups__default": {**GROUP, "max_size": most},
    }

    assert [one.partition(":")[0] for one in said(**changes)] == [
        f"private subnets of existing_vpcs.shop are too small for EKS clusters {words}"
    ]


def test_people_see_to_what_the_vpc_needs() -> None:
    """With commands that show it, before anything is applied; nothing of it is made here."""
    found = done()
    ec2 = "aws ec2 {} --region eu-west-1 "
    subnets = "subnet-0a000001 subnet-0a000003 subnet-0a000002"
    [have] = [what for what in found if what.startswith("have vpc-0a000001")]
    [names] = [what for what in found if "DNS hostnames" in what]
    [out] = [what for what in found if what.startswith("have a way out")]

    assert found[have] == (
        ec2.format("describe-subnets") + f"--subnet-ids {subnets} --query "
        "'Subnets[].[SubnetId,VpcId,AvailabilityZone,CidrBlock,AvailableIpAddressCount]' --output text",
    )
    assert found[names] == tuple(
        ec2.format("describe-vpc-attribute")
        + f"--vpc-id vpc-0a000001 --attribute e{name[1:]} --query {name}.Value --output text"
        for name in ("EnableDnsSupport", "EnableDnsHostnames")
    )
    assert (
        "subnet-0a000001, subnet-0a000002: a default route to a NAT gateway or the like; a member of the fleet"
        in out
    )
    assert [one.partition(" --filters ")[0] for one in found[out]] == [
        "aws ec2 describe-route-tables --region eu-west-1",
        "aws ec2 describe-vpc-endpoints --region eu-west-1",
    ]


def test_without_a_membership_endpoints_will_do() -> None:
    """Nodes call AWS alone; a member calls Google, too."""
    alone = done(eks_clusters__cloud__attach=None, eks_clusters__cloud__access__installer=None)

    [out] = [what for what in alone if what.startswith("have a way out")]
    assert "NAT gateway or the like, or to endpoints of all that nodes call" in out


def test_its_owner_tags_the_subnets() -> None:
    """By which load balancers find them; a subnet that carries other clusters' tags alone is passed over."""
    roles, clusters = (
        [what for what in done() if part in what] for part in ("tag the subnets", "tags of other")
    )
    tag = "aws ec2 create-tags --region eu-west-1 --resources "
    found = done()

    assert [found[one] for one in roles] == [
        (
            f"{tag}subnet-0a000001 subnet-0a000002 --tags Key=kubernetes.io/role/internal-elb,Value=1",
            f"{tag}subnet-0a000003 --tags Key=kubernetes.io/role/elb,Value=1",
        )
    ]
    [look, mark] = found[clusters[0]]
    assert look.startswith(
        "aws ec2 describe-tags --region eu-west-1 --filters Name=resource-id,Values=subnet-0a000001,"
    )
    assert mark == (
        f"{tag}subnet-0a000001 subnet-0a000002 subnet-0a000003 --tags Key=kubernetes.io/cluster/kl-dev-cloud,Value=shared"
    )
    bare = done(**NO_PUBLIC)
    assert not [command for commands in bare.values() for command in commands if "role/elb" in command]


def test_nobody_goes_in_by_the_bastion() -> None:
    """It stands in another VPC; the cluster beside it is entered by it as before."""
    found = done(BOTH)
    [near] = [what for what in found if what.startswith("enter EKS cluster near")]
    [cloud] = [what for what in found if what.startswith("enter EKS cluster cloud")]

    assert "bastion" in near
    owner = "as far as the owner of existing_vpcs.shop routes it there"
    assert cloud == f"enter EKS cluster cloud from 10.30.0.0/16 {owner}, as {PEOPLE}"
    assert len(found[cloud]) == 1


@pytest.mark.parametrize(
    ("section", "changes", "count"),
    [
        (BOTH, {}, 1),
        (BOTH, {f"{CLOUD}__endpoint": {"public_from": ["198.51.100.0/24"]}}, 0),
        (BOTH, {"eks_clusters__near__attach": None, "eks_clusters__near__access__installer": None}, 0),
        (ELSEWHERE, {}, 0),
    ],
    ids=["both private", "by the public endpoint", "one member", "alone"],
)
def test_members_of_two_networks_are_attached_from_one_place(
    section: dict[str, Any], changes: dict[str, Any], count: int
) -> None:
    """Their companion stack talks to the API of each, in every plan."""
    words = (
        "dev-attach talks to the APIs of EKS clusters cloud, near from one place, and nothing here joins existing_vpcs.shop to "
        "where the others stand; have its owner route both to whoever applies, or let that one in by public_from of cloud"
    )

    assert [one for one in said(section, **changes) if "dev-attach" in one] == [words] * count
    assert [what for what in done(section, **changes) if "apply dev-attach" in what] == [
        "inside the network and where existing_vpcs.shop is reached, with the AWS CLI and as the installer, apply dev-attach "
        "after dev"
    ]


def test_what_the_account_needs_does_not_go_by_a_vpc_of_our_own() -> None:
    """Security groups, launch templates and log groups are made all the same."""
    [rights] = [what for what in done() if what.startswith(f"have account {ACCOUNT}")]

    assert "manage EC2, IAM, KMS, CloudWatch Logs, EKS, with" in rights


def test_quotas_go_by_the_zones_of_its_own_vpc() -> None:
    """Two zones: three nodes and two more in each for an update; the bastion's rule is of its own VPC's clusters."""
    many = [f"10.30.{number}.0/24" for number in range(60)]
    taken = more_than_at_first(
        dev(**{f"{CLOUD}__endpoint__private_from": many}).aws  # type: ignore[arg-type]  # it has one
    )

    assert [number for _, number in taken] == [14]
    beside = {quota.name: number for quota, number in more_than_at_first(dev(BOTH, **{f"{CLOUD}__endpoint__private_from": many}).aws)}  # type: ignore[arg-type]  # fmt: skip
    assert "Inbound or outbound rules per security group" not in beside


def test_no_way_is_claimed_that_nothing_makes() -> None:
    """Neither to nor from it, whatever its endpoint lets in; the cluster of the management VPC has its ways."""
    found = ways(dev(BOTH), "kl").ways

    ends = {
        end.name
        for way in found
        for end in (way.source, way.target)
        if end.kind in {Kind.EKS_API, Kind.EKS_NODES}
    }
    assert ends == {"kl-dev-near"}
    assert [way for way in ways(dev(), "kl").ways if {Kind.EKS_API, Kind.EKS_NODES} & set(way.kinds)] == []


def test_the_picture_joins_it_to_nothing() -> None:
    """Each cluster hangs on the VPC that it stands in."""
    lines = [line.strip() for line in network_graph(dev(BOTH)).splitlines()]

    assert 'existing_vpc_shop["existing VPC shop<br>10.7.0.0/16<br>joined to nothing here"]' in lines
    assert [line for line in lines if "---" in line] == [
        "existing_vpc_shop --- eks_cloud",
        "vpc --- eks_near",
    ]


def test_the_controller_is_told_the_vpc() -> None:
    """By its id, as it carries no tag of ours."""
    section = changed(ELSEWHERE, **{f"{CLOUD}__load_balancer_controller": True})
    [balancers] = installed(organization(promotion=("dev",)), dev(section), "cloud")

    assert (balancers.values["vpcId"], "vpcTags" in balancers.values) == ("vpc-0a000001", False)
