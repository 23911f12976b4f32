"""Cloud Service Mesh, and the names by which the clusters of one mesh know each other.

The mesh spans on-prem and cloud as a multi-primary mesh of different networks: every cluster runs a
control plane of its own, all share one mesh id, and each is a network because pods of one cannot reach
pods of another without a gateway. In VMware clusters it is installed with `asmcli`, which takes both.
See https://docs.cloud.google.com/service-mesh/docs/operate-and-maintain/multi-cluster
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from estate.model.base import Model
from estate.model.fleet.values import MemberKey

if TYPE_CHECKING:
    from estate.model.environment import Environment


class MeshManagement(StrEnum):
    """Who runs the mesh's control plane."""

    MANUAL = "manual"
    AUTOMATIC = "automatic"


class ServiceMeshSettings(Model):
    """The mesh in a cluster."""

    management: MeshManagement = MeshManagement.MANUAL
    """manual: the control plane runs in the cluster and a person installs it. automatic: Google runs it,
    for clusters in Google Cloud only. manual when absent."""


class ServiceMesh(ServiceMeshSettings):
    """The mesh in every member cluster."""

    clusters: dict[MemberKey, ServiceMeshSettings] = {}
    """User clusters that have other settings; theirs stand in place of the ones above, as a whole."""


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
