"""The Kubernetes object that makes the platform team administrator of whole clusters.

A scope's role bindings reach the scope's namespaces. Nodes, custom resource definitions and the namespaces
of the system belong to no scope, the provider's role binding of a whole membership takes no groups, and
Terraform does not reach into the clusters; so this object is put out for the repository that Config Sync
reads.

https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding
"""

from __future__ import annotations

from estate.model.access.team import PlatformTeam


def cluster_admin_binding(team: PlatformTeam) -> str:
    """The object as YAML, with the group's bare address, as Kubernetes wants it."""
    return f"""\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: platform-cluster-admin
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: cluster-admin
subjects:
- apiGroup: rbac.authorization.k8s.io
  kind: Group
  name: {team.group}
"""
