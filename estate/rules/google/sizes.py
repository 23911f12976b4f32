"""Rules on how many nodes GKE clusters may have, and what these take of Cloud NAT."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.derived.google.room import PORTS_OF_AN_ADDRESS, nat_ports
from estate.model.google.google import GoogleConfig
from estate.model.rules import Violation, rule

# Limits that nobody raises: https://docs.cloud.google.com/kubernetes-engine/quotas (excerpts, read 2026-11-30)
_MOST_NODES_OF_A_ZONE: Final = 1_000
_MOST_NODES_OF_A_CLUSTER: Final = 15_000


@rule(on=GoogleConfig)
def clusters_are_of_a_size_that_gke_takes(google: GoogleConfig) -> Iterator[Violation]:
    """A node pool has at most 1,000 nodes in each zone, and a cluster 15,000."""
    for key, cluster in google.gke_clusters.items():
        for name, pool in cluster.node_pools.items():
            most = _MOST_NODES_OF_A_ZONE * cluster.zone_count
            if pool.max_nodes > most:
                yield Violation(
                    ("gke_clusters", key, "node_pools", name, "max_nodes"),
                    f"must be at most {most}, {_MOST_NODES_OF_A_ZONE} in each of {cluster.zone_count} zones, got "
                    f"{pool.max_nodes}; lower it, or make a second pool",
                )
        nodes = sum(pool.max_nodes for pool in cluster.node_pools.values())
        if nodes > _MOST_NODES_OF_A_CLUSTER:
            yield Violation(
                ("gke_clusters", key, "node_pools"),
                f"must have at most {_MOST_NODES_OF_A_CLUSTER} nodes together, got {nodes}; lower max_nodes, or make a second "
                "cluster",
            )


@rule(on=GoogleConfig)
def nat_has_ports_for_every_node(google: GoogleConfig) -> Iterator[Violation]:
    """The addresses of Cloud NAT have for every node of a region the ports that each is given at least.

    Nodes beyond get no ports, and so no way to the internet. Without addresses Google adds what is needed. Left out is
    what else uses the gateway, such as the data centers' or a team's own machines.
    """
    for nat in nat_ports(google):
        if 0 < nat.addresses < nat.needed:
            yield Violation(
                ("network", "nat", "addresses"),
                f"must be {nat.needed} or more, because {nat.nodes} nodes of {', '.join(nat.clusters)} in {nat.region}, those "
                f"that upgrades add included, get {nat.each} ports each at least, and an address has {PORTS_OF_AN_ADDRESS}; got "
                f"{nat.addresses}; add addresses, or lower min_ports_per_machine",
            )
