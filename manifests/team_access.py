"""What a team may do in its namespaces, by each cluster's own API."""

from __future__ import annotations

from collections.abc import Sequence

from estate.derived.clusters.team_namespace import TeamNamespace
from manifests.kubernetes_object import RBAC, Object, bound_to, metadata


def team_access(config: Sequence[TeamNamespace]) -> list[Object]:
    """A binding of the team's group in each namespace.

    Its name has the role's in it: the role of a binding cannot be changed, another level is another object
    (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#clusterrolebinding-example).
    """
    return [
        {
            "apiVersion": f"{RBAC}/v1",
            "kind": "RoleBinding",
            "metadata": metadata(f"team-{namespace.role}", namespace.name),
            **bound_to(namespace.role, namespace.group),
        }
        for namespace in config
    ]
