"""Node pools of GKE clusters."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.google.gke_node_pool import GkeNodePoolConfig
from operations.cards.card import Card, Entity, Size, Version, Weight, certain, row


def _summary(entity: Entity[GkeNodePoolConfig]) -> str:
    pool = entity.config
    spot = ", spot" if pool.spot else ""
    return f"{pool.min_nodes} to {pool.max_nodes} nodes, {pool.machine_type}, {pool.disk_size_gb} GB{spot}"


def _warnings(entity: Entity[GkeNodePoolConfig]) -> Iterator[tuple[Weight, str]]:
    pool, cluster = entity.config, certain(entity.environment.google).gke_clusters[entity.keys[0]]
    first = cluster.first_nodes(pool) * cluster.zone_count
    if first < pool.min_nodes:
        yield (
            Weight.TOLD,
            f"node pool {entity.key} of {entity.keys[0]} is made with {first} nodes, as many in each of {cluster.zone_count} "
            f"zones, and GKE comes up to min_nodes {pool.min_nodes} when pods need nodes, not before",
        )


CARD = Card(
    path="google.gke_clusters.*.node_pools.*",
    models=(GkeNodePoolConfig,),
    noun="node pool",
    rows=row(_summary),
    warnings=_warnings,
    collections={"NodePools": "node pool"},
    version=Version("google_container_node_pool", "version", cluster="cluster", control_plane=False),
    size=Size("GKE pool", "min_nodes", "max_nodes"),
)
