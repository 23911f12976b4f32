"""Rules on the addresses of the clusters on VMware in one environment."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from estate.model.rules import Violation, rule
from estate.model.vmware.load_balancer import LOAD_BALANCER_POOL
from estate.model.vmware.vmware import VmwareConfig

_SHARED: Final = frozenset({"gateway"})


@rule(on=VmwareConfig)
def networks_are_the_same_or_apart(vmware: VmwareConfig) -> Iterator[Violation]:
    """Clusters may share a subnet, and then mean the same one."""
    for (one, cluster), (other, second) in combinations(vmware.user_clusters.items(), 2):
        mine, theirs = cluster.network, second.network
        if not mine.cidr.overlaps(theirs.cidr):
            continue
        for field in ("cidr", "gateway", "port_group"):
            if getattr(mine, field) != getattr(theirs, field):
                yield Violation(
                    ("user_clusters", other, "network", field),
                    f"must be that of {one}, {getattr(mine, field)}, because network.cidr {theirs.cidr} "
                    f"overlaps that of {one}; got {getattr(theirs, field)}",
                )


@rule(on=VmwareConfig)
def no_address_belongs_to_two(vmware: VmwareConfig) -> Iterator[Violation]:
    """No address belongs to two clusters, or to one and the admin cluster or its workstation."""
    uses = [*((None, use) for use in vmware.admin_uses()), *vmware.cluster_uses()]
    for (one, mine), (other, theirs) in combinations(uses, 2):
        # A cluster's own addresses are judged with the cluster.
        of_one_cluster = one is not None and one == other
        both_routers = mine.words in _SHARED and theirs.words in _SHARED
        if of_one_cluster or both_routers or not mine.addresses.overlaps(theirs.addresses):
            continue
        yield Violation(
            theirs.path,
            f"must not overlap {'.'.join(map(str, mine.path))} {mine.addresses} ({mine.words}), "
            f"got {theirs.addresses} for the {theirs.words}; choose free addresses",
        )


@rule(on=VmwareConfig)
def servers_are_no_nodes_of_others(vmware: VmwareConfig) -> Iterator[Violation]:
    """No server for names or time is a node of another cluster; at one of its pools a service may answer."""
    for key, cluster in vmware.user_clusters.items():
        for other, use in vmware.cluster_uses():
            if other == key or use.words in _SHARED or use.words.startswith(LOAD_BALANCER_POOL):
                continue
            for field in ("dns", "ntp"):
                for position, server in enumerate(getattr(cluster.network, field)):
                    if server in use.addresses:
                        yield Violation(
                            ("user_clusters", key, "network", field, position),
                            f"must be outside {'.'.join(map(str, use.path))} {use.addresses} ({use.words} of "
                            f"{other}), got {server}; name another server",
                        )
