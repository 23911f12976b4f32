"""Node pools of user clusters on VMware."""

from __future__ import annotations

from estate.model.vmware.node_pool import NodePoolConfig
from operations.cards.card import Card, Entity, Size, Version, row


def _summary(entity: Entity[NodePoolConfig]) -> str:
    pool = entity.config
    size = (
        f"{pool.autoscaling.min_replicas} to {pool.autoscaling.max_replicas}"
        if pool.autoscaling
        else str(pool.replicas)
    )
    serves = ", load balancer" if pool.load_balancer else ""
    return f"{size} nodes, {pool.cpus} CPUs, {pool.memory_mb} MiB, {pool.image_type}{serves}"


CARD = Card(
    path="vmware.user_clusters.*.node_pools.*",
    models=(NodePoolConfig,),
    noun="node pool",
    parts=("autoscaling",),
    rows=row(_summary),
    collections={"NodePools": "node pool"},
    version=Version(
        "google_gkeonprem_vmware_node_pool", "on_prem_version", cluster="vmware_cluster", control_plane=False
    ),
    size=Size("pool", "autoscaling.min_replicas", "autoscaling.max_replicas", fixed="replicas"),
)
