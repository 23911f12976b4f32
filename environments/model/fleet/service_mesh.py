"""Cloud Service Mesh, and the names by which the clusters of one mesh know each other.

The mesh spans on-prem and cloud as a multi-primary mesh of different networks: every cluster runs a
control plane of its own, all share one mesh id, and each is a network because pods of one cannot reach
pods of another without a gateway. In VMware clusters it is installed with `asmcli`, which takes both.
See https://docs.cloud.google.com/service-mesh/docs/operate-and-maintain/multi-cluster
"""

from __future__ import annotations

from enum import StrEnum

from environments.model.base import Key, Model


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

    clusters: dict[Key, ServiceMeshSettings] = {}
    """User clusters that have other settings; theirs stand in place of the ones above, as a whole."""


def mesh_id(project_number: int) -> str:
    """Id of the mesh, the same for all clusters of a fleet host project."""
    return f"proj-{project_number}"


def network_name(environment: str, cluster: str) -> str:
    """Name of the network that an on-prem cluster is, unique in the mesh."""
    return f"{environment}-{cluster}"
