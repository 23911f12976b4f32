"""Resource pools in vCenter, one a cluster."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.vmware.vsphere.placement import pool_name
from estate.model.vmware.user_cluster import UserClusterConfig
from estate.model.vmware.vsphere.resource_pool import ResourcePoolConfig, ShareLevel
from operations.cards.card import NOTHING_ELSE, Card, Entity, Weight, certain, row


def _summary(entity: Entity[ResourcePoolConfig]) -> str:
    name = pool_name(certain(entity.environment.vmware), *entity.names, entity.key)
    return f"{name}, {_allocations(entity.config)}"


def _allocations(pool: ResourcePoolConfig) -> str:
    """Shares, reservation and limit of both, where they say anything."""
    parts = []
    sizes = (
        ("CPU", pool.cpu, pool.cpu.reservation_mhz, pool.cpu.limit_mhz, "MHz"),
        ("memory", pool.memory, pool.memory.reservation_mb, pool.memory.limit_mb, "MiB"),
    )
    for what, allocation, reservation, limit, unit in sizes:
        is_custom = allocation.share_level is ShareLevel.CUSTOM
        shares = f"{allocation.shares}" if is_custom else allocation.share_level.value
        words = [
            f"{what} {shares} shares",
            *([f"{reservation} {unit} reserved"] if reservation else []),
            *([f"at most {limit} {unit}"] if limit else []),
        ]
        parts.append(", ".join(words))
    return "; ".join(parts)


def _warnings(entity: Entity[ResourcePoolConfig]) -> Iterator[tuple[Weight, str]]:
    cluster = certain(entity.environment.vmware).user_clusters.get(entity.key)
    limit = entity.config.memory.limit_mb
    if cluster and limit is not None and limit < _memory_mb(cluster):
        yield (
            Weight.BROKEN,
            f"resource pool {entity.key} is limited to {limit} MiB, and the cluster's nodes have "
            f"{_memory_mb(cluster)} MiB at most: vSphere then swaps them out",
        )


def _memory_mb(cluster: UserClusterConfig) -> int:
    """Memory of all nodes at their largest number, in MiB."""
    control_plane = len(cluster.control_plane.ips) * cluster.control_plane.memory_mb
    return control_plane + sum(pool.most_nodes * pool.memory_mb for pool in cluster.node_pools.values())


CARD = Card(
    path="vmware.vsphere.resource_pools.*",
    models=(ResourcePoolConfig,),
    noun="resource pool",
    rows=row(_summary),
    warnings=_warnings,
    collections={"ResourcePools": "resource pool"},
    stateful={"vsphere_resource_pool": NOTHING_ELSE},
)
