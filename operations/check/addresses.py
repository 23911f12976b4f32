"""Who uses which address of a user cluster's subnet, and what is left free."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from estate.model.addresses import AddressRange, usable
from estate.model.vmware.user_cluster import SURGE_NODES, UserClusterConfig
from estate.model.vmware.vmware import VmwareConfig


@dataclass(frozen=True, order=True)
class AddressRow:
    """Addresses with their user.

    Attributes:
        addresses: which they are.
        who: what they are for.
    """

    addresses: AddressRange
    who: str


@dataclass(frozen=True)
class AddressPlan:
    """A user cluster's subnet.

    Attributes:
        cidr: the subnet.
        used: its addresses with their users, in order; what other clusters use of it too.
        free: its addresses that nobody uses, in order.
    """

    cidr: str
    used: tuple[AddressRow, ...]
    free: tuple[AddressRange, ...]

    @property
    def free_count(self) -> int:
        """How many addresses nobody uses."""
        return sum(map(len, self.free))


def address_plans(vmware: VmwareConfig) -> Iterator[tuple[str, AddressPlan]]:
    """Yield the plan of every user cluster, by key."""
    for key, cluster in sorted(vmware.user_clusters.items()):
        used = tuple(sorted({*_own(cluster), *_servers(cluster), *_neighbours(vmware, key, cluster)}))
        free = usable(cluster.network.cidr).without(row.addresses for row in used)
        yield key, AddressPlan(str(cluster.network.cidr), used, tuple(free))


def _own(cluster: UserClusterConfig) -> Iterator[AddressRow]:
    for use in cluster.uses():
        yield AddressRow(use.addresses, use.words + _detail(cluster, use.words, use.addresses))


def _detail(cluster: UserClusterConfig, words: str, addresses: AddressRange) -> str:
    if words == "worker nodes":
        have = sum(map(len, cluster.network.node_ips))
        return f" ({cluster.most_nodes} at most and {SURGE_NODES} for updates, of {have})"
    ingress = cluster.load_balancer.ingress_vip
    if cluster.load_balancer.metal_lb and ingress and ingress in addresses:
        return f" (ingress vip {ingress})"
    return ""


def _servers(cluster: UserClusterConfig) -> Iterator[AddressRow]:
    """DNS and time servers, where they stand in the subnet and are not its router."""
    for field, _, server in cluster.network.servers():
        if server in cluster.network.cidr and server != cluster.network.gateway:
            yield AddressRow(AddressRange.of(server), f"{field} server")


def _neighbours(vmware: VmwareConfig, key: str, cluster: UserClusterConfig) -> Iterator[AddressRow]:
    """What others use of the same subnet."""
    subnet = AddressRange.of(cluster.network.cidr)
    for other, use in vmware.cluster_uses():
        if other != key and use.words != "gateway" and use.addresses.overlaps(subnet):
            yield AddressRow(use.addresses, f"{other}: {use.words}")
    for use in vmware.admin_uses():
        if use.addresses.overlaps(subnet):
            yield AddressRow(use.addresses, use.words)
