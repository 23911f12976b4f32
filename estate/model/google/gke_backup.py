"""Backup for GKE of one cluster: every day, of everything that is in it.

Left out, because every plan here has them: all namespaces, volumes, and Secrets, which no repository holds; and the region,
the cluster's own. Left out too: other schedules, because Google takes no retention longer than 360 times the interval,
and restores, which a person starts (`hybrid recover`).

https://docs.cloud.google.com/kubernetes-engine/docs/add-on/backup-for-gke/concepts/backup-for-gke and
https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/gke_backup_backup_plan (excerpts, 2026-11-30)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field, StrictInt

from estate.model.base import Key, Model
from estate.model.key_of import KeyOf
from estate.model.rules import Violation, rule
from estate.model.time_of_day import TimeOfDay, every_day


class GkeBackupConfig(Model):
    """A plan by which the cluster is backed up every day."""

    kms_key: Annotated[Key, KeyOf("google.kms_keys")]
    """Key of google.kms_keys, in the cluster's region, that encrypts the backups. Another one encrypts those that are made
    from then on; older ones need the former."""
    daily_at: TimeOfDay = "01:30"
    """When a backup is made, in UTC and in quotes; "01:30" when absent. Changes in place."""
    retain_days: Annotated[StrictInt, Field(ge=1, le=360)] = 30
    """Days after which a backup is deleted; 30 when absent. Another number holds for backups that are made from then on."""
    delete_lock_days: Annotated[StrictInt, Field(ge=0, le=90)] = 0
    """Days in which nobody can delete a backup, whoever they are; none when absent. Another number holds for backups that
    are made from then on."""

    refused: ClassVar[dict[str, str]] = {
        "cron_schedule": "a backup is made every day; the key is daily_at",
        "all_namespaces": "every plan has all of them; leave it out",
        "include_secrets": "no repository holds them, so every plan does; leave it out",
        "include_volume_data": "every plan does; leave it out",
    }

    @property
    def cron_schedule(self) -> str:
        """The schedule as Google takes it."""
        return every_day(self.daily_at)

    @rule
    def _locked_no_longer_than_kept(self) -> Iterator[Violation]:
        """A backup is locked no longer than it is kept."""
        if self.delete_lock_days > self.retain_days:
            yield Violation(
                ("delete_lock_days",),
                f"must be at most retain_days {self.retain_days}, got {self.delete_lock_days}; lower it, or keep backups longer",
                ("retain_days",),
            )
