"""Which Kubernetes the new cluster gets, and what is gone since that of the old one.

Standard support has to outlast the service that is left: AWS would upgrade the cluster in the middle of the move.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from estate.facts.aws.eks_versions import Support, minor_number

SHUT_DOWN: Final = "2027-03-17"
"""The day on which Google turns GKE on AWS off: the banner of
https://docs.cloud.google.com/kubernetes-engine/multi-cloud/docs/aws/how-to/prerequisites (excerpt, 2026-11-30)."""

# https://kubernetes.io/docs/reference/using-api/deprecation-guide/, of what people write themselves
_GONE: Final[Mapping[int, str]] = {
    16: "apps/v1beta1, apps/v1beta2 and extensions/v1beta1 but for Ingress",
    22: "Ingress of extensions/v1beta1 and networking.k8s.io/v1beta1, and v1beta1 of CustomResourceDefinition, webhook "
    "configurations, RBAC, PriorityClass, IngressClass, StorageClass, CSIDriver, Lease and CertificateSigningRequest",
    25: "PodSecurityPolicy, and v1beta1 of CronJob, PodDisruptionBudget, EndpointSlice, Event and RuntimeClass, "
    "HorizontalPodAutoscaler v2beta1",
    26: "HorizontalPodAutoscaler v2beta2",
    27: "CSIStorageCapacity v1beta1",
    29: "FlowSchema v1beta2",
    32: "FlowSchema v1beta3",
}


def nearest(known: Mapping[str, Support]) -> str:
    """The oldest version whose standard support outlasts GKE on AWS; the newest where none does."""
    lasting = (version for version, support in known.items() if support.standard_ends > SHUT_DOWN)
    return next(lasting, list(known)[-1])


def gone_since(old: str, new: str) -> Iterator[str]:
    """What Kubernetes served at minor version ``old`` and no longer serves at ``new``, by the version that ended it."""
    for number, what in _GONE.items():
        if minor_number(old) < number <= minor_number(new):
            yield f"1.{number}: {what}"
