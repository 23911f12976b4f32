"""What pods of an EKS cluster use in the account: roles, a scaler, a key for volumes."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.aws.aws import AwsConfig
from tests.model.aws.eks_documents import ACCOUNT, AWS, CLUSTER
from tests.model.refusals import refusals
from tests.model.vmware.documents import changed

POD_POLICY = f"arn:aws:iam::{ACCOUNT}:policy/load-balancers"
POD: dict[str, Any] = {
    "namespace": "kube-system",
    "service_account": "aws-load-balancer-controller",
    "policies": [POD_POLICY],
}


def refused(**changes: Any) -> dict[str, str]:
    """What the section is refused for with other values in its cluster."""
    return refusals(AwsConfig, {**AWS, "eks_clusters": {"cloud": changed(CLUSTER, **changes)}})


def test_pods_take_on_roles_of_their_own() -> None:
    """With policies of the account and of AWS, one role a service account; another scaler has its account free."""
    roles = {
        "load-balancers": {
            **POD,
            "policies": [POD_POLICY, "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"],
        },
        "same-name": {**POD, "namespace": "tools"},
        "scaler": {**POD, "service_account": "cluster-autoscaler"},
    }

    assert refused(pod_roles=roles, scaler="other") == {}


def test_what_is_installed_from_here_is_asked_for() -> None:
    """With versions of add-ons that the cluster has."""
    versions = {"metrics-server": "v0.8.1-eksbuild.6"}

    assert refused(metrics_server=True, addon_versions=versions, load_balancer_controller=True) == {}


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        ({"volumes_key": "absent"}, "volumes_key", "must be one of kms_keys: secrets"),
        ({"volumes_key": "secrets"}, "volumes_key", "must not be the kms_key of eks_clusters.cloud"),
        ({"scaler": "karpenter"}, "scaler", "cluster_autoscaler"),
        (
            {
                "scaler": "cluster_autoscaler",
                "pod_roles": {"a": {**POD, "service_account": "cluster-autoscaler"}},
            },
            "pod_roles.a.service_account",
            "must differ from that of scaler",
        ),
        (
            {"load_balancer_controller": True, "pod_roles": {"a": POD}},
            "pod_roles.a.service_account",
            "must differ from that of load_balancer_controller",
        ),
        (
            {"addon_versions": {"metrics-server": "v0.8.1-eksbuild.6"}},
            "addon_versions.metrics-server",
            "goes with metrics_server: true",
        ),
        (
            {"pod_roles": {"a": {**POD, "service_account": "aws-node"}}},
            "pod_roles.a.service_account",
            "must differ from that of vpc-cni, got kube-system:aws-node for both",
        ),
        ({"pod_roles": {"a": POD, "b": POD}}, "pod_roles.b.service_account", "must differ from that of a"),
        (
            {"pod_roles": {"a": {**POD, "policies": [POD_POLICY, POD_POLICY]}}},
            "pod_roles.a.policies.1",
            "a second time",
        ),
        (
            {"pod_roles": {"a": {**POD, "policies": ["arn:aws:iam::aws:policy/AdministratorAccess"]}}},
            "pod_roles.a.policies.0",
            "must be a policy for the task, got AdministratorAccess",
        ),
        (
            {"pod_roles": {"a": {**POD, "policies": ["arn:aws:iam::999999999999:policy/x"]}}},
            "pod_roles.a.policies.0",
            f"must be a policy of account {ACCOUNT} or of AWS",
        ),
    ],
)
def test_refuses(changes: dict[str, Any], path: str, words: str) -> None:
    """Each mistake, at its field."""
    found = refused(**changes)

    assert list(found) == [f"eks_clusters.cloud.{path}"]
    assert words in found[f"eks_clusters.cloud.{path}"]
