"""Velero as it is installed: what it saves and where, and nothing secret."""

from __future__ import annotations

from estate.model.gitops import Applier
from manifests.software import software
from tests.derived.clusters.test_software import found
from tests.model.aws.eks_documents import ACCOUNT
from tests.stacks.sections.test_eks_backup import BACKED_UP, BUCKET


def test_it_keeps_what_the_cluster_holds_in_its_bucket() -> None:
    """As the role that is made for it, every day, for as long as the file says."""
    [velero] = found(BACKED_UP)

    assert (velero.name, velero.release, velero.namespace) == ("velero", "velero", "velero")
    assert velero.values["serviceAccount"] == {
        "server": {
            "name": "velero",
            "annotations": {
                "eks.amazonaws.com/role-arn": f"arn:aws:iam::{ACCOUNT}:role/kl-dev-eks-cloud-backups"
            },
        }
    }
    assert velero.values["credentials"] == {"useSecret": False}
    assert velero.values["configuration"] == {
        "backupStorageLocation": [
            {
                "name": "default",
                "provider": "aws",
                "default": True,
                "bucket": BUCKET,
                "config": {"region": "eu-west-1"},
            }
        ],
        "volumeSnapshotLocation": [{"name": "default", "provider": "aws", "config": {"region": "eu-west-1"}}],
    }
    schedules = velero.values["schedules"]
    assert isinstance(schedules, dict)
    daily = schedules["daily"]
    assert (daily["schedule"], daily["template"]["ttl"]) == ("30 1 * * *", "720h")
    assert {"kube-system", "velero", "argocd"} <= set(daily["template"]["excludedNamespaces"])


def test_its_backups_carry_what_its_role_asks_for() -> None:
    """Otherwise it could save no volume, and delete no snapshot."""
    [velero] = found(BACKED_UP)

    schedules = velero.values["schedules"]
    assert isinstance(schedules, dict)
    assert schedules["daily"]["template"]["metadata"] == {"labels": {"backup-of": "kl-dev-cloud"}}


def test_whoever_applies_the_manifests_installs_it() -> None:
    """In its own namespace, which is made with it."""
    [application] = software(found(BACKED_UP), applier=Applier.ARGO_CD)
    [root_sync] = software(found(BACKED_UP), applier=Applier.CONFIG_SYNC)

    assert application["spec"]["source"]["targetRevision"] == "12.1.0"
    assert "CreateNamespace=true" in application["spec"]["syncPolicy"]["syncOptions"]
    assert root_sync["spec"]["helm"]["namespace"] == "velero"
    assert root_sync["spec"]["helm"]["includeCRDs"] is True
