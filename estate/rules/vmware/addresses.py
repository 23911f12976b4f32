"""Rules on the addresses of the clusters on VMware in one environment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.model.addresses import AddressRange, overlapping
from estate.model.rules import Violation, rule
from estate.model.vmware.load_balancer import LOAD_BALANCER_POOL
from estate.model.vmware.vmware import VmwareConfig

_SHARED: Final = frozenset({"gateway"})


@rule(on=VmwareConfig)
def networks_are_the_same_or_apart(vmware: VmwareConfig) -> Iterator[Violation]:
    """Clusters may share a subnet, and then mean the same one."""
    networks = [(key, cluster.network) for key, cluster in vmware.user_clusters.items()]
    ranges = [AddressRange.of(network.cidr) for _, network in networks]
    for first, second in overlapping(ranges, ranges):
        (one, mine), (other, theirs) = networks[first], networks[second]
        if first < second and mine.cidr != theirs.cidr:
            yield Violation(
                ("user_clusters", other, "network", "cidr"),
                f"must be that of {one}, {mine.cidr}, which it overlaps; got {theirs.cidr}",
            )


@rule(on=VmwareConfig)
def no_address_belongs_to_two(vmware: VmwareConfig) -> Iterator[Violation]:
    """No address belongs to two clusters, or to one and the admin cluster or its workstation."""
    uses = [*((None, use) for use in vmware.admin_uses()), *vmware.cluster_uses()]
    ranges = [use.addresses for _, use in uses]
    for first, second in overlapping(ranges, ranges):
        (one, mine), (other, theirs) = uses[first], uses[second]
        # A cluster's own addresses are judged with the cluster.
        of_one_cluster = one is not None and one == other
        both_routers = mine.words in _SHARED and theirs.words in _SHARED
        if first < second and not of_one_cluster and not both_routers:
            yield Violation(
                theirs.path,
                f"must not overlap {mine} ({mine.words}), got {theirs.addresses} for the {theirs.words}; "
                "choose free addresses",
            )


@rule(on=VmwareConfig)
def servers_are_no_nodes_of_others(vmware: VmwareConfig) -> Iterator[Violation]:
    """No server for names or time is a node of another cluster; at one of its pools a service may answer."""
    servers = [
        (key, field, position, server)
        for key, cluster in vmware.user_clusters.items()
        for field, position, server in cluster.network.servers()
    ]
    nodes = [
        (key, use)
        for key, use in vmware.cluster_uses()
        if use.words not in _SHARED and not use.words.startswith(LOAD_BALANCER_POOL)
    ]
    for asked, used in overlapping(
        [AddressRange.of(server) for *_, server in servers], [use.addresses for _, use in nodes]
    ):
        # A cluster's own nodes are judged with the cluster.
        (key, field, position, server), (other, use) = servers[asked], nodes[used]
        yield Violation(
            ("user_clusters", key, "network", field, position),
            f"must be outside {use} ({use.words} of {other}), got {server}; name another server",
        )
