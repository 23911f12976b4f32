"""Cloud Service Mesh.

The mesh spans on-prem and cloud as a multi-primary mesh of different networks: every cluster runs a
control plane of its own, all share one mesh id, and each is a network because pods of one cannot reach
pods of another without a gateway. In VMware clusters it is installed with `asmcli`, which takes both.
See https://docs.cloud.google.com/service-mesh/docs/operate-and-maintain/multi-cluster
"""

from __future__ import annotations

from enum import StrEnum

from estate.model.base import Model
from estate.model.fleet.values import MemberKey


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
