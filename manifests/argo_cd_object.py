"""What all objects of Argo CD have in common."""

from __future__ import annotations

from typing import Final

from manifests.kubernetes_object import Object, metadata

NAMESPACE: Final = "argocd"
"""Namespace of Argo CD, where it looks for its own objects."""
HERE: Final = "https://kubernetes.default.svc"
"""The cluster that an Argo CD runs in, as it calls that."""
SERVER_SIDE: Final = "ServerSideApply=true"
"""Sync option: fields of others stay theirs, and definitions of any size are taken."""


def retried() -> Object:
    """How often a sync that failed is tried again; without it, the same commit never is."""
    return {"limit": 5, "backoff": {"duration": "10s", "factor": 2, "maxDuration": "3m"}}


def argo_cd_object(kind: str, name: str, spec: Object, *, annotations: Object | None = None) -> Object:
    """An object of Argo CD's own kinds: https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/."""
    said = metadata(name, NAMESPACE) | ({"annotations": annotations} if annotations else {})
    return {"apiVersion": "argoproj.io/v1alpha1", "kind": kind, "metadata": said, "spec": spec}
