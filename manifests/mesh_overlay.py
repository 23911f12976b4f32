"""What asmcli is given beside its own settings: a file for istioctl, and no object of any cluster.

It lies outside of the folder that is applied, since no cluster knows its kind and whoever syncs would stop at it. It says again
what asmcli's options say, so that names are equal whatever somebody types: asmcli/asm and --custom_overlay of
https://github.com/GoogleCloudPlatform/anthos-service-mesh-packages (2026-12-01).
"""

from __future__ import annotations

from estate.derived.clusters.mesh import MeshContents, control_plane_settings
from estate.model.fleet.service_mesh import ControlPlane
from manifests.kubernetes_object import Object


def mesh_overlay(config: MeshContents | None) -> list[Object]:
    """The overlay; none where no person installs the control plane."""
    if config is None or config.member.control_plane is not ControlPlane.CSM:
        return []
    settings = control_plane_settings(config)
    return [
        {
            "apiVersion": "install.istio.io/v1alpha1",
            "kind": "IstioOperator",
            "metadata": {"name": "hybrid-mesh"},
            "spec": {"meshConfig": settings["meshConfig"], "values": {"global": settings["global"]}},
        }
    ]
