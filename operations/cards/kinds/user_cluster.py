"""User clusters on VMware."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.vmware.user_cluster import UserClusterConfig
from estate.model.vmware.vcenter import HOSTS_TO_SPREAD_OVER
from operations.cards.card import Card, Entity, Feature, Promoted, Version, Weight, certain, row


def _summary(entity: Entity[UserClusterConfig]) -> str:
    cluster = entity.config
    balancer = "MetalLB" if cluster.load_balancer.metal_lb else "manual load balancer"
    return (
        f"{cluster.version}, {cluster.network.cidr} on {cluster.network.port_group}, API at "
        f"{cluster.control_plane.vip}, ingress at {cluster.load_balancer.ingress_vip} by {balancer}"
    )


def _warnings(entity: Entity[UserClusterConfig]) -> Iterator[tuple[Weight, str]]:
    hosts = certain(entity.environment.vmware).vcenter_of(entity.key).hosts
    if hosts is not None and hosts < HOSTS_TO_SPREAD_OVER:
        yield (
            Weight.FRAGILE,
            f"user cluster {entity.key} has {hosts} of the {HOSTS_TO_SPREAD_OVER} physical hosts that keep its nodes "
            "apart: losing one may stop its control plane",
        )


CARD = Card(
    path="vmware.user_clusters.*",
    models=(UserClusterConfig,),
    noun="user cluster",
    parts=("load_balancer", "vcenter"),
    rows=row(_summary),
    warnings=_warnings,
    collections={"UserClusters": "user cluster"},
    stateful={
        "google_gkeonprem_vmware_cluster": "with it go its nodes, its etcd, the volumes that no retain policy keeps, "
        "and its fleet membership"
    },
    version=Version("google_gkeonprem_vmware_cluster", "on_prem_version"),
    promoted=Promoted("version", "on_prem_version"),
    feature=Feature("vmware.user_clusters", "google_gkeonprem_vmware_cluster.*"),
)
