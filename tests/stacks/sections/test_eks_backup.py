"""What backups of an EKS cluster are kept in, and what its Velero may do in the account."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.model.aws.eks_documents import ACCOUNT, AWS
from tests.model.vmware.documents import changed
from tests.stacks.sections.test_eks import address, named, synthesize

BUCKET = f"kl-dev-eks-cloud-backups-{ACCOUNT}"
BACKED_UP = changed(AWS, kms_keys__backups={}, eks_clusters__cloud__backup={"kms_key": "backups"})


def test_the_bucket_is_private_encrypted_and_outlives_its_cluster(tmp_path: Path) -> None:
    """Nothing of it refers to the cluster, which is made anew without it."""
    found = synthesize(tmp_path, aws=BACKED_UP)

    bucket = found.one("aws_s3_bucket")
    encryption = found.one("aws_s3_bucket_server_side_encryption_configuration")
    [statement] = json.loads(found.one("aws_s3_bucket_policy")["policy"])["Statement"]
    lifecycle = found.one("aws_s3_bucket_lifecycle_configuration")
    assert bucket == {
        "bucket": BUCKET,
        "force_destroy": False,
        "tags": {"Name": "kl-dev-eks-cloud-backups"},
        "lifecycle": {"prevent_destroy": True},
    }
    assert encryption["rule"] == [
        {
            "apply_server_side_encryption_by_default": {
                "kms_master_key_id": f"${{{address(found, 'aws_kms_key', 'backups')}.arn}}",
                "sse_algorithm": "aws:kms",
            },
            "bucket_key_enabled": True,
        }
    ]
    assert (statement["Effect"], statement["Condition"]) == (
        "Deny",
        {"Bool": {"aws:SecureTransport": "false"}},
    )
    assert found.one("aws_s3_bucket_versioning")["versioning_configuration"] == {"status": "Enabled"}
    assert set(found.one("aws_s3_bucket_public_access_block").values()) >= {True}
    assert lifecycle["rule"][0]["noncurrent_version_expiration"] == [{"noncurrent_days": 30}]
    assert "aws_eks_cluster" not in json.dumps([bucket, encryption, statement, lifecycle])


def test_without_protection_it_goes_with_what_is_in_it(tmp_path: Path) -> None:
    """In an environment that is thrown away."""
    found = synthesize(tmp_path, protected=False, aws=BACKED_UP)

    bucket = found.one("aws_s3_bucket")
    assert (bucket["force_destroy"], bucket["lifecycle"]) == (True, {"prevent_destroy": False})


def test_velero_reads_back_and_deletes_what_is_its_cluster_s(tmp_path: Path) -> None:
    """By the tag that its backups have as a label; for one service account."""
    found = synthesize(tmp_path, aws=BACKED_UP)

    role = named(found, "aws_iam_role", "Backup")
    policy = json.loads(named(found, "aws_iam_role_policy", "Backup")["policy"])
    said: dict[str, Any] = {one["Sid"]: one for one in policy["Statement"]}
    own = {"StringEquals": {"aws:ResourceTag/backup-of": "kl-dev-cloud"}}
    new = {"StringEquals": {"aws:RequestTag/backup-of": "kl-dev-cloud"}}
    assert role["name"] == "kl-dev-eks-cloud-backups"
    assert "system:serviceaccount:velero:velero" in role["assume_role_policy"]
    assert {sid: one.get("Condition") for sid, one in said.items()} == {
        "List": None,
        "Keep": None,
        "Look": None,
        "Save": {"StringEquals": {"aws:ResourceTag/ebs.csi.aws.com/cluster": "true"}},
        "MakeSnapshots": new,
        "Restore": own,
        "MakeVolumes": new,
        "TagNew": {"StringEquals": {"ec2:CreateAction": ["CreateSnapshot", "CreateVolume"]}},
        "Delete": own,
    }
    assert [sid for sid, one in said.items() if one["Resource"] == "*"] == ["Look"]
    assert (said["List"]["Resource"], said["Keep"]["Resource"]) == (
        f"arn:aws:s3:::{BUCKET}",
        f"arn:aws:s3:::{BUCKET}/*",
    )


def test_velero_uses_the_keys_of_its_bucket_and_of_the_volumes(tmp_path: Path) -> None:
    """The latter through EBS, which makes a volume of a snapshot for it; never the cluster's own."""
    section = changed(BACKED_UP, kms_keys__volumes={}, eks_clusters__cloud__volumes_key="volumes")

    found = synthesize(tmp_path, aws=section)

    velero = f"${{{address(found, 'aws_iam_role', 'Backup')}.arn}}"

    def allowed(key: str) -> set[str]:
        statements = json.loads(named(found, "aws_kms_key", key)["policy"])["Statement"]
        return {one["Sid"] for one in statements if velero in str(one["Principal"])}

    assert allowed("backups") == {"EncryptDecrypt"}
    assert allowed("volumes") == {"EncryptDecrypt", "GrantToAwsServices"}
    assert allowed("secrets") == set()
