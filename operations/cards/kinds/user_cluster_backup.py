"""Backups of user clusters on VMware by Velero."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.vmware.user_cluster_backup import UserClusterBackupConfig
from operations.cards.card import Card, Entity, Weight, row


def _summary(entity: Entity[UserClusterBackupConfig]) -> str:
    backup = entity.config
    return f"every day at {backup.daily_at} UTC, kept for {backup.retain_days} days in {backup.bucket} at {backup.url}"


def _warnings(entity: Entity[UserClusterBackupConfig]) -> Iterator[tuple[Weight, str]]:
    yield (
        Weight.TOLD,
        f"Velero administers user cluster {entity.key}, and reads its volumes on the nodes as root; whoever reads the bucket "
        f"{entity.config.bucket} has its Secrets",
    )


CARD = Card(
    path="vmware.user_clusters.*.backup",
    models=(UserClusterBackupConfig,),
    noun="backup by Velero",
    rows=row(_summary),
    warnings=_warnings,
)
