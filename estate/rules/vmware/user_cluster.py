"""Rules inside one user cluster: its version, its control plane, its nodes, its addresses."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from estate.facts.vmware.versions import minor, supported, why_unsupported
from estate.model.addresses import AddressRange, usable
from estate.model.rules import Violation, rule
from estate.model.vmware.user_cluster import SURGE_NODES, UserClusterConfig

CONTROL_PLANE_NODES: Final = 3
MOST_NODE_ADDRESSES: Final = 4096
"""Addresses of workers that a file may hold, many times the nodes of the largest cluster: each is one of the plan."""


@rule(on=UserClusterConfig)
def versions_are_supported(cluster: UserClusterConfig) -> Iterator[Violation]:
    """The version is supported, and takes the image of every pool."""
    why = why_unsupported(cluster.version)
    if why:
        yield Violation(("version",), why)
        return
    allowed = supported()[minor(cluster.version)].image_types
    for name, pool in cluster.node_pools.items():
        # Windows is refused by the pool itself, with its own reason.
        if pool.image_type not in allowed:
            yield Violation(
                ("node_pools", name, "image_type"),
                f"must be {' or '.join(allowed)} with version {cluster.version}, got {pool.image_type}",
                ("version",),
            )


@rule(on=UserClusterConfig)
def control_plane_nodes_have_addresses(cluster: UserClusterConfig) -> Iterator[Violation]:
    """Each of the three control plane nodes has an address."""
    ips = cluster.control_plane.ips
    if len(ips) != CONTROL_PLANE_NODES:
        yield Violation(
            ("control_plane", "ips"),
            f"must have exactly {CONTROL_PLANE_NODES} addresses, one for each control plane node, got {len(ips)}; "
            + ("add what is missing" if len(ips) < CONTROL_PLANE_NODES else "take out what is too many"),
        )


@rule(on=UserClusterConfig)
def workers_have_addresses(cluster: UserClusterConfig) -> Iterator[Violation]:
    """There are addresses for all workers at most, and one for what an update adds."""
    network = cluster.network
    have = sum(map(len, network.node_ips))
    need = cluster.most_nodes + SURGE_NODES
    if network.node_ips and have < need:
        yield Violation(
            ("network", "node_ips"),
            f"must have at least {need} addresses, for {cluster.most_nodes} workers at most and {SURGE_NODES} that "
            f"an update adds, got {have}; add {need - have}",
            ("node_pools",),
        )


@rule(on=UserClusterConfig)
def workers_addresses_are_a_clusters(cluster: UserClusterConfig) -> Iterator[Violation]:
    """Addresses of workers are as many as one cluster may use, and not a whole network."""
    have = sum(map(len, cluster.network.node_ips))
    if have > MOST_NODE_ADDRESSES:
        yield Violation(
            ("network", "node_ips"),
            f"must have at most {MOST_NODE_ADDRESSES} addresses, each of which is said to the service, got {have}; list "
            "those that are kept for this cluster's workers",
        )


@rule(on=UserClusterConfig)
def versions_take_host_groups(cluster: UserClusterConfig) -> Iterator[Violation]:
    """Host groups are of versions that have them."""
    rules = supported().get(minor(cluster.version))
    for name, pool in cluster.node_pools.items() if rules and not rules.host_groups else ():
        if pool.host_groups:
            yield Violation(
                ("node_pools", name, "host_groups"),
                f"must be left out with version {cluster.version}, whose clusters are advanced ones and have no host "
                f"groups; got {', '.join(pool.host_groups)}",
                ("version",),
            )


@rule(on=UserClusterConfig)
def load_balancers_have_nodes(cluster: UserClusterConfig) -> Iterator[Violation]:
    """MetalLB runs on a pool, and a load balancer of the data center on none."""
    serving = [name for name, pool in cluster.node_pools.items() if pool.load_balancer]
    if cluster.load_balancer.metal_lb and not serving:
        yield Violation(
            ("node_pools",),
            "must have a pool with load_balancer: true for MetalLB to run on, got none; say it of one",
            ("node_pools",),
        )
    if cluster.load_balancer.manual:
        for name in serving:
            yield Violation(
                ("node_pools", name, "load_balancer"),
                "must be left out with a manual load balancer; it is for MetalLB",
            )


@rule(on=UserClusterConfig)
def ingress_vip_is_in_a_pool(cluster: UserClusterConfig) -> Iterator[Violation]:
    """MetalLB's ingress address is of one of its pools."""
    metal_lb = cluster.load_balancer.metal_lb
    if metal_lb and not any(metal_lb.ingress_vip in addresses for _, addresses, _ in metal_lb.uses()):
        pools = "; ".join(
            f"{name}: {', '.join(map(str, pool.addresses))}" for name, pool in metal_lb.pools.items()
        )
        yield Violation(
            ("load_balancer", "metal_lb", "ingress_vip"),
            f"must be an address of one of the pools ({pools}), got {metal_lb.ingress_vip}; "
            f"add a pool with {metal_lb.ingress_vip}",
            ("load_balancer", "metal_lb", "pools"),
        )


@rule(on=UserClusterConfig)
def addresses_lie_in_the_subnet(cluster: UserClusterConfig) -> Iterator[Violation]:
    """Addresses lie in the nodes' subnet, but for what a manual load balancer serves, which may stand elsewhere."""
    subnet = usable(cluster.network.cidr)
    anywhere = {"control plane vip", "ingress vip"} if cluster.load_balancer.manual else set()
    for path, addresses, words in cluster.uses():
        if words not in anywhere and not addresses.within(subnet):
            yield Violation(
                path,
                f"must lie inside network.cidr {cluster.network.cidr}, its first and last address left out, "
                f"got {addresses} for the {words}",
            )


@rule(on=UserClusterConfig)
def addresses_are_used_once(cluster: UserClusterConfig) -> Iterator[Violation]:
    """No address of a cluster is used twice in it."""
    for one, other in combinations(cluster.uses(), 2):
        if one.addresses.overlaps(other.addresses):
            yield Violation(
                other.path,
                f"must not overlap {one} ({one.words}), got {other.addresses} for the {other.words}; "
                "choose free addresses",
            )


@rule(on=UserClusterConfig)
def addresses_leave_servers_alone(cluster: UserClusterConfig) -> Iterator[Violation]:
    """No node or virtual address is that of a server for names or time, which only the router may be."""
    for use in cluster.uses():
        for field, position, server in cluster.network.servers():
            if server in use.addresses and use.words != "gateway":
                yield Violation(
                    ("network", field, position),
                    f"must be outside {use} ({use.words}), got {server}; take it out of there, or name another server",
                )


@rule(on=UserClusterConfig)
def host_names_are_of_nodes(cluster: UserClusterConfig) -> Iterator[Violation]:
    """Host names are given to addresses of nodes."""
    nodes = [AddressRange.of(address) for address in cluster.control_plane.ips] + [*cluster.network.node_ips]
    for address in cluster.network.hostnames:
        if not any(address in one for one in nodes):
            yield Violation(
                ("network", "hostnames", str(address)),
                f"must be one of network.node_ips or control_plane.ips, got {address}; take the name out",
            )
