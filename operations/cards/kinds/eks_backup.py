"""Backups of EKS clusters by Velero."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.aws.eks_backup import EksBackupConfig
from operations.cards.card import NOTHING_ELSE, Card, Entity, Weight, row


def _summary(entity: Entity[EksBackupConfig]) -> str:
    backup = entity.config
    return f"every day at {backup.daily_at} UTC, kept for {backup.retain_days} days, encrypted with {backup.kms_key}"


def _warnings(entity: Entity[EksBackupConfig]) -> Iterator[tuple[Weight, str]]:
    yield (
        Weight.TOLD,
        f"Velero administers EKS cluster {entity.key}, and its backups lie in the cluster's own account and region: they go with "
        "these, and are charged by what they hold",
    )


CARD = Card(
    path="aws.eks_clusters.*.backup",
    models=(EksBackupConfig,),
    noun="backup by Velero",
    rows=row(_summary),
    warnings=_warnings,
    constructs={"Backups": "backup by Velero"},
    stateful={"aws_s3_bucket": NOTHING_ELSE},
)
