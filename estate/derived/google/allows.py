"""The table of what comes into a Shared VPC: what every network here has, and what its file adds.

Sources of the ranges: https://docs.cloud.google.com/load-balancing/docs/health-check-concepts and
https://docs.cloud.google.com/iap/docs/using-tcp-forwarding. The control plane's rule stands beside the one
that GKE makes itself, which knows no webhooks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Final

from estate.derived.fleet.mesh_ranges import is_open, pairs, webhook_ports
from estate.derived.vpn.routes import from_aws
from estate.model.environment import Environment
from estate.model.google.gke_cluster import GkeClusterConfig
from estate.model.google.google import GoogleConfig

HEALTH_CHECKS: Final = tuple(map(IPv4Network, ("35.191.0.0/16", "130.211.0.0/22")))
IAP: Final = (IPv4Network("35.235.240.0/20"),)
GATEWAY_PORT: Final = "tcp:443"
"""Where gateways and Kubernetes APIs answer."""
MESH_PORT: Final = "tcp:15443"
"""Where the mesh's east-west gateway takes what another cluster's pods send to a service."""


@dataclass(frozen=True)
class Allow:
    """One rule that lets something in.

    Attributes:
        key: its name, unique in the network.
        priority: its place among the rules; lower ones come first.
        sources: who is let in.
        clusters: GKE clusters whose nodes are meant; every machine of the network when empty.
        ports: what is open, such as tcp:443.
        why: the reason, in a sentence without a final period.
    """

    key: str
    priority: int
    sources: tuple[IPv4Network, ...]
    clusters: tuple[str, ...]
    ports: tuple[str, ...]
    why: str


def allows(environment: Environment) -> tuple[Allow, ...]:
    """Every rule of the environment's network that lets something in, in order of priority."""
    google = environment.google
    if google is None or google.network is None:
        return ()
    return tuple(sorted((*_always(environment, google), *_said(google)), key=lambda allow: allow.priority))


def gateway_ports(environment: Environment) -> tuple[str, ...]:
    """Where gateways of clusters answer those of other places; a mesh that says whom it joins has an opening of its own."""
    return (GATEWAY_PORT, MESH_PORT) if is_open(environment) else (GATEWAY_PORT,)


def _always(environment: Environment, google: GoogleConfig) -> Iterator[Allow]:
    yield from _from_front_ends(google.gke_clusters)
    yield Allow(
        "iap", 110, IAP, (), ("tcp:22",), "SSH through Identity-Aware Proxy, for whom IAM lets through"
    )
    prefixes = google.network.onprem_prefixes if google.network else ()
    clusters = google.gke_clusters
    if prefixes and clusters:
        ports = ("icmp", *gateway_ports(environment))
        yield Allow("onprem", 120, prefixes, (), ports, "data centers reach gateways of the clusters")
    yield from _from_the_mesh(environment, clusters)
    aws = from_aws(environment)
    if aws and clusters:
        yield Allow("aws", 125, aws, (), ("icmp", GATEWAY_PORT), "AWS reaches gateways of the clusters")
    if clusters:
        webhooks = sorted(
            {port for key, cluster in clusters.items() for port in webhook_ports(environment, key, cluster)}
        )
        yield Allow(
            "gke-control-plane",
            130,
            tuple(sorted(cluster.control_plane_cidr for cluster in clusters.values())),
            _by_lasting_name(clusters),
            ("tcp:443", "tcp:10250", *(f"tcp:{port}" for port in webhooks)),
            "control planes reach kubelets and webhooks on the nodes",
        )
    yield from _from_proxies(google)


def _from_the_mesh(environment: Environment, clusters: Mapping[str, GkeClusterConfig]) -> Iterator[Allow]:
    """Clusters of the mesh to the east-west gateways of others that GKE runs, and nobody else."""
    found = [(caller, called.key) for caller, called in pairs(environment) if not called.on_prem]
    if found:
        keys = {key for _, key in found}
        yield Allow(
            "mesh",
            122,
            tuple(sorted({cidr for caller, _ in found for cidr in caller.callers})),
            _by_lasting_name({key: cluster for key, cluster in clusters.items() if key in keys}),
            (MESH_PORT,),
            "clusters of the mesh reach the east-west gateways of others",
        )


def _from_front_ends(clusters: Mapping[str, GkeClusterConfig]) -> Iterator[Allow]:
    """Google's front ends to nodes and pods of clusters; any port, because these say where they are asked and called.

    "In most cases, GFE proxies use the same source IP ranges as the health check probes": clients of global external load
    balancers come by this opening, too, so that it is for no machine beside the nodes.
    https://docs.cloud.google.com/load-balancing/docs/firewall-rules of 2026-11-30, excerpt.
    """
    if clusters:
        yield Allow(
            "health-checks",
            100,
            HEALTH_CHECKS,
            _by_lasting_name(clusters),
            ("tcp",),
            "health checks of load balancers, and clients of external ones whom Google's front ends speak for",
        )


def _from_proxies(google: GoogleConfig) -> Iterator[Allow]:
    """Proxies to the clusters of their region; any port, because they reach pods at the ports that these listen at.

    "Load balancers based on the open source Envoy proxy require an ingress allow firewall rule that permits traffic from
    the proxy-only subnet to reach the backend instances", and GKE's Ingress makes none:
    https://docs.cloud.google.com/load-balancing/docs/firewall-rules of 2026-11-30, excerpt.
    """
    proxies = google.network.proxy_subnets.values() if google.network else ()
    regions = {one.region or google.region for one in proxies}
    clusters = {
        key: cluster for key, cluster in google.gke_clusters.items() if google.region_of(cluster) in regions
    }
    with_clusters = {google.region_of(cluster) for cluster in clusters.values()}
    sources = sorted(one.cidr for one in proxies if (one.region or google.region) in with_clusters)
    if sources:
        yield Allow(
            "proxies",
            140,
            tuple(sources),
            _by_lasting_name(clusters),
            ("tcp",),
            "proxies of internal Application Load Balancers reach pods",
        )


def _by_lasting_name(clusters: Mapping[str, GkeClusterConfig]) -> tuple[str, ...]:
    """Keys in the order of what does not change when a key is renamed."""
    return tuple(sorted(clusters, key=lambda key: clusters[key].short_name or key))


def _said(google: GoogleConfig) -> Iterator[Allow]:
    for key, allow in google.network.firewall.allows.items() if google.network else ():
        clusters = (allow.cluster,) if allow.cluster else ()
        yield Allow(key, allow.priority, allow.sources, clusters, allow.ports, allow.why)
