"""What nobody but the platform may touch, wherever an Argo CD is: Secrets by which clusters of a mesh reach each other, and
the system's namespaces.

Istio reads the Secrets of another cluster with what such a Secret holds (istioctl create-remote-secret, label
istio/multiCluster), so that whoever makes one joins a cluster to the mesh. The platform is whoever may give every right:
escalate on ClusterRoles, which the API server answers by whatever authorizes there, RBAC or a cloud's IAM.
https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping and
https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#variable-composition, 2026-11-30.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

from estate.model.access.team import SYSTEM_PREFIXES
from manifests.admission import held
from manifests.argo_cd_object import NAMESPACE
from manifests.kubernetes_object import RBAC, Object
from manifests.namespace_prefixes import ARGO_CD

_MESH: Final = "istio/multiCluster"
_PLATFORM: Final = f"authorizer.group('{RBAC}').resource('clusterroles').check('escalate').allowed()"
_SYSTEM: Final = ("cert-manager", "default", NAMESPACE)
"""System namespaces that no prefix of the system's tells."""


def platform_alone(prefixes: Iterable[str] | None) -> list[Object]:
    """Both policies; none where no Argo CD is.

    Args:
        prefixes: how the namespaces of teams begin; None for no Argo CD.
    """
    return [] if prefixes is None else [*_mesh_secrets(), *_system_namespaces()]


def _mesh_secrets() -> list[Object]:
    label = f".metadata.?labels[?{json.dumps(_MESH)}].hasValue()"
    return held(
        "mesh-secrets",
        "secrets",
        ["CREATE", "UPDATE"],
        conditions=[
            {"name": "mesh", "expression": f"object{label} || (oldObject != null && oldObject{label})"}
        ],
        variables=[],
        validations=[
            {
                "expression": f"!({json.dumps(ARGO_CD)} in request.userInfo.groups) && {_PLATFORM}",
                "message": f"a Secret with the label {_MESH} joins clusters to the mesh, and is the platform team's to make",
                "reason": "Forbidden",
            }
        ],
    )


def _system_namespaces() -> list[Object]:
    """The system itself is left alone, and service accounts of its namespaces with it; those of Argo CD are held by a policy of
    their own. A service account of any other namespace is whose namespace that is.
    """
    account = "system:serviceaccount:"
    system = [f"{account}{one}" for one in (*SYSTEM_PREFIXES, *(f"{name}:" for name in _SYSTEM))]
    name = "request.userInfo.username"
    return held(
        "system-namespaces",
        "namespaces",
        ["CREATE", "UPDATE", "DELETE"],
        conditions=[
            {
                "name": "system-namespace",
                "expression": f"request.name in {json.dumps(_SYSTEM)} || "
                f"{json.dumps(SYSTEM_PREFIXES)}.exists(p, request.name.startsWith(p))",
            },
            {
                "name": "not-the-system",
                "expression": f"!{name}.startsWith('system:') || ({name}.startsWith('{account}') && "
                f"!{json.dumps(system)}.exists(p, {name}.startsWith(p)))",
            },
        ],
        variables=[],
        validations=[
            {
                "expression": _PLATFORM,
                "messageExpression": "request.name + ' is a namespace of the system, and the platform team alone may touch it'",
                "reason": "Forbidden",
            }
        ],
    )
