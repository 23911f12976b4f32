"""What workloads find in each cluster."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.environment import Environment
from operations.check.offers import offer_rows
from tests.manifests.asking import EVERYTHING
from tests.model.access.estates import environment, organization
from tests.model.aws.eks_documents import AWS
from tests.model.google.documents import ENVIRONMENT
from tests.model.vmware.documents import changed

ELSEWHERE = changed(
    AWS,
    eks_clusters__cloud__scaler="other",
    eks_clusters__cloud__default_storage_class=False,
    eks_clusters__cloud__network_policies="other",
)
SWITCHED_OFF = changed(AWS, eks_clusters__cloud__network_policies="none")
FIXED: dict[str, Any] = {"replicas": 3, "load_balancer": True}


def rows(one: Environment) -> dict[str, tuple[str, ...]]:
    """What each cluster has, by its key."""
    found = offer_rows(organization(promotion=("dev",)), one)
    return {row[0]: row[1:] for row in found}


def on_prem(**changes: Any) -> tuple[str, ...]:
    """What the cluster on VMware has, with other values in it."""
    cluster = {f"vmware__user_clusters__apps__{path}": value for path, value in changes.items()}
    return rows(Environment.model_validate(changed(ENVIRONMENT, **cluster)))["apps"]


def test_clusters_in_google_cloud_come_with_theirs() -> None:
    """As their vendor has it."""
    found = rows(Environment.model_validate(ENVIRONMENT))

    assert found["cloud"] == (
        "standard-rwo",
        "gce or gce-internal, by annotation",
        "off",
        "GKE, within each node pool",
        "Dataplane V2",
    )


def test_clusters_on_vmware_come_with_theirs() -> None:
    """Where it is not switched off; nodes are scaled in pools that have limits."""
    assert on_prem() == (
        "standard-rwo",
        "Google's, at 10.21.0.200",
        "none",
        "GKE on VMware, of workers",
        "Dataplane V2",
    )
    assert on_prem(vsphere_csi_disabled=True)[0] == "none, vsphere_csi_disabled"
    assert on_prem(disable_bundled_ingress=True)[1] == "none, disable_bundled_ingress"
    assert on_prem(node_pools={"fixed": FIXED})[3] == "nobody, no pool has autoscaling"


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        (AWS, ("gp3", "none", "none", "nobody, no scaler", "nobody, no network_policies")),
        (EVERYTHING, ("gp3", "class alb", "none", "Cluster Autoscaler", "VPC CNI")),
        (ELSEWHERE, ("not from here", "none", "none", "something else", "something else")),
        (SWITCHED_OFF, ("gp3", "none", "none", "nobody, no scaler", "nobody")),
    ],
    ids=["as it is made", "with everything", "by others", "switched off"],
)
def test_a_cluster_in_aws_has_what_it_asks_for(section: dict[str, Any], expected: tuple[str, ...]) -> None:
    """EKS itself has none of it."""
    assert rows(environment("dev", aws=section))["cloud"] == expected
