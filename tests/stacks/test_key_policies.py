"""Who gets through to a key in the stacks that use one: computed, because an emulator lets everybody through."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kms_policy import FOR_AWS, allows
from tests.model.aws.eks_documents import ACCOUNT, AWS, CLUSTER, DEPLOYER, GROUP, SCALING
from tests.model.vmware.documents import changed
from tests.stacks.sections.test_eks import address, synthesize
from tests.synth import Synthesized

ADMINISTRATOR = f"arn:aws:iam::{ACCOUNT}:role/may-do-everything-in-iam"
SECRETS, VOLUMES = "KmsKeys_secrets_", "KmsKeys_volumes_"
LOGS = "logs.eu-west-1.amazonaws.com"
DISK = (
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
)
"""What EBS asks of its caller: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html and
https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html of 2026-11."""


@pytest.fixture(name="clusters", scope="module")
def stack_with_clusters(tmp_path_factory: pytest.TempPathFactory) -> Synthesized:
    """An EKS cluster whose nodes have disks with a key of their own."""
    group = {**GROUP, "volume": {"kms_key": "volumes"}}
    section = changed(AWS, eks_clusters__cloud=changed(CLUSTER, node_groups={"default": group}))
    keys = {"secrets": {}, "volumes": {"users": [SCALING]}}
    return synthesize(tmp_path_factory.mktemp("clusters"), aws={**section, "kms_keys": keys})


@pytest.mark.parametrize(
    ("action", "answer"),
    [("kms:CreateGrant", True), ("kms:DescribeKey", True), ("kms:Decrypt", False), ("kms:Encrypt", False)],
)
def test_whoever_applies_can_make_a_cluster(clusters: Synthesized, action: str, *, answer: bool) -> None:
    """EKS has it make a grant that is none of those "for an AWS resource"; reading with the key takes more."""
    assert allows(clusters.json, SECRETS, DEPLOYER, action) is answer


def test_an_administrator_of_the_account_does_not_use_the_keys(clusters: Synthesized) -> None:
    """Neither by itself nor by a grant, whatever its own policies say; it administers them."""
    for part in (SECRETS, VOLUMES):
        key = (clusters.json, part, ADMINISTRATOR)
        assert not [action for action in set(DISK) - {"kms:DescribeKey"} if allows(*key, action)]
        assert not allows(*key, "kms:CreateGrant", FOR_AWS)
        assert allows(*key, "kms:PutKeyPolicy")


def test_the_control_plane_uses_the_key_of_its_secrets(clusters: Synthesized) -> None:
    """By its role, which EKS asks when the cluster is upgraded."""
    role = f"${{{address(clusters, 'aws_iam_role', 'Cluster_Role')}.arn}}"

    used = ("kms:Encrypt", "kms:Decrypt", "kms:DescribeKey")
    assert all(allows(clusters.json, SECRETS, role, action) for action in used)
    assert not allows(clusters.json, VOLUMES, role, "kms:Decrypt")


def test_auto_scaling_starts_nodes_with_encrypted_disks(clusters: Synthesized) -> None:
    """It grants the key's use to EC2 for each disk, and to nobody else."""
    key = (clusters.json, VOLUMES, SCALING)
    assert all(allows(*key, action) for action in DISK)
    assert allows(*key, "kms:CreateGrant", FOR_AWS)
    assert not allows(*key, "kms:CreateGrant")


def test_the_logs_of_a_cluster_are_encrypted_for_their_group_alone(clusters: Synthesized) -> None:
    """The service names the group in each call."""
    group = f"arn:aws:logs:eu-west-1:{ACCOUNT}:log-group:/aws/eks/kl-dev-cloud/cluster"
    asked = (clusters.json, SECRETS, LOGS, "kms:GenerateDataKey")

    for of, answer in ((group, True), (f"{group}-of-others", False)):
        assert allows(*asked, {"kms:EncryptionContext:aws:logs:arn": of}) is answer
    assert not allows(*asked)


def test_a_key_of_others_has_no_policy_here(tmp_path: Path) -> None:
    """Its owner lets in whom the prerequisites name, so nobody need say who applies."""
    arn = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    section = changed(AWS, deployer=None, kms_keys__secrets={"existing": {"key_arn": arn}})

    found = synthesize(tmp_path, aws=section)

    assert found.one("aws_eks_cluster")["encryption_config"]["provider"] == {"key_arn": arn}
    assert [name for name in found.resources("aws_kms_key") if name.startswith("KmsKeys_")] == []
