"""Node pools of GKE clusters."""

from __future__ import annotations

from estate.model.google.gke_node_pool import GkeNodePoolConfig
from operations.cards.card import Card, Entity, Size, Version, row


def _summary(entity: Entity[GkeNodePoolConfig]) -> str:
    pool = entity.config
    spot = ", spot" if pool.spot else ""
    return f"{pool.min_nodes} to {pool.max_nodes} nodes, {pool.machine_type}, {pool.disk_size_gb} GB{spot}"


CARD = Card(
    path="google.gke_clusters.*.node_pools.*",
    models=(GkeNodePoolConfig,),
    noun="node pool",
    rows=row(_summary),
    collections={"NodePools": "node pool"},
    version=Version("google_container_node_pool", "version", cluster="cluster", control_plane=False),
    size=Size("GKE pool", "min_nodes", "max_nodes"),
)
