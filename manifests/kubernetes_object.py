"""Kubernetes objects as plain data."""

from __future__ import annotations

from typing import Any

Object = dict[str, Any]
"""One Kubernetes object, as YAML writes it."""

RBAC = "rbac.authorization.k8s.io"
"""The API group of roles and their bindings."""


def metadata(name: str, namespace: str | None = None) -> Object:
    """What an object is called, and where it stands."""
    return {"name": name, **({"namespace": namespace} if namespace else {})}


def bound_to(role: str, group: str) -> Object:
    """The rest of a binding: a ClusterRole and the group that has it, by the bare address that Kubernetes wants.

    https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding
    """
    return {
        "roleRef": {"apiGroup": RBAC, "kind": "ClusterRole", "name": role},
        "subjects": [{"apiGroup": RBAC, "kind": "Group", "name": group}],
    }
