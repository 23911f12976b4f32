"""What hybrid check says of EKS clusters."""

from __future__ import annotations

from typing import Any

import pytest

from operations.cards.card import Step, Turn
from operations.cards.prerequisites import prerequisites
from operations.check.access import what_may, who_can
from operations.check.cloud_addresses import cloud_rows
from tests.model.access.estates import SEEIENDOM, environment, estate, organization
from tests.model.aws.eks_documents import ACCOUNT, AWS, GROUP
from tests.model.vmware.documents import changed
from tests.operations.cards.asking import contents, steps, warnings

ALONE = changed(AWS, eks_clusters__cloud__attach=None, eks_clusters__cloud__access__installer=None)
ALICE = {"user": "alice@example.com", "environments": ["dev"], "expires": "2027-01-31", "reason": "on call"}
EXISTING = {
    "existing": {
        "vpc_id": "vpc-0123456789abcdef0",
        "cidr": "10.0.0.0/16",
        "zones": {
            f"eu-west-1{z}": {
                "private": f"subnet-0123456789abcde{z}0",
                "public": f"subnet-0123456789abcde{z}1",
            }
            for z in "ab"
        },
    }
}


def rows(**changes: Any) -> dict[str, str]:
    """Summaries by path, of what belongs to the cluster."""
    section = changed(AWS, **{f"eks_clusters__cloud__{key}": value for key, value in changes.items()})
    found = contents(environment("dev", aws=section))
    return {row.path.removeprefix("aws.eks_clusters."): row.summary for row in found if "eks" in row.path}


def test_a_cluster_is_summed_up() -> None:
    """With its groups and its membership."""
    assert rows() == {
        "cloud": "Kubernetes 1.35, private API from 10.30.0.0/16, administered by platform",
        "cloud.node_groups.default": "1 to 3 nodes, m7i.large, 20 GiB of gp3",
        "cloud.attach": "platform 1.35.0-gke.1, logs system_components, managed Prometheus off",
    }


def test_choices_are_summed_up() -> None:
    """What costs and what opens."""
    groups = {"default": GROUP, "batch": {**GROUP, "capacity": "spot"}}
    found = rows(
        endpoint={"public_from": ["198.51.100.0/24"]},
        node_groups=groups,
        metrics_server=True,
        attach={"platform_version": "1.35.0-gke.1", "logging": [], "managed_prometheus": True},
    )

    assert "private API, public API from 198.51.100.0/24" in found["cloud"]
    assert ", metrics-server, administered by" in found["cloud"]
    assert "m7i.large, spot" in found["cloud.node_groups.batch"]
    assert found["cloud.attach"] == "platform 1.35.0-gke.1, logs none, managed Prometheus on"


def test_a_cluster_that_is_no_member_has_no_row_for_it() -> None:
    """It stays an EKS cluster."""
    paths = [row.path for row in contents(environment("dev", aws=ALONE))]

    assert "aws.eks_clusters.cloud" in paths
    assert "aws.eks_clusters.cloud.attach" not in paths


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"support": "extended"}, "pays for extended support"),
        ({"endpoint": {"public_from": ["198.51.100.0/24"]}}, "has its API on the internet"),
        (
            {"node_groups": {"default": {**GROUP, "max_size": 40}}},
            "while node groups update: eu-west-1a takes 326 addresses of 10.0.0.0/24, eu-west-1b takes 326 addresses of "
            "10.0.1.0/24, eu-west-1c takes 326 addresses of 10.0.2.0/24, with a single pod on each node",
        ),
        (
            {"node_groups": {"default": {**GROUP, "max_size": 40, "zones": ["eu-west-1b"]}}},
            "while node groups update: eu-west-1b takes 846 addresses of 10.0.1.0/24, with a single pod on each node",
        ),
        (
            {"node_groups": {"default": {**GROUP, "max_size": 24}}},
            "whose nodes are full of pods: eu-west-1a takes 306 addresses of 10.0.0.0/24, ",
        ),
        (
            {"node_groups": {"default": {**GROUP, "max_size": 9}}, "prefix_delegation": True},
            "whose nodes are full of pods: eu-west-1a takes 651 addresses (40 blocks of 16 among them) of 10.0.0.0/24, ",
        ),
        ({"attach__managed_prometheus": True}, "charged by the sample"),
    ],
    ids=[
        "extended support",
        "public",
        "few addresses",
        "few addresses in one zone",
        "few for many pods",
        "few blocks for many pods",
        "metrics",
    ],
)
def test_what_costs_or_opens_is_warned_of(changes: dict[str, Any], words: str) -> None:
    """And nothing else is."""
    cluster = {"scaler": "other", **changes}
    section = changed(AWS, **{f"eks_clusters__cloud__{key}": value for key, value in cluster.items()})

    found = [one for one in warnings(environment("dev", aws=section)) if "EKS" in one]

    assert len(found) == 1
    assert words in found[0]


@pytest.mark.parametrize(
    ("changes", "warned"),
    [
        ({}, True),
        ({"network_policies": "none"}, True),
        ({"network_policies": "vpc_cni"}, False),
        ({"network_policies": "other"}, False),
        ({"attach": None, "access__installer": None}, False),
    ],
    ids=["unsaid", "nothing", "the add-on", "something else", "no member"],
)
def test_a_closed_network_that_nothing_closes_is_warned_of(changes: dict[str, Any], *, warned: bool) -> None:
    """Whoever says deny_ingress relies on it; teams without access there, and open ones, are left out."""
    closed = {**SEEIENDOM, "network_default": "deny_ingress"}
    teams = {
        "seeiendom": closed,
        "web": {
            **closed,
            "group": "web@example.com",
            "namespace_prefix": "web-",
            "namespaces": [],
            "access": {"prod": "view"},
        },
        "batch": {"group": "batch@example.com", "namespace_prefix": "batch-", "access": {"dev": "view"}},
    }
    section = changed(AWS, **{f"eks_clusters__cloud__{key}": value for key, value in changes.items()})

    found = warnings(environment("dev", aws=section), organization(teams=teams, gitops={"applier": "none"}))

    words = (
        "EKS cluster cloud holds no pod to a NetworkPolicy, so that deny_ingress of seeiendom keeps nobody out there; say "
        "network_policies: vpc_cni of it, or other where something else does"
    )
    assert [one for one in found if "NetworkPolicy" in one] == [words] * warned


def test_an_existing_vpc_is_tagged_by_hand() -> None:
    """Its subnets are not ours; what is said of their size is how much is taken of them."""
    section = changed(AWS, management_vpc=EXISTING, eks_clusters__cloud__node_groups__default__max_size=400)
    config = environment("dev", aws=section)
    found = steps(estate(organization(promotion=("dev",)), config), "dev")

    [commands] = [commands for step, commands in found.items() if "tag the subnets" in step]
    assert [one for one in warnings(config) if "addresses" in one] == [
        "how large the private subnets of the VPC that exists are is not known here; EKS clusters take of those in "
        "eu-west-1a 4046 addresses to 6066 addresses, eu-west-1b 4046 addresses to 6066 addresses"
    ]
    assert commands == (
        "aws ec2 create-tags --resources subnet-0123456789abcdea0 subnet-0123456789abcdeb0 "
        "--tags Key=kubernetes.io/role/internal-elb,Value=1",
        "aws ec2 create-tags --resources subnet-0123456789abcdea1 subnet-0123456789abcdeb1 "
        "--tags Key=kubernetes.io/role/elb,Value=1",
    )


def test_an_existing_vpc_without_clusters_is_looked_up() -> None:
    """Its subnets carry tags for load balancers of clusters alone."""
    section = {"region": "eu-west-1", "account_id": ACCOUNT, "management_vpc": EXISTING}

    found = steps(estate(organization(promotion=("dev",)), environment("dev", aws=section)), "dev")

    assert [step for step in found if "vpc-" in step or "subnets" in step] == [
        "have vpc-0123456789abcdef0, with these subnets in the zones that the file says"
    ]


def test_the_companion_has_a_turn_of_its_own() -> None:
    """From inside the network, after the environment's own stack."""
    whole = estate(organization(promotion=("dev",)), environment("dev", aws=AWS))
    attaching = [step for step in prerequisites(whole, "dev") if step.turn is Turn.ATTACH]

    assert attaching == [
        Step(
            Turn.ATTACH,
            "inside the network, with the AWS CLI and as the installer, apply dev-attach after dev",
            ("hybrid reach dev", "cdktf deploy dev-attach"),
        )
    ]


def test_the_owner_of_an_existing_key_is_told_what_to_allow() -> None:
    """What the policies of keys that are made here allow; a key that no cluster uses asks for nothing."""
    key = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/{{}}"
    section = changed(
        AWS,
        deployer=None,
        kms_keys={
            name: {"existing": {"key_arn": key.format(name)}} for name in ("secrets", "disks", "spare")
        },
        eks_clusters__cloud__volumes_key="disks",
        eks_clusters__cloud__node_groups__default={**GROUP, "volume": {"kms_key": "disks"}},
    )

    whole = estate(organization(promotion=("dev",)), environment("dev", aws=section))
    found = [step for step in steps(whole, "dev") if "have the owner of" in step]

    assert found == [
        f"have the owner of {key.format('disks')} (kms_keys.disks) allow in its policy: the role "
        "kl-dev-eks-cloud-aws-ebs-csi-driver to encrypt and decrypt, and kms:CreateGrant with kms:GrantIsForAWSResource, "
        "for volumes that pods of EKS cluster cloud claim; the service-linked role "
        "AWSServiceRoleForAutoScaling to encrypt and decrypt, and kms:CreateGrant with kms:GrantIsForAWSResource, for "
        "the nodes of EKS cluster cloud",
        f"have the owner of {key.format('secrets')} (kms_keys.secrets) allow in its policy: the role that applies dev "
        "kms:DescribeKey and kms:CreateGrant, the latter without a condition on kms:GrantIsForAWSResource, and "
        "logs.eu-west-1.amazonaws.com to encrypt and decrypt, both for EKS cluster cloud",
    ]


def test_a_cluster_alone_is_attached_to_nothing() -> None:
    """Without Google Cloud there is no companion."""
    config = environment("dev", aws=ALONE, google=None, fleet=None)
    whole = estate(organization(promotion=("dev",)), config)

    turns = [step.turn for step in prerequisites(whole, "dev")]
    assert turns == [Turn.RIGHTS, Turn.RIGHTS, Turn.RIGHTS, Turn.WAY_IN, Turn.IN_CLUSTERS]


def test_access_reaches_attached_clusters() -> None:
    """The platform team and who breaks glass by the cluster's own lists, teams by their scopes."""
    shared = organization(
        promotion=("dev",),
        platform_team={"group": "platform@example.com"},
        teams={"seeiendom": {**SEEIENDOM, "access": {"dev": "edit"}}},
        break_glass={"alice": ALICE},
    )
    whole = estate(shared, environment("dev", aws=AWS))

    administrators = [row for row in who_can(whole, "kl-dev-cloud") if row.role == "cluster-admin"]
    [scope] = [row for row in what_may(whole, "seeiendom", ["dev"]) if "namespaces" in row.where]

    assert [(row.who, row.through, row.until, row.made_by) for row in administrators] == [
        ("platform", "admin_groups", "", "dev-attach"),
        ("alice", "admin_users", "2027-01-31 by the gateway", "dev-attach"),
    ]
    assert scope.where.endswith("clusters cloud")


def test_a_fleet_without_people_has_no_administrators() -> None:
    """Nor has somebody who breaks glass elsewhere."""
    elsewhere = {**ALICE, "environments": ["prod"]}
    whole = estate(
        organization(break_glass={"alice": elsewhere}), environment("dev", aws=AWS), environment("prod")
    )

    assert [row for row in who_can(whole, "dev/cloud") if row.role == "cluster-admin"] == []


def test_a_cluster_that_is_not_attached_is_its_identities_alone() -> None:
    """No gateway leads there, whoever it lets through elsewhere."""
    whole = estate(
        organization(promotion=("dev",), break_glass={"alice": ALICE}), environment("dev", aws=ALONE)
    )

    assert [(row.who, row.through) for row in who_can(whole, "cloud")] == [
        ("role platform-admin", "access entry")
    ]


def test_an_instance_type_that_nobody_knows_is_said() -> None:
    """Its addresses are not guessed; who knows them says them."""
    section = changed(
        AWS, eks_clusters__cloud__node_groups__default__instance_types=["m99i.large", "m7i.large"]
    )
    known = changed(section, eks_clusters__cloud__node_groups__default__node_addresses=30)

    assert [one for one in warnings(environment("dev", aws=section)) if "node group default:" in one] == [
        "node group default: how many addresses m99i.large takes is not known here, so that its pods' are not counted; say "
        "node_addresses, or add it to estate/facts/aws/instance_interfaces.json"
    ]
    assert [one for one in warnings(environment("dev", aws=known)) if "node group default:" in one] == []


def test_what_an_account_does_not_start_with_is_asked_for_first() -> None:
    """With the number, before anything is applied."""
    found = steps(estate(organization(promotion=("dev",)), environment("dev", aws=AWS)), "dev")

    assert [(what, commands) for what, commands in found.items() if "raise" in what] == [
        (
            'have AWS raise "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances" in eu-west-1 to 18 and what else '
            "account 012345678901 needs, unless it has that; accounts start with 5",
            (
                "aws service-quotas request-service-quota-increase --region eu-west-1 --service-code ec2 --quota-code "
                "L-1216C47A --desired-value 18",
            ),
        )
    ]


def test_what_nodes_take_is_shown() -> None:
    """Of each zone's private subnet, as far as it is known."""
    made = cloud_rows(environment("dev", aws=AWS))
    there = cloud_rows(environment("dev", aws=changed(AWS, management_vpc=EXISTING)))

    takes = "66 with a pod on each node, 96 when full"
    assert [row for row in made if "EKS" in row[0]] == [
        ("1 EKS nodes, and an update's", f"10.0.{i}.0/24 in eu-west-1{zone}", takes, "251")
        for i, zone in enumerate("abc")
    ]
    assert [row[1:] for row in there if "EKS" in row[0]] == [
        (f"eu-west-1{zone}", "86 with a pod on each node, 126 when full", "not known here") for zone in "ab"
    ]
    assert [
        row for row in cloud_rows(environment("dev", aws=changed(AWS, eks_clusters=None))) if "EKS" in row[0]
    ] == []


def test_types_that_take_no_blocks_are_said() -> None:
    """Where blocks are asked for, and of these types alone."""
    section = changed(
        AWS, eks_clusters__cloud__node_groups__default__instance_types=["m4.large", "m7i.large"]
    )
    blocks = changed(section, eks_clusters__cloud__prefix_delegation=True)

    assert [one for one in warnings(environment("dev", aws=section)) if "node group default:" in one] == []
    assert [one for one in warnings(environment("dev", aws=blocks)) if "node group default:" in one] == [
        "node group default: m4.large takes single addresses for pods as before, because prefix_delegation is for Nitro types"
    ]
