"""The names by which the clusters of one mesh know each other, and where they reach each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from typing import Final

from estate.model.cluster import ClusterKind
from estate.model.environment import Environment
from estate.model.fleet.service_mesh import ControlPlane
from estate.model.google.google import GoogleConfig
from estate.model.organization import Organization

EAST_WEST_PORT: Final = 15443
"""Where a gateway takes what proxies of other clusters send, by TCP."""
STATUS_PORT: Final = 15021
"""Where a gateway says that it is ready, by TCP."""
WEBHOOK_PORT: Final = 15017
"""Where a control plane's pods are called by their cluster's API, by TCP."""


@dataclass(frozen=True)
class MeshMember:
    """A cluster that is joined to others.

    Attributes:
        key: its key in the environment's file.
        kind: where it stands.
        name: what the other control planes call it, its remote secret carries and its own says.
        network: name of its network, unique in the mesh.
        mesh_id: id of the mesh.
        control_plane: which one it runs.
        version: its exact version.
        revision: revision of the control plane, which the gateway asks for a proxy.
        east_west_vip: where the gateway answers.
        api: addresses of its Kubernetes API: the one of a cluster on VMware, the range of a GKE cluster's control plane.
    """

    key: str
    kind: ClusterKind
    name: str
    network: str
    mesh_id: str
    control_plane: ControlPlane
    version: str
    revision: str
    east_west_vip: IPv4Address
    api: IPv4Network


def mesh_id(project_number: int) -> str:
    """Id of the mesh, the same for all clusters of a fleet host project."""
    return f"proj-{project_number}"


def network_names(environment: Environment) -> dict[str, str]:
    """Name of the network that each of the environment's own members is, unique in the mesh, by key.

    Made of what a cluster's name keeps of its key, because the mesh knows the cluster by it.
    """
    name = environment.environment
    on_prem = environment.vmware.user_clusters if environment.vmware else {}
    in_google = environment.google.gke_clusters if environment.google else {}
    kept = {key: (one.name or "").partition(f"-{name}-")[2] for key, one in on_prem.items()}
    short = {key: one.short_name for key, one in in_google.items()}
    return {key: f"{name}-{kept.get(key) or short.get(key) or key}" for key in environment.own_members}


def mesh_revision(environment: Environment, cluster: str) -> str | None:
    """What the teams' namespaces of a member cluster ask of the mesh; None where they ask for nothing, or it is in none."""
    mesh = environment.fleet.features.service_mesh if environment.fleet else None
    if mesh is None or cluster not in environment.own_members:
        return None
    return mesh.clusters.get(cluster, mesh).revision


def mesh_members(environment: Environment, organization: Organization | str) -> tuple[MeshMember, ...]:
    """The clusters of an environment that are joined, those on VMware first.

    Args:
        environment: whose they are.
        organization: whose name their names begin with, or that name.
    """
    called = organization if isinstance(organization, str) else organization.name
    return tuple(_members(environment, called))


def _members(environment: Environment, organization: str) -> Iterator[MeshMember]:
    mesh = environment.fleet.features.service_mesh if environment.fleet else None
    google = environment.google
    if mesh is None or google is None:
        return
    networks = network_names(environment)
    for one in environment.clusters:
        said = mesh.clusters.get(one.key) if one.key in networks else None
        if said and said.control_plane and said.version and said.east_west_vip:
            location, api = _place(environment, google, one.key)
            called = one.name_in(organization, environment.environment)
            yield MeshMember(
                key=one.key,
                kind=one.kind,
                name=f"cn-{google.host_project.id}-{location}-{called}",
                network=networks[one.key],
                mesh_id=mesh_id(google.host_project.number),
                control_plane=said.control_plane,
                version=said.version,
                revision=control_plane_revision(said.control_plane, said.version),
                east_west_vip=said.east_west_vip,
                api=api,
            )


def control_plane_revision(control_plane: ControlPlane, version: str) -> str:
    """The revision of a control plane: asmcli makes one of each version of its own, so that two stand side by side while pods
    move; the charts renew the one they have in place, since whoever prunes would take the old one away at once.
    """
    if control_plane is ControlPlane.ISTIO:
        return "default"
    istio, _, build = version.partition("-asm.")
    return f"asm-{istio.replace('.', '')}-{build}"


def _place(environment: Environment, google: GoogleConfig, key: str) -> tuple[str, IPv4Network]:
    """The location of a cluster as asmcli says it, where a cluster outside of Google Cloud is global, and its API's addresses.

    https://github.com/GoogleCloudPlatform/anthos-service-mesh-packages, asmcli/lib/config.sh (2026-12-01).
    """
    if environment.vmware and key in environment.vmware.user_clusters:
        return "global", IPv4Network(environment.vmware.user_clusters[key].control_plane.vip)
    cluster = google.gke_clusters[key]
    return google.region_of(cluster), cluster.control_plane_cidr
