"""What a joined cluster's mesh is made of beside its control plane: the network's name, and how workloads are called.

The namespace says its network before a control plane starts in it. PeerAuthentication of the root namespace holds for the whole
cluster: https://istio.io/latest/docs/reference/config/security/peer_authentication/ (2026-12-01).
"""

from __future__ import annotations

from typing import Final

from estate.derived.clusters.mesh import MESH_NAMESPACE, MeshContents
from manifests.kept import kept
from manifests.kubernetes_object import Object, metadata

NETWORK: Final = "topology.istio.io/network"
"""The label by which a namespace, a Service and a pod say which network they are in:
https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/ (2026-12-01)."""

WAITS: Final = {"argocd.argoproj.io/sync-options": "SkipDryRunOnMissingResource=true"}
"""Of objects whose kind the control plane brings: Argo CD tries them again, and applies the rest meanwhile:
https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/ (2026-11-29)."""


def mesh_namespace(config: MeshContents | None) -> list[Object]:
    """The control plane's namespace; none where a cluster is joined to none."""
    if config is None:
        return []
    named = metadata(MESH_NAMESPACE)
    labels = {NETWORK: config.member.network}
    return [
        {
            "apiVersion": "v1",
            "kind": "Namespace",
            "metadata": {**named, "labels": labels, "annotations": kept()},
        }
    ]


def peer_authentication(config: MeshContents) -> Object:
    """How workloads of the cluster are called, all of them."""
    return {
        "apiVersion": "security.istio.io/v1",
        "kind": "PeerAuthentication",
        "metadata": {**metadata("default", MESH_NAMESPACE), "annotations": dict(WAITS)},
        "spec": {"mtls": {"mode": config.mtls.value.upper()}},
    }
