"""Plans by which GKE clusters are backed up."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.google.gke_backup import GkeBackupConfig
from operations.cards.card import Card, Entity, Weight, row


def _summary(entity: Entity[GkeBackupConfig]) -> str:
    plan = entity.config
    locked = f", locked for {plan.delete_lock_days}" if plan.delete_lock_days else ""
    return f"every day at {plan.daily_at} UTC, kept for {plan.retain_days} days{locked}, encrypted with {plan.kms_key}"


def _warnings(entity: Entity[GkeBackupConfig]) -> Iterator[tuple[Weight, str]]:
    yield (
        Weight.TOLD,
        f"backups of GKE cluster {entity.key} are charged by what they hold, and go with their region",
    )


CARD = Card(
    path="google.gke_clusters.*.backup",
    models=(GkeBackupConfig,),
    noun="backup plan",
    rows=row(_summary),
    warnings=_warnings,
    constructs={"Backup": "backup plan"},
    stateful={"google_gke_backup_backup_plan": "with it go the backups of its cluster"},
)
