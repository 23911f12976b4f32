"""Who reaches the private address of a GKE cluster's control plane."""

from __future__ import annotations

from ipaddress import IPv4Network

from estate.derived.vpn.routes import from_onprem
from estate.model.environment import Environment
from estate.model.google.gke_cluster import GkeClusterConfig


def authorized_networks(environment: Environment, cluster: GkeClusterConfig) -> dict[str, IPv4Network]:
    """Ranges by name: the data centers', then the cluster's own; its nodes reach it in any case.

    Nothing in AWS calls the API by itself, no mesh reaching there; who does is listed in authorized_networks.
    """
    if not cluster.private_endpoint:
        return {}
    return {
        **{f"onprem {prefix}": prefix for prefix in from_onprem(environment)},
        **dict(sorted(cluster.authorized_networks.items())),
    }
