"""A plan of Backup for GKE, by which a cluster is backed up every day.

It names its cluster by its path and not by reference: a cluster that is lost and made anew must not replace the plan, with
which its backups would go.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/gke_backup_backup_plan
"""

from __future__ import annotations

from collections.abc import Sequence

from cdktf import ITerraformDependable, TerraformResourceLifecycle
from cdktf_cdktf_provider_google.gke_backup_backup_plan import (
    GkeBackupBackupPlan,
    GkeBackupBackupPlanBackupConfig,
    GkeBackupBackupPlanBackupConfigEncryptionKey,
    GkeBackupBackupPlanBackupSchedule,
    GkeBackupBackupPlanRetentionPolicy,
)
from constructs import Construct

from constructs_lib.google.gke_cluster import GkeCluster
from constructs_lib.google.kms_key import KmsKey
from estate.model.google.gke_backup import GkeBackupConfig


class GkeBackupPlan(Construct):
    """Define the plan of a cluster, under the cluster's name.

    Stateful. A plan holds its backups, and goes only once they are gone.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: GkeBackupConfig,
        cluster: GkeCluster,
        kms_key: KmsKey,
        dependencies: Sequence[ITerraformDependable] = (),
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        project, location, name = cluster.site.project, cluster.location, cluster.plain_name
        GkeBackupBackupPlan(
            self,
            "Resource",
            project=project,
            location=location,
            name=name,
            cluster=f"projects/{project}/locations/{location}/clusters/{name}",
            backup_config=GkeBackupBackupPlanBackupConfig(
                all_namespaces=True,
                include_secrets=True,
                include_volume_data=True,
                encryption_key=GkeBackupBackupPlanBackupConfigEncryptionKey(
                    gcp_kms_encryption_key=kms_key.key_id
                ),
            ),
            backup_schedule=GkeBackupBackupPlanBackupSchedule(cron_schedule=config.cron_schedule),
            retention_policy=GkeBackupBackupPlanRetentionPolicy(
                backup_delete_lock_days=config.delete_lock_days, backup_retain_days=config.retain_days
            ),
            depends_on=[cluster.resource, *dependencies],
            lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
        )
