"""When Velero backs a cluster up, and for how long it keeps that, wherever the cluster is.

Left out: other schedules than every day, and restores, which a person starts (`hybrid recover`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field, StrictInt

from estate.model.base import Model
from estate.model.time_of_day import TimeOfDay, every_day, hours


class VeleroSchedule(Model):
    """A backup every day."""

    daily_at: TimeOfDay = "01:30"
    """When a backup is made, in UTC and in quotes; "01:30" when absent. Changes the manifests alone, which no plan shows."""
    retain_days: Annotated[StrictInt, Field(ge=1, le=3650)] = 30
    """Days after which Velero deletes a backup, with its snapshots where it took some; 30 when absent. Another number holds for
    backups that are made from then on, and changes the manifests alone."""

    refused: ClassVar[Mapping[str, str]] = {
        "schedule": "a backup is made every day; the key is daily_at",
        "ttl": "the key is retain_days",
    }

    @property
    def cron_schedule(self) -> str:
        """The schedule as Velero takes it."""
        return every_day(self.daily_at)

    @property
    def ttl(self) -> str:
        """How long a backup is kept, as Velero takes it."""
        return hours(self.retain_days)
