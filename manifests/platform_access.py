"""What makes the platform team administrator of a whole cluster (docs/adr/0012)."""

from __future__ import annotations

from estate.model.access.team import EVERY_RIGHT
from manifests.kubernetes_object import RBAC, Object, bound_to, metadata


def platform_access(config: str | None) -> list[Object]:
    """The binding of the platform team's group, the same object as the output cluster_admin_binding; none without a group."""
    if config is None:
        return []
    return [
        {
            "apiVersion": f"{RBAC}/v1",
            "kind": "ClusterRoleBinding",
            "metadata": metadata("platform-cluster-admin"),
            **bound_to(EVERY_RIGHT, config),
        }
    ]
