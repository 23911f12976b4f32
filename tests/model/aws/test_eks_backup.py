"""How an EKS cluster is backed up: by one thing, with a key that is no cluster's, into a bucket of its own."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.aws.eks_backup import EksBackupConfig
from estate.model.aws.eks_cluster import EksClusterConfig
from tests.model.aws.eks_documents import ACCOUNT, CLUSTER
from tests.model.aws.test_eks_pod_role import refused

BACKUP = {"kms_key": "backups"}


def test_it_is_every_day_and_for_a_month() -> None:
    """In Velero's words; the bucket's name goes by the cluster's key, or what stands for it, and by the account."""
    backup = EksBackupConfig.model_validate(BACKUP)
    cluster = EksClusterConfig.model_validate({**CLUSTER, "backup": BACKUP})
    named = EksClusterConfig.model_validate({**CLUSTER, "backup": {**BACKUP, "bucket": "kept"}})

    assert (backup.cron_schedule, backup.ttl) == ("30 1 * * *", "720h")
    assert cluster.bucket_in("kl", "dev", "cloud", ACCOUNT) == f"kl-dev-eks-cloud-backups-{ACCOUNT}"
    assert named.bucket_in("kl", "dev", "cloud", ACCOUNT) == "kept"
    assert cluster.software == ("velero",)


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        ({"backup": {"kms_key": "absent"}}, "backup.kms_key", "must be one of kms_keys: secrets"),
        (
            {"backup": {"kms_key": "secrets"}},
            "backup.kms_key",
            "must not be the kms_key of eks_clusters.cloud, got secrets; make a key for backups",
        ),
        ({"backup": {**BACKUP, "daily_at": "1:30"}}, "backup.daily_at", "match pattern"),
        ({"backup": {**BACKUP, "bucket": "a.b"}}, "backup.bucket", "match pattern"),
        ({"backup": BACKUP, "backup_elsewhere": True}, "backup_elsewhere", "must be left out with backup"),
        (
            {
                "backup": BACKUP,
                "pod_roles": {
                    "a": {
                        "namespace": "velero",
                        "service_account": "velero",
                        "policies": ["arn:aws:iam::aws:policy/A"],
                    }
                },
            },
            "pod_roles.a.service_account",
            "must differ from that of backup",
        ),
    ],
    ids=["no key", "the cluster's key", "time", "dots", "elsewhere too", "its account"],
)
def test_what_cannot_work_is_refused(changes: dict[str, Any], path: str, words: str) -> None:
    """With the remedy."""
    found = refused(**changes)

    assert words in found[f"eks_clusters.cloud.{path}"]
