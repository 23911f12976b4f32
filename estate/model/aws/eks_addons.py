"""The add-ons of EKS clusters: networking, DNS, EBS volumes, and metrics where asked for, with the role of each that needs one.

Left out: the Pod Identity agent, since roles are taken on by OIDC, which the fleet needs anyway; snapshots and
EFS, which Config Sync can bring.

https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

from pydantic import StringConstraints

from estate.model.words import Words


class AddonName(StrEnum):
    """The add-ons that a cluster has, or may have."""

    VPC_CNI = "vpc-cni"
    KUBE_PROXY = "kube-proxy"
    COREDNS = "coredns"
    EBS_CSI = "aws-ebs-csi-driver"
    METRICS_SERVER = "metrics-server"


AddonVersion = Annotated[
    str,
    StringConstraints(pattern=r"^v[0-9]+\.[0-9]+\.[0-9]+-eksbuild\.[0-9]+$"),
    Words("a version of an add-on such as v1.20.4-eksbuild.1 (`aws eks describe-addon-versions`)"),
]
"""Version of an add-on."""


@dataclass(frozen=True)
class Addon:
    """One add-on.

    Attributes:
        before_nodes: whether nodes are not ready without it; the others need nodes to become ready themselves.
        service_account: its service account in kube-system that takes on a role; None when it needs no role.
        policy: AWS's managed policy of that role, by name below `arn:aws:iam::aws:policy/`.
    """

    before_nodes: bool
    service_account: str | None = None
    policy: str | None = None


ADDONS: Final[Mapping[AddonName, Addon]] = {
    AddonName.VPC_CNI: Addon(before_nodes=True, service_account="aws-node", policy="AmazonEKS_CNI_Policy"),
    AddonName.KUBE_PROXY: Addon(before_nodes=True),
    AddonName.COREDNS: Addon(before_nodes=False),
    AddonName.EBS_CSI: Addon(
        before_nodes=False,
        service_account="ebs-csi-controller-sa",
        policy="service-role/AmazonEBSCSIDriverPolicy",
    ),
    # "it isn't deployed by default in Amazon EKS clusters", and needs no role:
    # https://docs.aws.amazon.com/eks/latest/userguide/metrics-server.html and .../community-addons.html (excerpts, 2026-11-30).
    AddonName.METRICS_SERVER: Addon(before_nodes=False),
}
"""By the name that EKS knows it by."""
