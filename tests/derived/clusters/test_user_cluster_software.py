"""What is installed in user clusters on VMware, with which settings and nothing secret."""

from __future__ import annotations

import base64
from typing import Any

from estate.derived.clusters.installed import installed
from estate.derived.clusters.software import Software
from tests.model.access.estates import organization
from tests.model.vmware.test_user_cluster_backup import BACKUP, CERTIFICATE
from tests.operations.check.prerequisites_asked import on_prem


def found(**backup: Any) -> list[Software]:
    """What the cluster gets."""
    one = on_prem(user_clusters__apps__backup={**BACKUP, **backup})
    return list(installed(organization(promotion=("dev",)), one, "apps"))


def test_velero_keeps_what_the_cluster_holds_below_its_name() -> None:
    """Volumes file by file; credentials by the name of a Secret that people make."""
    [velero] = found()

    values = velero.values
    assert (velero.name, velero.namespace) == ("velero", "velero")
    assert values["credentials"] == {"useSecret": True, "existingSecret": "velero-bucket"}
    assert values["configuration"] == {
        "backupStorageLocation": [
            {
                "name": "default",
                "provider": "aws",
                "default": True,
                "bucket": "kl-backups",
                "prefix": "kl-dev-apps",
                "config": {
                    "region": "us-east-1",
                    "s3ForcePathStyle": "true",
                    "s3Url": "https://s3.example.com:9000",
                    "checksumAlgorithm": "",
                },
            }
        ],
        "defaultVolumesToFsBackup": True,
    }
    assert (values["deployNodeAgent"], values["snapshotsEnabled"]) == (True, False)


def test_a_store_s_own_authority_is_told() -> None:
    """As Velero takes it, in base64."""
    [velero] = found(ca_certificate=CERTIFICATE)

    configuration = velero.values["configuration"]
    assert isinstance(configuration, dict)
    [location] = configuration["backupStorageLocation"]
    assert base64.b64decode(location["caCert"]).decode() == CERTIFICATE


def test_nothing_is_installed_where_nothing_is_asked_for() -> None:
    """As before."""
    assert list(installed(organization(promotion=("dev",)), on_prem(), "apps")) == []
