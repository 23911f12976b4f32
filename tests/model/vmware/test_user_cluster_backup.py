"""How a user cluster is backed up: by one thing, into a bucket that somebody else keeps, with nothing secret in a file."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.vmware.user_cluster import UserClusterConfig
from estate.model.vmware.user_cluster_backup import UserClusterBackupConfig
from tests.model.refusals import refusals
from tests.model.vmware.documents import CLUSTER

BACKUP = {"url": "https://s3.example.com:9000", "bucket": "kl-backups"}
CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"


def test_it_is_every_day_and_for_a_month() -> None:
    """In Velero's words."""
    backup = UserClusterBackupConfig.model_validate({**BACKUP, "ca_certificate": CERTIFICATE})

    assert (backup.cron_schedule, backup.ttl, backup.secret) == ("30 1 * * *", "720h", "velero-bucket")


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        ({"backup": {**BACKUP, "url": "http://s3.example.com"}}, "backup.url", "match pattern"),
        ({"backup": {**BACKUP, "ca_certificate": "a"}}, "backup.ca_certificate", "match pattern"),
        ({"backup": {**BACKUP, "retain_days": 0}}, "backup.retain_days", "greater than or equal to 1"),
        ({"backup": BACKUP, "backup_elsewhere": True}, "backup_elsewhere", "must be left out with backup"),
    ],
    ids=["no TLS", "no certificate", "no day", "elsewhere too"],
)
def test_what_cannot_work_is_refused(changes: dict[str, Any], path: str, words: str) -> None:
    """With the remedy."""
    [(where, said)] = refusals(UserClusterConfig, {**CLUSTER, **changes}).items()

    assert where == path
    assert words in said
