"""The rules of a google section that look at several of its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from estate.model.google.gke_cluster import GkeClusterConfig
from estate.model.google.subnet import RESERVED_ADDRESSES, SubnetConfig
from estate.model.pinned_names import names_of_their_own
from estate.model.rules import Violation

if TYPE_CHECKING:
    from estate.model.google.google import GoogleConfig


def google_violations(google: GoogleConfig) -> Iterator[Violation]:
    """Run every rule."""
    yield from _projects_differ(google)
    yield from names_of_their_own("kms_keys", {key: one.name for key, one in google.kms_keys.items()})
    short_names = {key: one.short_name for key, one in google.gke_clusters.items()}
    yield from names_of_their_own("gke_clusters", short_names, "short_name")
    yield from _openings_name_clusters(google)
    if google.gke_clusters and not google.network:
        yield Violation(
            ("gke_clusters",), "needs network with the subnets that clusters stand in; add it", ("network",)
        )
    for key, cluster in google.gke_clusters.items():
        for violation in (
            *_stands_in_a_project(google, cluster),
            *_has_a_key_in_its_region(google, cluster),
            *_stands_in_a_subnet(google, cluster),
            *_is_reached(google, cluster),
        ):
            absent = violation.absent
            yield Violation(("gke_clusters", key, *violation.path), violation.message, absent)
    yield from _no_subnet_has_two_clusters(google)


def _projects_differ(google: GoogleConfig) -> Iterator[Violation]:
    taken = {google.host_project.id: "host_project", google.host_project.number: "host_project"}
    for key, project in google.service_projects.items():
        for field in ("id", "number"):
            value = getattr(project, field)
            if value in taken:
                yield Violation(
                    ("service_projects", key, field),
                    f"must differ from that of {taken[value]}, got {value} for both",
                )
            taken.setdefault(value, f"service_projects.{key}")


def _openings_name_clusters(google: GoogleConfig) -> Iterator[Violation]:
    for key, allow in google.network.firewall.allows.items() if google.network else ():
        if allow.cluster and allow.cluster not in google.gke_clusters:
            yield Violation(
                ("network", "firewall", "allows", key, "cluster"),
                f"must be one of gke_clusters: {_listed(google.gke_clusters)}; got {allow.cluster}",
                ("gke_clusters", allow.cluster),
            )


def _stands_in_a_project(google: GoogleConfig, cluster: GkeClusterConfig) -> Iterator[Violation]:
    if cluster.project and cluster.project not in google.service_projects:
        yield Violation(
            ("project",),
            f"must be one of service_projects: {_listed(google.service_projects)}; got {cluster.project}",
            ("service_projects", cluster.project),
        )


def _has_a_key_in_its_region(google: GoogleConfig, cluster: GkeClusterConfig) -> Iterator[Violation]:
    key = google.kms_keys.get(cluster.secrets_key)
    if key is None:
        yield Violation(
            ("secrets_key",),
            f"must be one of kms_keys: {_listed(google.kms_keys)}; got {cluster.secrets_key}",
            ("kms_keys", cluster.secrets_key),
        )
    elif (key.location or google.region) != google.region_of(cluster):
        yield Violation(
            ("secrets_key",),
            f"must be a key in {google.region_of(cluster)}, where the cluster stands, got {cluster.secrets_key} in "
            f"{key.location or google.region}; make another key with location: {google.region_of(cluster)}",
        )


def _stands_in_a_subnet(google: GoogleConfig, cluster: GkeClusterConfig) -> Iterator[Violation]:
    if google.network is None:
        return
    subnet = google.network.subnets.get(cluster.subnet)
    if subnet is None:
        yield Violation(
            ("subnet",),
            f"must be one of network.subnets: {_listed(google.network.subnets)}; got {cluster.subnet}",
            ("network", "subnets", cluster.subnet),
        )
        return
    region = google.region_of(cluster)
    for position, zone in enumerate(cluster.zones):
        if zone.rpartition("-")[0] != region:
            yield Violation(
                ("zones", position),
                f"must be a zone of {region}, where subnet {cluster.subnet} is, got {zone}",
            )
    yield from _has_room(google, cluster, subnet)


def _has_room(google: GoogleConfig, cluster: GkeClusterConfig, subnet: SubnetConfig) -> Iterator[Violation]:
    nodes = cluster.most_nodes
    taken = RESERVED_ADDRESSES + (1 if google.network and google.network.inbound_dns else 0)
    room = subnet.cidr.num_addresses - taken
    if nodes > room:
        yield Violation(
            ("subnet",),
            f"must have room for {nodes} nodes, those that upgrades add included, got {cluster.subnet} "
            f"{subnet.cidr} with {max(room, 0)}; widen it, or lower max_nodes",
        )
    if subnet.pods is None:
        yield Violation(
            ("subnet",),
            f"must be a subnet with pods and services, got {cluster.subnet}; add both ranges to it",
            ("network", "subnets", cluster.subnet, "pods"),
        )
        return
    fits = subnet.pods.num_addresses // cluster.addresses_per_node
    if nodes > fits:
        yield Violation(
            ("subnet",),
            f"must have pods for {nodes} nodes, each of which takes {cluster.addresses_per_node} addresses for "
            f"max_pods_per_node {cluster.max_pods_per_node}, got {cluster.subnet} pods {subnet.pods} for {fits}; "
            "lower max_nodes or max_pods_per_node, or make the cluster in a larger one",
        )


def _is_reached(google: GoogleConfig, cluster: GkeClusterConfig) -> Iterator[Violation]:
    prefixes = google.network.onprem_prefixes if google.network else ()
    if cluster.private_endpoint and not (cluster.dns_endpoint or cluster.authorized_networks or prefixes):
        yield Violation(
            ("authorized_networks",),
            "is needed without dns_endpoint and network.onprem_prefixes, or only its own nodes could reach the "
            "cluster; name a range, or say dns_endpoint: true",
            ("network", "onprem_prefixes"),
        )
    elsewhere = google.region_of(cluster) != google.region
    if cluster.private_endpoint and prefixes and elsewhere and not cluster.global_access:
        yield Violation(
            ("global_access",),
            f"must be true for a cluster in {google.region_of(cluster)}, because the data centers come in at "
            f"{google.region} (google.region); say so, or private_endpoint: false",
        )


def _no_subnet_has_two_clusters(google: GoogleConfig) -> Iterator[Violation]:
    for (one, mine), (other, theirs) in combinations(google.gke_clusters.items(), 2):
        if mine.subnet == theirs.subnet:
            yield Violation(
                ("gke_clusters", other, "subnet"),
                f"must differ from that of {one}, got {theirs.subnet} for both; clusters cannot share a range of "
                "services, so give it a subnet of its own",
            )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "there are none"
