"""Backup of a user cluster on VMware by Velero: every day, of what is in it, into a bucket that somebody else keeps.

The bucket speaks S3, as most stores in data centers do; nothing here makes it, and what opens it is a Secret in the cluster, of
which the file says the name. Volumes are saved file by file, because a snapshot of vSphere lies where the volume does and goes
with it; hostPath volumes are not saved. Left out: buckets of Cloud Storage, which want another plugin ("Should use GCP plugin
instead"), other schedules, and restores, which a person starts (`hybrid recover`).

https://github.com/velero-io/velero-plugin-for-aws/blob/v1.14.2/backupstoragelocation.md and
https://github.com/vmware-tanzu/velero/blob/v1.18.1/site/content/docs/v1.18/file-system-backup.md (2026-11-30)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import StringConstraints

from estate.model.aws.values import BucketName
from estate.model.velero_schedule import VeleroSchedule
from estate.model.words import Words

StoreUrl = Annotated[
    str,
    StringConstraints(pattern=r"^https://[-a-z0-9.]+(:[0-9]+)?$"),
    Words("the URL of a store such as https://s3.example.com:9000, without a path"),
]
"""Where a store answers that speaks S3."""

SecretName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$"),
    Words("the name of a Secret: at most 253 lower-case letters, digits, hyphens and dots"),
]
"""Name of a Secret in a cluster."""


Certificate = Annotated[
    str,
    StringConstraints(
        pattern=r"^-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n?$"
    ),
    Words("a certificate in PEM"),
]
"""A certificate, which everybody may see."""


class UserClusterBackupConfig(VeleroSchedule):
    """A schedule by which Velero backs the cluster up, and the bucket that it keeps that in."""

    url: StoreUrl
    """Where the store answers, by TLS; the nodes have to reach it, and it lies best where the loss of the data center does not
    reach."""
    bucket: BucketName
    """The bucket, which exists and is nobody else's to read; several clusters can share it, each below its own name."""
    region: Annotated[str, StringConstraints(pattern=r"^[-a-z0-9]{1,63}$"), Words("a region's name")] = (
        "us-east-1"
    )
    """What the store calls its region; us-east-1 when absent, which most that have none take."""
    secret: SecretName = "velero-bucket"  # noqa: S105 - the name of one
    """Name of the Secret in namespace velero whose entry cloud has the credentials of the bucket, which somebody makes by hand;
    velero-bucket when absent."""
    ca_certificate: Certificate | None = None
    """Certificate of the authority that the store's is from, in PEM; one that everybody knows when absent."""

    refused: ClassVar[Mapping[str, str]] = {
        **VeleroSchedule.refused,
        "access_key": "no file holds credentials; say the name of a Secret in secret",
        "secret_key": "no file holds credentials; say the name of a Secret in secret",
    }
