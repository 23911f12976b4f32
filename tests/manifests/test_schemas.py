"""Every object of the tree against the schemas of Kubernetes, minor by minor of the clusters.

A wrong field, a wrong type, a missing one; what values an API server refuses it says itself
(`tests/manifests/test_api_server.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
from kubernetes_validate import ValidationError, validate

from estate.model.environment import Environment
from estate.model.gitops import Applier
from tests.example import ESTATE
from tests.manifests.example_tree import teams_objects

pytestmark = pytest.mark.unmeasured

OLDEST: Final = 32
"""The oldest minor that GKE's channels run at, on 2026-11-30; a cluster there says no version."""

OF_OTHERS: Final = ("argoproj.io", "cas-issuer.jetstack.io", "cert-manager.io")
"""Groups of custom resources, which have schemas of their own (`tests/manifests/test_custom_resources.py`)."""


def _said(environment: Environment) -> Iterator[str]:
    """The versions that an environment's members say."""
    for on_prem in environment.vmware.user_clusters.values() if environment.vmware else ():
        yield on_prem.version
    for eks in environment.attached_eks_clusters.values():
        yield eks.version


def _minors() -> list[str]:
    said = {
        ".".join(version.split(".")[:2]) for one in ESTATE.environments.values() for version in _said(one)
    }
    newest = max(int(minor.partition(".")[2]) for minor in said)
    return [f"1.{minor}" for minor in range(OLDEST, newest + 1)]


def _distinct(applier: Applier) -> list[dict[str, Any]]:
    """The objects of all clusters that are Kubernetes' own, equal ones once."""
    every = [
        one
        for found in teams_objects(applier).values()
        for one in found
        if one["apiVersion"].partition("/")[0] not in OF_OTHERS
    ]
    return list({repr(one): one for one in every}.values())


@pytest.mark.parametrize("minor", _minors())
def test_kubernetes_takes_every_object(minor: str) -> None:
    """And knows every field of it."""
    found = _distinct(Applier.ARGO_CD)

    assert {one["kind"] for one in found} == {
        "ClusterRole",
        "ClusterRoleBinding",
        "ConfigMap",
        "LimitRange",
        "Namespace",
        "NetworkPolicy",
        "ResourceQuota",
        "RoleBinding",
        "StorageClass",
        "ValidatingAdmissionPolicy",
        "ValidatingAdmissionPolicyBinding",
    }
    for one in found:
        validate(one, minor, strict=True)


def test_a_wrong_field_is_refused() -> None:
    """The schemas look."""
    [*_, policy] = [one for one in _distinct(Applier.NONE) if one["kind"] == "NetworkPolicy"]
    wrong = {**policy, "spec": {**policy["spec"], "podSelectr": {}}}

    with pytest.raises(ValidationError, match="podSelectr"):
        validate(wrong, "1.35", strict=True)
