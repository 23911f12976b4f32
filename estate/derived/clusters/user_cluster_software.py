"""What is installed in user clusters on VMware: what backs them up.

What opens the bucket, and what encrypts the volumes in it, are Secrets that people make (`hybrid prerequisites`): settings name
them, and hold nothing of them.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping

from estate.derived.clusters.software import Software
from estate.derived.clusters.velero import velero
from estate.facts.software import packages
from estate.model.vmware.user_cluster import UserClusterConfig
from estate.model.vmware.user_cluster_backup import UserClusterBackupConfig


def user_cluster_software(config: UserClusterConfig, name: str) -> Iterator[Software]:
    """Yield what a cluster asks for.

    Args:
        config: the cluster.
        name: its name, below which the bucket has its backups.
    """
    backup = config.backup
    if backup:
        values = velero(name, backup, _kept(backup, name))
        yield Software("velero", "velero", packages()["velero"].namespace, values)


def _kept(backup: UserClusterBackupConfig, name: str) -> Mapping[str, object]:
    authority = backup.ca_certificate
    location = {
        "name": "default",
        "provider": "aws",
        "default": True,
        "bucket": backup.bucket,
        "prefix": name,
        # By its path, and without checksums, which stores other than AWS's may refuse: the plugin's README.
        "config": {
            "region": backup.region,
            "s3ForcePathStyle": "true",
            "s3Url": backup.url,
            "checksumAlgorithm": "",
        },
        **({"caCert": base64.b64encode(authority.encode()).decode()} if authority else {}),
    }
    return {
        "serviceAccount": {"server": {"name": "velero"}},
        "credentials": {"useSecret": True, "existingSecret": backup.secret},
        "configuration": {"backupStorageLocation": [location], "defaultVolumesToFsBackup": True},
        "snapshotsEnabled": False,
        "deployNodeAgent": True,
    }
