"""What holds Argo CD to the teams' prefixes, whatever its own configuration or a team's repository says.

Argo CD administers its cluster, and a project that lets it make namespaces lets a repository relabel kube-system, too, unless
names are held (argoproj/argo-cd#3553). Everybody else is left alone. Validating admission policies need Kubernetes 1.30:
https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

from estate.model.access.kit import PodSecurity
from manifests.admission import held
from manifests.argo_cd_object import NAMESPACE
from manifests.kubernetes_object import Object
from manifests.namespaces import ENFORCE

ARGO_CD: Final = f"system:serviceaccounts:{NAMESPACE}"
"""The group of every account of the namespace that Argo CD is installed in, whichever it acts as."""
_LEVELS: Final = tuple(PodSecurity)
"""The levels, the strictest first."""


def namespace_prefixes(config: Mapping[str, PodSecurity] | None, *, others: Sequence[str]) -> list[Object]:
    """The policy and what puts it in force; none where there is nobody to hold."""
    if config is None:
        return []
    return held(
        "argo-cd-namespaces",
        "namespaces",
        ["CREATE", "UPDATE", "DELETE"],
        conditions=[{"name": "argo-cd", "expression": f"{json.dumps(ARGO_CD)} in request.userInfo.groups"}],
        variables=_variables(config, others),
        validations=_validations(),
    )


def _variables(config: Mapping[str, PodSecurity], others: Sequence[str]) -> list[Object]:
    levels = {prefix: _LEVELS[: _LEVELS.index(weakest) + 1] for prefix, weakest in config.items()}
    return [
        {"name": "levels", "expression": json.dumps(levels)},
        {"name": "others", "expression": json.dumps(others)},
        {
            "name": "level",
            "expression": f"request.operation == 'DELETE' || !has(object.metadata.labels) ? '' : "
            f"object.metadata.labels[?{json.dumps(ENFORCE)}].orValue('')",
        },
    ]


def _validations() -> list[Object]:
    ours = "request.name in variables.others"
    return [
        {
            "expression": f"{ours} || variables.levels.exists(p, request.name.startsWith(p))",
            "messageExpression": "'Argo CD may touch namespaces of teams alone, got ' + request.name",
            "reason": "Forbidden",
        },
        {
            "expression": f"{ours} || request.operation == 'DELETE' || "
            "variables.levels.exists(p, request.name.startsWith(p) && variables.level in variables.levels[p])",
            "messageExpression": f"'{ENFORCE} of ' + request.name + ' must be a level that its team may have, got ' "
            "+ (variables.level == '' ? 'none' : variables.level)",
            "reason": "Forbidden",
        },
    ]
