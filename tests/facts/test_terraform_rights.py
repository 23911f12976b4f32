"""What Terraform asks the clouds for each type."""

from __future__ import annotations

import json

import botocore.session
import pytest

from estate.facts.terraform_rights import aws_reads, aws_writes, google_reads, google_roles, google_writes
from operations.project import SNAPSHOTS
from tests.example import ENVIRONMENTS

CLIENTS = {"elasticloadbalancing": "elbv2"}
NO_OPERATION = {
    # Rights that IAM checks and that are no call: s3's are named otherwise than its calls, log deliveries have none.
    "iam:PassRole",
    *(f"logs:{verb}LogDelivery" for verb in ("Create", "Delete", "Get", "Update")),
    "logs:ListLogDeliveries",
    *(f"s3:Get{what}" for what in ("AccelerateConfiguration", "BucketCORS", "BucketObjectLockConfiguration")),
    *(f"s3:{verb}{what}" for verb in ("Get", "Put") for what in ("BucketPublicAccessBlock", "EncryptionConfiguration", "LifecycleConfiguration")),
    *(f"s3:{name}" for name in ("DeleteObjectVersion", "GetReplicationConfiguration", "ListBucket", "ListBucketVersions")),
    *(f"s3:{name}" for name in ("ListTagsForResource", "TagResource", "UntagResource")),
}  # fmt: skip
DATA = {
    # What reads somebody's data, a secret or a log, hands out credentials, or decrypts: never a reader's on everything.
    *("ec2:GetConsoleOutput", "ec2:GetConsoleScreenshot", "ec2:GetPasswordData", "eks:AssumeRoleForPodIdentity"),
    *("kms:Decrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "logs:FilterLogEvents", "logs:GetLogEvents"),
    *("s3:GetObject", "s3:GetObjectVersion", "secretsmanager:GetSecretValue", "ssm:GetParameter", "sts:AssumeRole"),
}  # fmt: skip
GOOGLE_DATA = ("AccessToken", "Credentials", ".access", "objects.get", "secrets", "decrypt", "signBlob", "getOpenIdToken")  # fmt: skip


def synthesized() -> set[str]:
    """Every type of AWS and Google Cloud in the example's stacks, data sources among them."""
    return {
        prefix + type_
        for path in (ENVIRONMENTS / SNAPSHOTS).glob("*.tf.json")
        for kind, prefix in (("resource", ""), ("data", "data."))
        for type_ in json.loads(path.read_text("utf-8")).get(kind, {})
        if type_.startswith(("aws_", "google_"))
    }


def test_every_type_that_is_made_has_its_row() -> None:
    """Or the reader's first plan fails on it."""
    assert synthesized() - {*aws_reads(), *google_reads()} == set()
    assert aws_reads().keys() == aws_writes().keys()
    assert google_reads().keys() == google_writes().keys()


def test_actions_are_aws_s_own() -> None:
    """By the operations of its API models; what IAM names otherwise is listed."""
    session = botocore.session.get_session()
    asked = frozenset().union(*aws_reads().values(), *aws_writes().values())
    services = {action.partition(":")[0] for action in asked}
    operations = {
        f"{service}:{name}"
        for service in services
        for name in session.get_service_model(CLIENTS.get(service, service)).operation_names
    }

    assert asked - operations == NO_OPERATION


def test_a_look_changes_nothing() -> None:
    """Every read is one by its name."""
    words = ("Describe", "Get", "List")
    asked = frozenset().union(*aws_reads().values())
    assert [action for action in asked if not action.partition(":")[2].startswith(words)] == []
    google = frozenset().union(*google_reads().values())
    wrong = [
        one
        for one in google
        if one.rpartition(".")[2] not in {"get", "list", "getIamPolicy", "getRoutePolicy"}
    ]
    assert wrong == ["gkemulticloud.attachedClusters.generateInstallManifest"]


def test_a_look_reads_nobody_s_data() -> None:
    """But for the one object that a stack makes, which its identity may read nowhere else."""
    reading = {type_ for type_, actions in aws_reads().items() if actions & DATA}

    assert reading == {"aws_s3_object"}
    google = frozenset().union(*google_reads().values())
    assert [one for one in google if any(word in one for word in GOOGLE_DATA)] == []


def test_permissions_are_google_s_own() -> None:
    """By what its roles hold: a word that no role knows is none of Google's."""
    asked = frozenset().union(*google_reads().values(), *google_writes().values())

    assert asked == frozenset().union(*google_roles().values())


def test_every_resource_of_google_s_can_be_made_and_what_is_looked_up_cannot() -> None:
    """A row without writes would let a role go that an apply takes."""
    assert [
        type_ for type_, writes in google_writes().items() if bool(writes) is type_.startswith("data.")
    ] == []


@pytest.mark.parametrize("type_", ["aws_vpc", "aws_iam_role", "aws_eks_cluster", "aws_kms_key"])
def test_what_is_made_can_be_changed_and_destroyed(type_: str) -> None:
    """A writer that can make and not destroy leaves things behind."""
    verbs = {action.partition(":")[2] for action in aws_writes()[type_]}

    assert any(verb.startswith("Create") for verb in verbs)
    assert any(verb.startswith(("Delete", "Schedule")) for verb in verbs)
