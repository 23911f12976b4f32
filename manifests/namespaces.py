"""The labels of the teams' namespaces, which the fleet makes: whose each is, and how its pods are held.

Each object says labels and nothing else, so that an apply on the server owns these alone. Whoever prunes leaves the
namespace where it is, because with it goes all that runs there (:mod:`manifests.kept`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from estate.derived.clusters.team_namespace import TeamNamespace
from manifests.kept import kept
from manifests.kubernetes_object import Object

ENFORCE: Final = "pod-security.kubernetes.io/enforce"
"""The label that says which Pod Security level a namespace enforces:
https://kubernetes.io/docs/concepts/security/pod-security-admission/."""


REVISION: Final = "istio.io/rev"
"""The label by which a namespace asks for proxies of a control plane of the mesh, and beside which there is no istio-injection:
https://docs.cloud.google.com/service-mesh/legacy/in-cluster/operate-and-maintain/proxy-injection (excerpt, 2026-11-30)."""


def team_labels(namespace: TeamNamespace) -> dict[str, str]:
    """The labels of a team's namespace."""
    mesh = {REVISION: namespace.mesh_revision} if namespace.mesh_revision else {}
    return {**mesh, ENFORCE: namespace.pod_security.value, "team": namespace.label}


def namespaces(config: Sequence[TeamNamespace]) -> list[Object]:
    """The part of each namespace that is said here."""
    return [
        {
            "apiVersion": "v1",
            "kind": "Namespace",
            "metadata": {
                "name": namespace.name,
                "labels": team_labels(namespace),
                "annotations": kept(),
            },
        }
        for namespace in config
    ]
