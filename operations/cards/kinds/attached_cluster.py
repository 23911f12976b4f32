"""The fleet membership of an EKS cluster, with Google's software in it.

Its platform version follows the cluster's and stands in a state of its own, so promotion shows it and judges it not.
"""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.aws.eks_attach import AttachConfig
from operations.cards.card import Card, Entity, Size, Version, Weight, row


def _summary(entity: Entity[AttachConfig]) -> str:
    attach = entity.config
    logs = ", ".join(attach.logging) or "none"
    metrics = "on" if attach.managed_prometheus else "off"
    return f"platform {attach.platform_version}, logs {logs}, managed Prometheus {metrics}"


def _warnings(entity: Entity[AttachConfig]) -> Iterator[tuple[Weight, str]]:
    if entity.config.managed_prometheus:
        yield (
            Weight.TOLD,
            f"EKS cluster {entity.key} sends metrics to Managed Service for Prometheus, charged by the sample",
        )


CARD = Card(
    path="aws.eks_clusters.*.attach",
    models=(AttachConfig,),
    noun="fleet membership",
    rows=row(_summary),
    warnings=_warnings,
    collections={"AttachedClusters": "attached cluster"},
    stateful={
        "google_container_attached_cluster": "with it go its membership and all access by the Connect gateway; the "
        "cluster itself stays"
    },
    version=Version("google_container_attached_cluster", "platform_version"),
    size=Size("attached platform", fixed="platform_version"),
)
