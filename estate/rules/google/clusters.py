"""Rules that join GKE clusters to the rest of a `google` section."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from estate.derived.google.room import room_for_nodes, room_for_pods
from estate.model.google.google import GoogleConfig
from estate.model.pinned_names import names_of_their_own
from estate.model.references import names_one
from estate.model.rules import Violation, rule


@rule(on=GoogleConfig)
def clusters_differ_in_short_name(google: GoogleConfig) -> Iterator[Violation]:
    """No two clusters have the same short name, which the nodes' service account carries."""
    short_names = {key: one.short_name for key, one in google.gke_clusters.items()}
    yield from names_of_their_own("gke_clusters", short_names, "short_name")


@rule(on=GoogleConfig)
def openings_name_clusters(google: GoogleConfig) -> Iterator[Violation]:
    """An opening of the firewall for one cluster names a cluster that there is."""
    for key, allow in google.network.firewall.allows.items() if google.network else ():
        path = ("network", "firewall", "allows", key, "cluster")
        yield from names_one(path, allow.cluster, ("gke_clusters",), google.gke_clusters)


@rule(on=GoogleConfig)
def clusters_have_a_network(google: GoogleConfig) -> Iterator[Violation]:
    """Clusters stand in subnets of the section's network."""
    if google.gke_clusters and not google.network:
        yield Violation(
            ("gke_clusters",), "needs network with the subnets that clusters stand in; add it", ("network",)
        )


@rule(on=GoogleConfig)
def clusters_stand_in_a_project(google: GoogleConfig) -> Iterator[Violation]:
    """A cluster's project is one of the service projects."""
    for key, cluster in google.gke_clusters.items():
        path = ("gke_clusters", key, "project")
        yield from names_one(path, cluster.project, ("service_projects",), google.service_projects)


@rule(on=GoogleConfig)
def clusters_have_a_key_in_their_region(google: GoogleConfig) -> Iterator[Violation]:
    """A cluster's secrets and its backups are encrypted with keys of the section in the cluster's region."""
    for name, cluster in google.gke_clusters.items():
        named = {("secrets_key",): cluster.secrets_key}
        if cluster.backup:
            named["backup", "kms_key"] = cluster.backup.kms_key
        for field, wanted in named.items():
            path, key = ("gke_clusters", name, *field), google.kms_keys.get(wanted)
            yield from names_one(path, wanted, ("kms_keys",), google.kms_keys)
            if key and (key.location or google.region) != google.region_of(cluster):
                yield Violation(
                    path,
                    f"must be a key in {google.region_of(cluster)}, where the cluster stands, got {wanted} in "
                    f"{key.location or google.region}; make another key with location: {google.region_of(cluster)}",
                )


@rule(on=GoogleConfig)
def clusters_stand_in_a_subnet(google: GoogleConfig) -> Iterator[Violation]:
    """A cluster's subnet is one of the network's."""
    if google.network is None:
        return
    for key, cluster in google.gke_clusters.items():
        path = ("gke_clusters", key, "subnet")
        yield from names_one(path, cluster.subnet, ("network", "subnets"), google.network.subnets)


@rule(on=GoogleConfig)
def zones_are_of_the_subnets_region(google: GoogleConfig) -> Iterator[Violation]:
    """A cluster's zones are of the region that its subnet is in."""
    if google.network is None:
        return
    for key, cluster in google.gke_clusters.items():
        if cluster.subnet not in google.network.subnets:
            continue
        region = google.region_of(cluster)
        for position, zone in enumerate(cluster.zones):
            if zone.rpartition("-")[0] != region:
                yield Violation(
                    ("gke_clusters", key, "zones", position),
                    f"must be a zone of {region}, where subnet {cluster.subnet} is, got {zone}",
                )


@rule(on=GoogleConfig)
def subnets_have_room(google: GoogleConfig) -> Iterator[Violation]:
    """A cluster's subnet has addresses for all nodes and their pods, at the largest and while upgrading."""
    if google.network is None:
        return
    for key, cluster in google.gke_clusters.items():
        subnet = google.network.subnets.get(cluster.subnet)
        if subnet is None:
            continue
        path, nodes = ("gke_clusters", key, "subnet"), cluster.most_nodes
        room = room_for_nodes(google.network, subnet)
        if nodes > room:
            yield Violation(
                path,
                f"must have room for {nodes} nodes, those that upgrades add included, got {cluster.subnet} "
                f"{subnet.cidr} with {room}; widen it, or lower max_nodes",
            )
        if subnet.pods is None:
            yield Violation(
                path,
                f"must be a subnet with pods and services, got {cluster.subnet}; add both ranges to it",
                ("network", "subnets", cluster.subnet, "pods"),
            )
            continue
        fits = room_for_pods(cluster, subnet)
        if nodes > fits:
            yield Violation(
                path,
                f"must have pods for {nodes} nodes, each of which takes {cluster.addresses_per_node} addresses for "
                f"max_pods_per_node {cluster.max_pods_per_node}, got {cluster.subnet} pods {subnet.pods} for {fits}; "
                "lower max_nodes or max_pods_per_node, or make the cluster in a larger one",
            )


@rule(on=GoogleConfig)
def somebody_reaches_every_cluster(google: GoogleConfig) -> Iterator[Violation]:
    """A private endpoint that is the only way in is open to somebody."""
    prefixes = google.network.onprem_prefixes if google.network else ()
    for key, cluster in google.gke_clusters.items():
        if cluster.private_endpoint and not (cluster.dns_endpoint or cluster.authorized_networks or prefixes):
            yield Violation(
                ("gke_clusters", key, "authorized_networks"),
                "is needed without dns_endpoint and network.onprem_prefixes, or only its own nodes could reach the "
                "cluster; name a range, or say dns_endpoint: true",
                ("network", "onprem_prefixes"),
            )


@rule(on=GoogleConfig)
def data_centers_reach_other_regions(google: GoogleConfig) -> Iterator[Violation]:
    """A private endpoint in another region than the one that data centers come in at has global access."""
    prefixes = google.network.onprem_prefixes if google.network else ()
    for key, cluster in google.gke_clusters.items():
        elsewhere = google.region_of(cluster) != google.region
        if cluster.private_endpoint and prefixes and elsewhere and not cluster.global_access:
            yield Violation(
                ("gke_clusters", key, "global_access"),
                f"must be true for a cluster in {google.region_of(cluster)}, because the data centers come in at "
                f"{google.region} (google.region); say so, or private_endpoint: false",
            )


@rule(on=GoogleConfig)
def no_subnet_has_two_clusters(google: GoogleConfig) -> Iterator[Violation]:
    """A subnet has one cluster: clusters cannot share a range of services."""
    for (one, mine), (other, theirs) in combinations(google.gke_clusters.items(), 2):
        if mine.subnet == theirs.subnet:
            yield Violation(
                ("gke_clusters", other, "subnet"),
                f"must differ from that of {one}, got {theirs.subnet} for both; clusters cannot share a range of "
                "services, so give it a subnet of its own",
            )
