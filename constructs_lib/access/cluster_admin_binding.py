"""The Kubernetes object that makes the platform team administrator of whole clusters.

A scope's role bindings reach the scope's namespaces. Nodes, custom resource definitions and the namespaces
of the system belong to no scope, and Terraform does not reach into the clusters; so this object is put out
for the repository that Config Sync reads.

https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding
"""

from __future__ import annotations

from collections.abc import Sequence

from environments.model.access.grants import Grantee

_HEAD = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: platform-cluster-admin
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: cluster-admin
subjects:
"""


def cluster_admin_binding(grantees: Sequence[Grantee]) -> str:
    """The object as YAML, with the bare addresses that Kubernetes wants."""
    return _HEAD + "".join(
        "- apiGroup: rbac.authorization.k8s.io\n"
        f"  kind: {'Group' if grantee.is_group else 'User'}\n"
        f"  name: {grantee.address}\n"
        for grantee in grantees
    )
