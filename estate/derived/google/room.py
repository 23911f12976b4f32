"""How many nodes, and nodes with their pods, the subnets of GKE clusters have room for; what nodes take of Cloud NAT.

https://docs.cloud.google.com/kubernetes-engine/docs/concepts/alias-ips and
https://docs.cloud.google.com/nat/docs/ports-and-addresses (excerpts, read 2026-11-30)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from estate.model.google.gke_cluster import GkeClusterConfig
from estate.model.google.google import GoogleConfig
from estate.model.google.network import NetworkConfig
from estate.model.google.subnet import RESERVED_ADDRESSES, SubnetConfig

PORTS_OF_AN_ADDRESS: Final = 64_512
"""Ports of each address of Cloud NAT that machines get, from 1024 to 65535."""


def room_for_nodes(network: NetworkConfig, subnet: SubnetConfig) -> int:
    """Addresses of a subnet that machines may have: not Google's own, and not the one that answers for names."""
    return max(0, subnet.cidr.num_addresses - RESERVED_ADDRESSES - (1 if network.inbound_dns else 0))


def room_for_pods(cluster: GkeClusterConfig, subnet: SubnetConfig) -> int:
    """Nodes whose pods have addresses in the subnet's range of pods."""
    return subnet.pods.num_addresses // cluster.addresses_per_node if subnet.pods else 0


@dataclass(frozen=True)
class NatPorts:
    """What the nodes of a region take of its gateway.

    Attributes:
        region: which.
        clusters: keys of the clusters whose nodes these are.
        nodes: nodes at their largest, those that upgrades add included.
        each: ports that each of them gets at least.
        addresses: how many addresses the gateway has of its own; 0 where Google adds what is needed.
    """

    region: str
    clusters: tuple[str, ...]
    nodes: int
    each: int
    addresses: int

    @property
    def needed(self) -> int:
        """Addresses that have ports for all of them."""
        return -(-self.nodes * self.each // PORTS_OF_AN_ADDRESS)


def nat_ports(google: GoogleConfig) -> Iterator[NatPorts]:
    """Yield what the nodes of each region take, where there is Cloud NAT."""
    network = google.network
    if network is None or network.nat is None:
        return
    for region in network.regions(google.region):
        clusters = {key: one for key, one in google.gke_clusters.items() if google.region_of(one) == region}
        nodes = sum(cluster.most_nodes for cluster in clusters.values())
        each, addresses = network.nat.min_ports_per_machine, len(network.nat.addresses)
        yield NatPorts(region, tuple(clusters), nodes, each, addresses)
