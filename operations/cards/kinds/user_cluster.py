"""User clusters on VMware."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from estate.model.vmware.user_cluster import UserClusterConfig
from estate.model.vmware.vcenter import HOSTS_TO_SPREAD_OVER
from operations.cards.card import Card, Entity, Feature, Promoted, Step, Version, Weight, certain, row
from operations.cards.steps.way_in import into_user_cluster


def _summary(entity: Entity[UserClusterConfig]) -> str:
    cluster = entity.config
    balancer = "MetalLB" if cluster.load_balancer.metal_lb else "manual load balancer"
    return (
        f"{cluster.version}, {cluster.network.cidr} on {cluster.network.port_group}, API at "
        f"{cluster.control_plane.vip}, ingress at {cluster.load_balancer.ingress_vip} by {balancer}"
    )


def _warnings(entity: Entity[UserClusterConfig]) -> Iterator[tuple[Weight, str]]:
    yield from _nodes_together(entity)
    network = entity.config.network
    for path, cidr in network.public_islands():
        yield (
            Weight.BROKEN,
            f"user cluster {entity.key} has network.{path[0]} {cidr}, outside the private ranges: its pods do not reach "
            "whoever has these addresses elsewhere; a new cluster takes a private range",
        )
    for (field, _), server in network.servers_said_twice():
        yield (
            Weight.FRAGILE,
            f"user cluster {entity.key} names {field} server {server} twice in network.{field}, which helps nobody",
        )
    clusters = certain(entity.environment.vmware).user_clusters
    for other, neighbour in takewhile(lambda one: one[0] != entity.key, clusters.items()):
        for field in ("gateway", "port_group"):
            mine, theirs = getattr(network, field), getattr(neighbour.network, field)
            if neighbour.network.cidr == network.cidr and mine != theirs:
                yield (
                    Weight.BROKEN,
                    f"user cluster {entity.key} has network.{field} {mine} in the subnet of {other}, which has "
                    f"{theirs}: look whether both are right",
                )


def _nodes_together(entity: Entity[UserClusterConfig]) -> Iterator[tuple[Weight, str]]:
    vcenter = certain(entity.environment.vmware).vcenter_of(entity.key)
    if not vcenter.spreads_nodes:
        yield (
            Weight.FRAGILE,
            f"user cluster {entity.key} has {vcenter.hosts} of the {HOSTS_TO_SPREAD_OVER} physical hosts that keep its "
            "nodes apart: losing one may stop its control plane",
        )
    elif not entity.config.spreads_nodes(vcenter):
        yield (
            Weight.FRAGILE,
            f"user cluster {entity.key} does not keep its nodes on different physical hosts, anti_affinity: false: "
            "losing one may stop its control plane",
        )


def _steps(entity: Entity[UserClusterConfig]) -> Iterator[Step]:
    yield into_user_cluster(entity)


CARD = Card(
    path="vmware.user_clusters.*",
    models=(UserClusterConfig,),
    noun="user cluster",
    parts=("load_balancer", "vcenter"),
    rows=row(_summary),
    warnings=_warnings,
    steps=_steps,
    collections={"UserClusters": "user cluster"},
    stateful={
        "google_gkeonprem_vmware_cluster": "with it go its nodes, its etcd, the volumes that no retain policy keeps, "
        "and its fleet membership"
    },
    version=Version("google_gkeonprem_vmware_cluster", "on_prem_version"),
    promoted=Promoted("version", "on_prem_version"),
    feature=Feature("vmware.user_clusters", "google_gkeonprem_vmware_cluster.*"),
)
