"""The objects of the mesh in a joined cluster, but for its namespace and its control plane."""

from __future__ import annotations

from estate.derived.clusters.mesh import MeshContents
from manifests.kubernetes_object import Object
from manifests.mesh_gateway import mesh_gateway
from manifests.mesh_objects import peer_authentication


def mesh(config: MeshContents | None) -> list[Object]:
    """The gateway and how workloads are called; none where a cluster is joined to none."""
    return [*mesh_gateway(config), peer_authentication(config)] if config else []
