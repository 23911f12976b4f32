"""What follows from the clusters elsewhere that an environment attaches to its fleet."""

from __future__ import annotations

from typing import Final

from estate.facts.aws.eks_versions import minor_number
from estate.model.environment import Environment

MEMBERSHIP_LOCATION: Final = "global"
"""Where an attached cluster's membership is, whatever region administers the cluster."""

_NEEDS_NO_ANTHOS: Final = 34
_SERVICES: Final = (
    "cloudresourcemanager",
    "connectgateway",
    "gkeconnect",
    "gkehub",
    "gkemulticloud",
    "iam",
    "kubernetesmetadata",
    "logging",
    "monitoring",
    "opsconfigmonitoring",
)


def attached_services(environment: Environment) -> frozenset[str]:
    """The APIs that attached clusters need in the host project, by their short names.

    https://docs.cloud.google.com/kubernetes-engine/multi-cloud/docs/attached/eks/reference/cluster-prerequisites
    """
    attachments = environment.attached_clusters.values()
    # Platform versions from 1.34 on no longer ask whether anthos is on.
    old = any(minor_number(attach.platform_version) < _NEEDS_NO_ANTHOS for attach in attachments)
    return frozenset((*_SERVICES, *(["anthos"] if old else []))) if attachments else frozenset()


def sends_telemetry(environment: Environment) -> bool:
    """Whether agents in an attached cluster write logs or metrics to the host project."""
    return any(
        attach.logging or attach.managed_prometheus for attach in environment.attached_clusters.values()
    )
