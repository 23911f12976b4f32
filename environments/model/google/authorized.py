"""Who reaches the private address of a GKE cluster's control plane."""

from __future__ import annotations

from ipaddress import IPv4Network

from environments.model.google.gke_cluster import GkeClusterConfig
from environments.model.google.google import GoogleConfig


def authorized_networks(google: GoogleConfig, cluster: GkeClusterConfig) -> dict[str, IPv4Network]:
    """Ranges by name: the data centers', then the cluster's own; its nodes reach it in any case."""
    if not cluster.private_endpoint:
        return {}
    prefixes = google.network.onprem_prefixes if google.network else ()
    onprem = {f"onprem {prefix}": prefix for prefix in prefixes}
    return {**onprem, **dict(sorted(cluster.authorized_networks.items()))}
