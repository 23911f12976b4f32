"""Who reaches the private address of a GKE cluster's control plane."""

from __future__ import annotations

from ipaddress import IPv4Network

from estate.derived.fleet.mesh_ranges import joined
from estate.derived.vpn.routes import from_onprem
from estate.model.environment import Environment
from estate.model.google.gke_cluster import GkeClusterConfig


def authorized_networks(environment: Environment, cluster: GkeClusterConfig) -> dict[str, IPv4Network]:
    """Ranges by name: the data centers', those of GKE clusters that a mesh joins with it, then the cluster's own.

    Its nodes reach it in any case. Nothing in AWS calls the API by itself, no mesh reaching there; who does is listed in
    authorized_networks.
    """
    if not cluster.private_endpoint:
        return {}
    return {
        **{f"onprem {prefix}": prefix for prefix in from_onprem(environment)},
        **_joined_with(environment, cluster),
        **dict(sorted(cluster.authorized_networks.items())),
    }


def _joined_with(environment: Environment, cluster: GkeClusterConfig) -> dict[str, IPv4Network]:
    """Nodes and pods of the other GKE clusters of its mesh, whose control planes look for endpoints there."""
    clusters = [one for one in joined(environment) if not one.on_prem]
    if cluster.control_plane_cidr not in {one.api for one in clusters}:
        return {}
    others = [one for one in clusters if one.api != cluster.control_plane_cidr]
    return {f"mesh {cidr}": cidr for one in others for cidr in one.callers}
