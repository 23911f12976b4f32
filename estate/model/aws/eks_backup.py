"""Backup of an EKS cluster by Velero: every day, of what is in it, into a bucket of its own and snapshots of its volumes.

A bucket, because its backups outlive the cluster; one a cluster, "preferably unique to a single Kubernetes cluster". Volumes
are saved as snapshots of EBS rather than file by file: they are taken at one moment, stay in the account when the cluster
goes, and no pod has to read the nodes' disks. Left out: other schedules, other volumes than those of EBS, and restores, which a
person starts (`hybrid recover`).

https://github.com/velero-io/velero-plugin-for-aws/blob/v1.14.2/README.md (2026-11-30)
"""

from __future__ import annotations

from typing import Annotated, Final

from estate.model.aws.values import BucketName
from estate.model.base import Key
from estate.model.key_of import KeyOf
from estate.model.velero_schedule import VeleroSchedule

VELERO_NAMESPACE: Final = "velero"
VELERO_ACCOUNT: Final = "velero"
"""Namespace, and service account in it, that Velero runs as."""

BACKUPS_PART: Final = "backups"
"""What the names of its bucket and role have."""

BACKUP_OF: Final = "backup-of"
"""Label of a cluster's backups, and tag of its snapshots and of what is made of them: "create tags from the backup's labels",
pkg/backup/item_backupper.go of https://github.com/vmware-tanzu/velero, v1.18.1."""


class EksBackupConfig(VeleroSchedule):
    """A schedule by which Velero backs the cluster up, and where it keeps that."""

    kms_key: Annotated[Key, KeyOf("aws.kms_keys")]
    """Key of aws.kms_keys that encrypts what is in the bucket; no cluster's kms_key. Another one encrypts what is written from
    then on; what is there needs the former, so let velero use that too until it is gone. Snapshots have the key of their
    volume."""
    bucket: BucketName | None = None
    """Name of the bucket, to keep when the map key is renamed; organization, environment, the cluster's short_name or key, and
    the account when absent. Another name replaces the bucket, which is refused while it is protected."""
