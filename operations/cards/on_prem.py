"""What the on-prem half of an environment contains, and in which phase it is."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.vmware.node_pool import NodePoolConfig
from estate.model.vmware.user_cluster import UserClusterConfig
from estate.model.vmware.vmware import Phase, VmwareConfig
from operations.cards.content import Content

_NEXT = {
    Phase.FOUNDATION: ", 1 of 3: next, deploy it, do what --prerequisites says, and write admin_cluster",
    Phase.ADMIN_CLUSTER: ", 2 of 3: next, write user_clusters and deploy them",
    Phase.USER_CLUSTERS: ", 3 of 3: next, deploy it",
}
"""What a person does in each phase."""


def vmware_contents(vmware: VmwareConfig) -> Iterator[Content]:
    """Yield every entity of the section."""
    yield Content(
        "vmware", "on-prem clusters", f"in {vmware.location}, phase {vmware.phase}{_NEXT[vmware.phase]}"
    )
    if vmware.admin_workstation:
        ip = vmware.admin_workstation.ip
        ours = vmware.vsphere.workstations if vmware.vsphere else {}
        made = next(
            (f"vsphere.workstations.{key}" for key, one in ours.items() if one.ip == ip), "made by hand"
        )
        yield Content("vmware.admin_workstation", "admin workstation", f"{ip}, {made}")
    if vmware.admin_cluster:
        admin = vmware.admin_cluster
        yield Content("vmware.admin_cluster", "admin cluster", f"{admin.name}, {admin.version}, made by hand")
    for key, cluster in sorted(vmware.user_clusters.items()):
        path = f"vmware.user_clusters.{key}"
        yield Content(path, "user cluster", _user_cluster(cluster))
        for name, pool in sorted(cluster.node_pools.items()):
            yield Content(f"{path}.node_pools.{name}", "node pool", _node_pool(pool))


def _user_cluster(cluster: UserClusterConfig) -> str:
    balancer = "MetalLB" if cluster.load_balancer.metal_lb else "manual load balancer"
    return (
        f"{cluster.version}, {cluster.network.cidr} on {cluster.network.port_group}, API at "
        f"{cluster.control_plane.vip}, ingress at {cluster.load_balancer.ingress_vip} by {balancer}"
    )


def _node_pool(pool: NodePoolConfig) -> str:
    size = (
        f"{pool.autoscaling.min_replicas} to {pool.autoscaling.max_replicas}"
        if pool.autoscaling
        else str(pool.replicas)
    )
    serves = ", load balancer" if pool.load_balancer else ""
    return f"{size} nodes, {pool.cpus} CPUs, {pool.memory_mb} MiB, {pool.image_type}{serves}"
