"""A policy that the API server holds everybody to, and what puts it in force; it needs Kubernetes 1.30.

https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from manifests.kubernetes_object import Object, metadata

_GROUP: Final = "admissionregistration.k8s.io"


def held(
    name: str,
    resource: str,
    operations: Sequence[str],
    *,
    conditions: Sequence[Object],
    variables: Sequence[Object],
    validations: Sequence[Object],
) -> list[Object]:
    """The policy, which refuses where it cannot be asked, and its binding.

    Args:
        name: what both are called.
        resource: the core resource that it is about.
        operations: what is done with it.
        conditions: when it is asked.
        variables: what its expressions share.
        validations: what has to hold.
    """
    rule = {
        "apiGroups": [""],
        "apiVersions": ["v1"],
        "operations": list(operations),
        "resources": [resource],
    }
    spec: Object = {
        "failurePolicy": "Fail",
        "matchConstraints": {"resourceRules": [rule]},
        "matchConditions": list(conditions),
        **({"variables": list(variables)} if variables else {}),
        "validations": list(validations),
    }
    return [
        {
            "apiVersion": f"{_GROUP}/v1",
            "kind": "ValidatingAdmissionPolicy",
            "metadata": metadata(name),
            "spec": spec,
        },
        {
            "apiVersion": f"{_GROUP}/v1",
            "kind": "ValidatingAdmissionPolicyBinding",
            "metadata": metadata(name),
            "spec": {"policyName": name, "validationActions": ["Deny", "Audit"]},
        },
    ]
