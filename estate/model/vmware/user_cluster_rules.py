"""The rules inside one user cluster: its version, its control plane, its nodes, its addresses."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from estate.model.addresses import AddressRange, usable
from estate.model.rules import Path, Violation
from estate.model.vmware.versions import minor, supported, why_unsupported

if TYPE_CHECKING:
    from estate.model.vmware.user_cluster import UserClusterConfig

CONTROL_PLANE_NODES: Final = 3
SURGE_NODES: Final = 1
"""Nodes that an update adds before it takes one away."""


class Use(NamedTuple):
    """Addresses of a cluster.

    Attributes:
        path: where they stand, from the cluster.
        addresses: which they are.
        words: what they are for.
    """

    path: Path
    addresses: AddressRange
    words: str


def version_violations(cluster: UserClusterConfig) -> Iterator[Violation]:
    """Check the version, and what depends on it."""
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


def control_plane_violations(cluster: UserClusterConfig) -> Iterator[Violation]:
    """Check the number of the control plane's addresses."""
    ips = cluster.control_plane.ips
    if len(ips) != CONTROL_PLANE_NODES:
        yield Violation(
            ("control_plane", "ips"),
            f"must have exactly {CONTROL_PLANE_NODES} addresses, one for each control plane node, got {len(ips)}; "
            + ("add what is missing" if len(ips) < CONTROL_PLANE_NODES else "take out what is too many"),
        )


def node_violations(cluster: UserClusterConfig) -> Iterator[Violation]:
    """Check that there are addresses for all workers, and nodes for the load balancer."""
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


def address_violations(cluster: UserClusterConfig) -> Iterator[Violation]:
    """Check every address against the subnet and against every other."""
    yield from _ingress_vip_is_in_a_pool(cluster)
    yield from _lie_in_the_subnet(cluster)
    yield from _are_used_once(cluster)
    yield from _leave_servers_alone(cluster)
    yield from _host_names_are_of_nodes(cluster)


def _ingress_vip_is_in_a_pool(cluster: UserClusterConfig) -> Iterator[Violation]:
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


def _lie_in_the_subnet(cluster: UserClusterConfig) -> Iterator[Violation]:
    """A manual load balancer may stand elsewhere, and so may the addresses that it serves."""
    subnet = usable(cluster.network.cidr)
    anywhere = {"control plane vip", "ingress vip"} if cluster.load_balancer.manual else set()
    for path, addresses, words in cluster.uses():
        if words not in anywhere and not addresses.within(subnet):
            yield Violation(
                path,
                f"must lie inside network.cidr {cluster.network.cidr}, its first and last address left out, "
                f"got {addresses} for the {words}",
            )


def _are_used_once(cluster: UserClusterConfig) -> Iterator[Violation]:
    for one, other in combinations(cluster.uses(), 2):
        if one.addresses.overlaps(other.addresses):
            where = ".".join(map(str, one.path))
            yield Violation(
                other.path,
                f"must not overlap {where} {one.addresses} ({one.words}), got {other.addresses} for the "
                f"{other.words}; choose free addresses",
            )


def _leave_servers_alone(cluster: UserClusterConfig) -> Iterator[Violation]:
    """The router may serve names and time as well; a node or a virtual address may not."""
    for path, addresses, words in cluster.uses():
        for field in ("dns", "ntp"):
            for position, server in enumerate(getattr(cluster.network, field)):
                if server in addresses and words != "gateway":
                    yield Violation(
                        ("network", field, position),
                        f"must be outside {'.'.join(map(str, path))} {addresses} ({words}), got {server}; "
                        "take it out of there, or name another server",
                    )


def _host_names_are_of_nodes(cluster: UserClusterConfig) -> Iterator[Violation]:
    nodes = [AddressRange.of(address) for address in cluster.control_plane.ips] + [*cluster.network.node_ips]
    for address in cluster.network.hostnames:
        if not any(address in one for one in nodes):
            yield Violation(
                ("network", "hostnames", str(address)),
                f"must be one of network.node_ips or control_plane.ips, got {address}; take the name out",
            )
