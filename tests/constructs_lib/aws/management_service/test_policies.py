"""What the three roles may do."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from constructs_lib.aws.management_service.policy import BARE_RESOURCE_REASONS
from tests.constructs_lib.aws.management_service.defined import KEY_ARNS, named, synthesized

ROLES = ("Management", "ControlPlane", "NodePool")
# Statements that end in a wildcard without a condition, and why that is narrow enough.
WIDE = {
    "ReadBucket": "all in the service's own bucket",
    "ReadAgent": "the agents in the service's own bucket",
    "RunNodes": "a volume made together with an instance, whose profile another statement demands",
    "ScaleNodes": "the product's names",
    "BalanceControlPlanes": "the product's names",
    "BalanceServices": "the cloud provider's names",
}


@pytest.fixture(name="policies", scope="module")
def _policies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    resources = named(synthesized(tmp_path_factory.mktemp("stack")).resources("aws_iam_role_policy"))
    return {role: json.loads(resources[f"Roles_{role}_Policy"]["policy"])["Statement"] for role in ROLES}


def statement(policies: dict[str, list[dict[str, Any]]], role: str, sid: str) -> dict[str, Any]:
    """The statement of a role's policy with an id."""
    return next(found for found in policies[role] if found["Sid"] == sid)


@pytest.mark.parametrize("role", ROLES)
def test_each_statement_lists_its_actions(policies: dict[str, list[dict[str, Any]]], role: str) -> None:
    """`ec2:*` or `ec2:Describe*` would grow with every action that AWS adds."""
    for found in policies[role]:
        assert found["Effect"] == "Allow"
        assert [a for a in found["Action"] if not re.fullmatch(r"[a-z0-9]+:[A-Z][A-Za-z]+", a)] == []


@pytest.mark.parametrize("role", ROLES)
def test_a_bare_resource_has_a_written_reason(policies: dict[str, list[dict[str, Any]]], role: str) -> None:
    """Everything else names its resources; and what names none can only look."""
    bare = [found for found in policies[role] if "*" in found["Resource"]]

    assert {found["Sid"] for found in bare} == set(BARE_RESOURCE_REASONS)
    assert all(re.match(r"[a-z0-9]+:Describe", action) for found in bare for action in found["Action"])


@pytest.mark.parametrize("role", ROLES)
def test_names_the_account_or_a_condition(policies: dict[str, list[dict[str, Any]]], role: str) -> None:
    """A wildcard stands only where a condition or the beginning of a name narrows it."""
    unconditional = {
        found["Sid"]
        for found in policies[role]
        if "Condition" not in found and any(arn.endswith("*") and arn != "*" for arn in found["Resource"])
    }

    assert unconditional <= set(WIDE)


def test_every_exception_is_in_use(policies: dict[str, list[dict[str, Any]]]) -> None:
    """An exception that nobody needs would hide the next mistake."""
    sids = {found["Sid"] for statements in policies.values() for found in statements}

    assert set(WIDE) | set(BARE_RESOURCE_REASONS) <= sids


@pytest.mark.parametrize("role", ROLES)
def test_ids_of_statements_are_unique(policies: dict[str, list[dict[str, Any]]], role: str) -> None:
    """IAM refuses a policy with two of the same."""
    sids = [found["Sid"] for found in policies[role]]

    assert len(sids) == len(set(sids))
    assert all(sid.isalnum() for sid in sids)


@pytest.mark.parametrize("role", ROLES)
def test_a_policy_is_not_too_long(policies: dict[str, list[dict[str, Any]]], role: str) -> None:
    """IAM takes 10,240 characters of inline policies on a role, here with references of a likely length."""
    text = json.dumps(policies[role], separators=(",", ":"))

    assert len(re.sub(r"<[^>]*>", "x" * 100, text)) < 10_240


def test_the_service_attaches_its_volume_to_itself_only(
    policies: dict[str, list[dict[str, Any]]],
) -> None:
    """Its own etcd on another instance would be lost to it."""
    assert statement(policies, "Management", "AttachDataVolume") == {
        "Sid": "AttachDataVolume",
        "Effect": "Allow",
        "Action": ["ec2:AttachVolume"],
        "Resource": ["<DataVolume.arn>"],
    }
    assert statement(policies, "Management", "AttachToItself")["Condition"] == {
        "ArnEquals": {"ec2:InstanceProfile": "<Roles_Management_InstanceProfile.arn>"}
    }


def test_the_service_changes_what_has_the_clusters_tag(
    policies: dict[str, list[dict[str, Any]]],
) -> None:
    """Volumes and templates have no name in their ARN: the tag tells whose they are."""
    tag = "kubernetes.io/cluster/kl-sandbox-gke"

    for sid in ("Change", "RunNodesFromTemplates"):
        assert statement(policies, "Management", sid)["Condition"] == {
            "StringEquals": {f"aws:ResourceTag/{tag}": ["owned", "shared"]}
        }
    assert statement(policies, "Management", "Make")["Condition"] == {
        "StringEquals": {f"aws:RequestTag/{tag}": ["owned", "shared"]}
    }


def test_the_service_ends_nodes_of_its_clusters_only(
    policies: dict[str, list[dict[str, Any]]],
) -> None:
    """An instance without one of the two profiles is somebody else's."""
    found = statement(policies, "Management", "ChangeNodes")

    assert "ec2:TerminateInstances" in found["Action"]
    assert found["Condition"] == {
        "ArnEquals": {
            "ec2:InstanceProfile": [
                "<Roles_ControlPlane_InstanceProfile.arn>",
                "<Roles_NodePool_InstanceProfile.arn>",
            ]
        }
    }


def test_the_service_passes_the_two_roles_to_instances_only(
    policies: dict[str, list[dict[str, Any]]],
) -> None:
    """Whoever may pass any role may become any role."""
    assert statement(policies, "Management", "GiveNodesTheirRoles") == {
        "Sid": "GiveNodesTheirRoles",
        "Effect": "Allow",
        "Action": ["iam:PassRole"],
        "Resource": ["<Roles_ControlPlane.arn>", "<Roles_NodePool.arn>"],
        "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}},
    }


def test_the_service_tags_subnets_as_the_product_does(
    policies: dict[str, list[dict[str, Any]]],
) -> None:
    """All six subnets, and no other kind of tag on them."""
    found = statement(policies, "Management", "TagSubnets")

    assert [arn.rsplit("/")[-1] for arn in found["Resource"]] == [
        "subnet-aaaaaaaa",
        "subnet-bbbbbbbb",
        "subnet-cccccccc",
        "subnet-aaaaaaaaa",
        "subnet-bbbbbbbbb",
        "subnet-ccccccccc",
    ]
    assert found["Condition"] == {
        "ForAllValues:StringLike": {"aws:TagKeys": ["kubernetes.io/cluster/*"]},
        "Null": {"aws:TagKeys": "false"},
    }


@pytest.mark.parametrize(
    ("options", "names"),
    [({}, ["gke-*", "kl-sandbox-gke-*"]), ({"cluster_id": "gke-404767c1"}, ["gke-*", "gke-404767c1-*"])],
    ids=["derived", "given"],
)
def test_scales_groups_by_the_products_names(
    tmp_path: Path, options: dict[str, Any], names: list[str]
) -> None:
    """User clusters have ids of their own, which nobody knows before."""
    resources = named(synthesized(tmp_path, **options).resources("aws_iam_role_policy"))
    statements = json.loads(resources["Roles_Management_Policy"]["policy"])["Statement"]

    assert statement({"Management": statements}, "Management", "ScaleNodes")["Resource"] == [
        f"arn:aws:autoscaling:eu-west-1:012345678901:autoScalingGroup:*:autoScalingGroupName/{name}"
        for name in names
    ]


def test_nodes_read_agents_but_not_the_services_secrets(
    policies: dict[str, list[dict[str, Any]]],
) -> None:
    """The ciphertexts lie in the same bucket, and nodes may decrypt with the same key."""
    for role in ("ControlPlane", "NodePool"):
        reads = [found for found in policies[role] if "s3:GetObject" in found["Action"]]
        assert [found["Resource"] for found in reads] == [["<BootstrapBucket.arn>/agent/*"]]


def test_keys_are_named(policies: dict[str, list[dict[str, Any]]]) -> None:
    """An existing key may leave its use to IAM; then these lines decide."""
    keys = {
        role: {
            found["Sid"]: found["Resource"]
            for found in policies[role]
            if any(action.startswith("kms:") for action in found["Action"])
        }
        for role in ROLES
    }

    secrets, database = [KEY_ARNS["secrets"]], [KEY_ARNS["database"]]
    assert keys == {
        "Management": {"UseKeys": secrets + database, "LetVolumesUseKeys": database},
        "ControlPlane": {"DecryptSecrets": secrets, "UseDatabaseKey": database},
        "NodePool": {"DecryptSecrets": secrets},
    }
