"""The plan by which a GKE cluster is backed up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cdktf import TerraformStack

from constructs_lib.google.gke_backup_plan import GkeBackupPlan
from constructs_lib.google.gke_cluster import GkeCluster
from constructs_lib.google.gke_site import GkeSite
from constructs_lib.google.kms_key import KmsKey
from estate.model.google.gke_backup import GkeBackupConfig
from estate.model.google.gke_cluster import GkeClusterConfig
from estate.model.google.kms_key import KmsKeyConfig
from tests.constructs_lib.google.defined import REGION, network, subnet, synthesize_google
from tests.model.google.documents import CLUSTER
from tests.synth import Synthesized

TYPE = "google_gke_backup_backup_plan"


def planned(tmp_path: Path, *, protected: bool = True, **said: Any) -> Synthesized:
    """A stack with a cluster and its plan."""

    def define(stack: TerraformStack) -> None:
        key = KmsKey(stack, "Key", config=KmsKeyConfig(), name="kl-dev-secrets-1", region=REGION)
        vpc = network(stack)
        site = GkeSite(
            project="kl-dev-apps",
            account_id="kl-dev-gke-cloud",
            fleet_project="kl-dev-host",
            network=vpc,
            subnet=subnet(stack, vpc),
            secrets_key=key,
            security_group="gke-security-groups@example.com",
            authorized_networks={},
        )
        cluster = GkeCluster(
            stack, "Cloud", config=GkeClusterConfig.model_validate(CLUSTER), name="kl-dev-cloud", site=site
        )
        config = GkeBackupConfig.model_validate({"kms_key": "secrets", **said})
        GkeBackupPlan(
            cluster, "Backup", config=config, cluster=cluster, kms_key=key, prevent_destroy=protected
        )

    return synthesize_google(tmp_path, define)


def test_everything_is_backed_up_every_day_with_the_key(tmp_path: Path) -> None:
    """The cluster by its path: one that is made anew must not replace the plan that holds its backups."""
    stack = planned(tmp_path)

    found = stack.one(TYPE)
    assert found.pop("depends_on") == [stack.address("google_container_cluster")]
    assert found == {
        "project": "kl-dev-apps",
        "location": REGION,
        "name": "kl-dev-cloud",
        "cluster": f"projects/kl-dev-apps/locations/{REGION}/clusters/kl-dev-cloud",
        "backup_config": {
            "all_namespaces": True,
            "include_secrets": True,
            "include_volume_data": True,
            "encryption_key": {
                "gcp_kms_encryption_key": f"${{{stack.address('google_kms_crypto_key')}.id}}",
            },
        },
        "backup_schedule": {"cron_schedule": "30 1 * * *"},
        "retention_policy": {"backup_delete_lock_days": 0, "backup_retain_days": 30},
        "lifecycle": {"prevent_destroy": True},
    }


@pytest.mark.parametrize(("at", "schedule"), [("00:00", "0 0 * * *"), ("23:05", "5 23 * * *")])
def test_when_and_how_long_is_said(tmp_path: Path, at: str, schedule: str) -> None:
    """In UTC, without leading zeros."""
    found = planned(tmp_path, protected=False, daily_at=at, retain_days=90, delete_lock_days=14).one(TYPE)

    assert found["backup_schedule"] == {"cron_schedule": schedule}
    assert found["retention_policy"] == {"backup_delete_lock_days": 14, "backup_retain_days": 90}
    assert found["lifecycle"] == {"prevent_destroy": False}
