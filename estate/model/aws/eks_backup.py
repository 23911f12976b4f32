"""Backup of an EKS cluster by Velero: every day, of what is in it, into a bucket of its own and snapshots of its volumes.

A bucket, because its backups outlive the cluster; one a cluster, "preferably unique to a single Kubernetes cluster". Volumes
are saved as snapshots of EBS rather than file by file: they are taken at one moment, stay in the account when the cluster
goes, and no pod has to read the nodes' disks. Left out: other schedules, other volumes than those of EBS, and restores, which a
person starts (`hybrid recover`).

https://github.com/velero-io/velero-plugin-for-aws/blob/v1.14.2/README.md (2026-11-30)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Final

from pydantic import Field, StrictInt

from estate.model.aws.values import BucketName
from estate.model.base import Key, Model
from estate.model.key_of import KeyOf
from estate.model.time_of_day import TimeOfDay, every_day, hours

VELERO_NAMESPACE: Final = "velero"
VELERO_ACCOUNT: Final = "velero"
"""Namespace, and service account in it, that Velero runs as."""

BACKUPS_PART: Final = "backups"
"""What the names of its bucket and role have."""

BACKUP_OF: Final = "backup-of"
"""Label of a cluster's backups, and tag of its snapshots and of what is made of them: "create tags from the backup's labels",
pkg/backup/item_backupper.go of https://github.com/vmware-tanzu/velero, v1.18.1."""


class EksBackupConfig(Model):
    """A schedule by which Velero backs the cluster up, and where it keeps that."""

    kms_key: Annotated[Key, KeyOf("aws.kms_keys")]
    """Key of aws.kms_keys that encrypts what is in the bucket; no cluster's kms_key. Another one encrypts what is written from
    then on; what is there needs the former, so let velero use that too until it is gone. Snapshots have the key of their
    volume."""
    daily_at: TimeOfDay = "01:30"
    """When a backup is made, in UTC and in quotes; "01:30" when absent. Changes the manifests alone, which no plan shows."""
    retain_days: Annotated[StrictInt, Field(ge=1, le=3650)] = 30
    """Days after which Velero deletes a backup with its snapshots; 30 when absent. Another number holds for backups that are
    made from then on, and changes the manifests alone."""
    bucket: BucketName | None = None
    """Name of the bucket, to keep when the map key is renamed; organization, environment, the cluster's short_name or key, and
    the account when absent. Another name replaces the bucket, which is refused while it is protected."""

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
