"""The labels of the teams' namespaces, which the fleet makes: whose each is, and how its pods are held.

Each object says labels and nothing else, so that an apply on the server owns these alone. Whoever prunes leaves the
namespace where it is, because with it goes all that runs there:
https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/ (Prune=false, Delete=false) and
https://docs.cloud.google.com/kubernetes-engine/config-sync/docs/how-to/managing-objects (deletion: detach), 2026-11-29.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from estate.derived.clusters.contents import TeamNamespace
from manifests.kubernetes_object import Object

ENFORCE: Final = "pod-security.kubernetes.io/enforce"
"""The label that says which Pod Security level a namespace enforces:
https://kubernetes.io/docs/concepts/security/pod-security-admission/."""

_STAYS: Final = {
    "argocd.argoproj.io/sync-options": "Prune=false,Delete=false",
    "client.lifecycle.config.k8s.io/deletion": "detach",
}


def namespaces(config: Sequence[TeamNamespace]) -> list[Object]:
    """The part of each namespace that is said here."""
    return [
        {
            "apiVersion": "v1",
            "kind": "Namespace",
            "metadata": {
                "name": namespace.name,
                "labels": {ENFORCE: namespace.pod_security.value, "team": namespace.label},
                "annotations": dict(_STAYS),
            },
        }
        for namespace in config
    ]
