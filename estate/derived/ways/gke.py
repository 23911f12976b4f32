"""The ways of GKE clusters and of the network that they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.derived.fleet.mesh_ranges import webhook_ports
from estate.derived.google.allows import HEALTH_CHECKS, IAP
from estate.derived.ways.way import End, Kind, Way
from estate.facts.ways import clouds
from estate.model.environment import Environment
from estate.model.google.gke_cluster import GkeClusterConfig
from estate.model.google.network import NetworkConfig

_NODES_CALL: Final = (
    "container.googleapis.com",
    "gcr.io",
    "logging.googleapis.com",
    "monitoring.googleapis.com",
    "oauth2.googleapis.com",
    "storage.googleapis.com",
)
"""What nodes call whatever runs on them: to join, for tokens, images, logs and metrics.

https://docs.cloud.google.com/kubernetes-engine/docs/concepts/network-isolation, not read again.
"""
_REGISTRY: Final = "{region}-docker.pkg.dev"


def gke_ways(environment: Environment, organization: str) -> Iterator[Way]:
    """Yield the ways within Google Cloud, to its front ends and to Google's APIs."""
    google = environment.google
    if google is None or google.network is None:
        return
    yield _from_iap(google.network)
    for key, cluster in sorted(google.gke_clusters.items()):
        nodes, api = gke_ends(environment, organization, key)
        yield Way(
            End(Kind.GOOGLE_EDGE, ranges=HEALTH_CHECKS),
            nodes,
            clouds.ASK_HEALTH.ports,
            clouds.ASK_HEALTH,
            f"GKE cluster {key}",
        )
        webhooks = tuple(f"tcp:{port}" for port in webhook_ports(environment, key, cluster))
        yield Way(
            api, nodes, (*clouds.CALL_KUBELETS.ports, *webhooks), clouds.CALL_KUBELETS, f"GKE cluster {key}"
        )
        yield Way(nodes, api, clouds.CALL_GKE_API.ports, clouds.CALL_GKE_API, f"GKE cluster {key}")
        yield Way(
            nodes,
            google_apis(google.network),
            clouds.CALL_GOOGLE.ports,
            clouds.CALL_GOOGLE,
            f"GKE cluster {key}",
            (*_NODES_CALL, _REGISTRY.format(region=google.region_of(cluster))),
        )
        yield from _administered(cluster, key, api)
    yield from _said(environment, organization, google.network)


def gke_ends(environment: Environment, organization: str, key: str) -> tuple[End, End]:
    """Nodes with their pods, and the control plane, of a GKE cluster."""
    google = environment.google
    clusters = google.gke_clusters if google else {}
    subnets = google.network.subnets if google and google.network else {}
    cluster, subnet = clusters[key], subnets[clusters[key].subnet]
    name = cluster.name_in(organization, environment.environment, key)
    return (
        End(Kind.GKE_NODES, name, (subnet.cidr, *([subnet.pods] if subnet.pods else []))),
        End(Kind.GKE_API, name, (cluster.control_plane_cidr,)),
    )


def google_apis(network: NetworkConfig) -> End:
    """The addresses of Google's APIs that an environment uses."""
    return End(Kind.GOOGLE_APIS, network.private_google_access.domain, (network.private_google_access.cidr,))


def google_subnets(network: NetworkConfig) -> End:
    """The subnets, without pods and services."""
    ranges = tuple(subnet.cidr for _, subnet in sorted(network.subnets.items()))
    return End(Kind.GOOGLE_SUBNETS, ranges=ranges)


def _from_iap(network: NetworkConfig) -> Way:
    reason = clouds.COME_BY_IAP
    source = End(Kind.GOOGLE_EDGE, ranges=IAP)
    return Way(source, google_subnets(network), reason.ports, reason, "every machine")


def _administered(cluster: GkeClusterConfig, key: str, api: End) -> Iterator[Way]:
    """From ranges that the file lists for the cluster; those of data centers are told with the data centers."""
    for name, cidr in sorted(cluster.authorized_networks.items()):
        reason = clouds.ADMINISTER_GKE
        source = End(Kind.INTERNET, name, (cidr,))
        yield Way(source, api, reason.ports, reason, f"GKE cluster {key}, from {name}")


def _said(environment: Environment, organization: str, network: NetworkConfig) -> Iterator[Way]:
    for key, allow in sorted(network.firewall.allows.items()):
        target = google_subnets(network)
        if allow.cluster:
            target, _ = gke_ends(environment, organization, allow.cluster)
        source = End(Kind.INTERNET, key, allow.sources)
        yield Way(source, target, allow.ports, clouds.SAID, f"{key}: {allow.why}")
