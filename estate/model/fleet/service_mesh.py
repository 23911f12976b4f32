"""Cloud Service Mesh.

The mesh spans on-prem and cloud as a multi-primary mesh of different networks: every cluster runs a
control plane of its own, all share one mesh id, and each is a network because pods of one cannot reach
pods of another without a gateway. In VMware clusters it is installed with `asmcli`, which takes both.
See https://docs.cloud.google.com/service-mesh/docs/operate-and-maintain/multi-cluster
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from estate.model.base import Model
from estate.model.fleet.mesh_trust import MeshTrust
from estate.model.fleet.values import MemberKey
from estate.model.words import Words

MeshRevision = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"),
    Words("a revision of the mesh, or a tag of one, such as asm-1313-9 or asm-managed"),
]
"""What a namespace asks for by the label istio.io/rev."""


class MeshManagement(StrEnum):
    """Who runs the mesh's control plane."""

    MANUAL = "manual"
    AUTOMATIC = "automatic"


class ServiceMeshSettings(Model):
    """The mesh in a cluster."""

    management: MeshManagement = MeshManagement.MANUAL
    """manual: the control plane runs in the cluster and a person installs it. automatic: Google runs it,
    for clusters in Google Cloud only. manual when absent."""
    revision: MeshRevision | None = None
    """Revision of the control plane, or tag of one, that the teams' namespaces ask for by the label istio.io/rev, such as
    asm-managed: each pod gets a proxy when it next starts. No label when absent, and whatever stands on a namespace stays.
    Changes the manifests alone, which no plan shows."""


class ServiceMesh(ServiceMeshSettings):
    """The mesh in every member cluster."""

    clusters: dict[MemberKey, ServiceMeshSettings] = {}
    """User clusters that have other settings; theirs stand in place of the ones above, as a whole."""
    trust: MeshTrust | None = None
    """One root for the environment, and the intermediates that clusters sign with; when absent nothing here makes them, and
    each control plane makes a root of its own unless somebody gives it another."""
