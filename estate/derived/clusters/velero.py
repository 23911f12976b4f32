"""How Velero is installed, wherever it is: what it saves, when, and for how long.

What each cluster has of its own and gets anew by its own ways is left out of a backup: the system's namespaces, the agents of
the fleet, whoever applies its manifests, and Velero itself. Settings are those of the chart:
https://github.com/vmware-tanzu/helm-charts/tree/main/charts/velero (2026-11-30).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from estate.facts.software import packages
from estate.model.aws.eks_backup import BACKUP_OF
from estate.model.velero_schedule import VeleroSchedule

SCHEDULE: Final = "velero-daily"
"""Name of the schedule in the cluster, which the names of its backups begin with."""

OF_THE_CLUSTER: Final = (
    "argocd",
    "config-management-monitoring",
    "config-management-system",
    "gke-connect",
    "gke-system",
    "kube-node-lease",
    "kube-public",
    "kube-system",
    "resource-group-system",
    "velero",
)
"""Namespaces that are in no backup."""


def velero(cluster: str, config: VeleroSchedule, place: Mapping[str, object]) -> Mapping[str, object]:
    """Settings of its chart; nothing secret.

    Args:
        cluster: the cluster's name, which its backups and snapshots carry.
        config: when it is backed up.
        place: where it is kept and as whom, in the chart's words.
    """
    template = {
        # Explicit ones stand in the place of the schedule's own, and are the tags of snapshots.
        "metadata": {"labels": {BACKUP_OF: cluster}},
        "ttl": config.ttl,
        "excludedNamespaces": list(OF_THE_CLUSTER),
    }
    return {
        # A job of the chart, which Config Sync would apply as an object like any other; whoever installs brings them.
        "upgradeCRDs": False,
        "initContainers": [
            {
                "name": "velero-plugin-for-aws",
                "image": packages()["velero"].images["velero-plugin-for-aws"],
                "volumeMounts": [{"mountPath": "/target", "name": "plugins"}],
            }
        ],
        **place,
        "schedules": {"daily": {"schedule": config.cron_schedule, "template": template}},
    }
