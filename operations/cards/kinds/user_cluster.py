"""User clusters on VMware."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import Final

from estate.model.vmware.user_cluster import SURGE_NODES, UserClusterConfig
from estate.model.vmware.vcenter import HOSTS_TO_SPREAD_OVER
from operations.cards.card import Card, Entity, Feature, Promoted, Step, Version, Weight, certain, row
from operations.cards.steps.lost_user_cluster import lost_user_cluster
from operations.cards.steps.software import software_steps
from operations.cards.steps.velero import secrets_of_velero
from operations.cards.steps.way_in import into_user_cluster

# kube-controller-manager's --node-cidr-mask-size, a /24, which the 110 pods of a node here need:
# https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/ and
# https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/vmware/docs/concepts/scalability (excerpt, 2026-11-30)
_ADDRESSES_OF_A_NODES_PODS: Final = 256


def _summary(entity: Entity[UserClusterConfig]) -> str:
    cluster = entity.config
    balancer = "MetalLB" if cluster.load_balancer.metal_lb else "manual load balancer"
    return (
        f"{cluster.version}, {cluster.network.cidr} on {cluster.network.port_group}, API at "
        f"{cluster.control_plane.vip}, ingress at {cluster.load_balancer.ingress_vip} by {balancer}"
    )


def _warnings(entity: Entity[UserClusterConfig]) -> Iterator[tuple[Weight, str]]:
    yield from _nodes_together(entity)
    yield from _nodes_without_pods(entity)
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


def _nodes_without_pods(entity: Entity[UserClusterConfig]) -> Iterator[tuple[Weight, str]]:
    """Every node, of the control plane too, has a /24 of the pods' range."""
    cluster = entity.config
    nodes = len(cluster.control_plane.ips) + cluster.most_nodes + SURGE_NODES
    room = cluster.network.pods.num_addresses // _ADDRESSES_OF_A_NODES_PODS
    if nodes > room:
        yield (
            Weight.BROKEN,
            f"user cluster {entity.key} may have {nodes} nodes, control plane and an update's included, and network.pods "
            f"{cluster.network.pods} has a /24 for {room}: pods will not start on the others; have fewer nodes, or make a "
            "new cluster with a larger range",
        )


def _steps(entity: Entity[UserClusterConfig]) -> Iterator[Step]:
    yield into_user_cluster(entity)
    if entity.config.backup:
        yield from secrets_of_velero(entity.environment.environment, entity.key, entity.config.backup.secret)
    yield from software_steps(entity.organization, entity.environment, entity.key)


CARD = Card(
    path="vmware.user_clusters.*",
    models=(UserClusterConfig,),
    noun="user cluster",
    parts=("load_balancer", "vcenter"),
    rows=row(_summary),
    warnings=_warnings,
    steps=_steps,
    lost=lost_user_cluster,
    collections={"UserClusters": "user cluster"},
    stateful={
        "google_gkeonprem_vmware_cluster": "with it go its nodes, its etcd, the volumes that no retain policy keeps, "
        "and its fleet membership"
    },
    version=Version("google_gkeonprem_vmware_cluster", "on_prem_version"),
    promoted=Promoted("version", "on_prem_version"),
    feature=Feature("vmware.user_clusters", "google_gkeonprem_vmware_cluster.*"),
)
