"""ClusterRoles of the organization's own, which teams are bound to in their namespaces."""

from __future__ import annotations

from collections.abc import Mapping

from estate.model.access.cluster_role import ClusterRole, RoleRule
from manifests.kubernetes_object import RBAC, Object, metadata


def cluster_roles(config: Mapping[str, ClusterRole]) -> list[Object]:
    """Each role with its rules in the order of the file."""
    return [
        {
            "apiVersion": f"{RBAC}/v1",
            "kind": "ClusterRole",
            "metadata": metadata(name),
            "rules": [_rule(one) for one in role.rules],
        }
        for name, role in config.items()
    ]


def _rule(rule: RoleRule) -> Object:
    names = {"resourceNames": list(rule.resource_names)} if rule.resource_names else {}
    return {
        "apiGroups": list(rule.api_groups),
        "resources": list(rule.resources),
        **names,
        "verbs": list(rule.verbs),
    }
