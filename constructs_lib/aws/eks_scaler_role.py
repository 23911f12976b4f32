"""The role of the Cluster Autoscaler in an EKS cluster."""

from __future__ import annotations

from typing import Any, Final

from constructs import Construct

from constructs_lib.aws.eks_controller_role import Controller, define_controller_role
from constructs_lib.aws.eks_oidc_provider import EksOidcProvider
from constructs_lib.aws.eks_site import EksSite
from constructs_lib.aws.statement import allow
from estate.model.aws.eks_cluster import SCALER_ACCOUNT, SCALER_PART

_LOOK: Final = (
    "autoscaling:DescribeAutoScalingGroups",
    "autoscaling:DescribeAutoScalingInstances",
    "autoscaling:DescribeLaunchConfigurations",
    "autoscaling:DescribeScalingActivities",
    "autoscaling:DescribeTags",
    "ec2:DescribeImages",
    "ec2:DescribeInstanceTypes",
    "ec2:DescribeLaunchTemplateVersions",
    "ec2:GetInstanceTypesFromInstanceRequirements",
    "eks:DescribeNodegroup",
)
_SCALE: Final = ("autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup")
"""What the Cluster Autoscaler's README asks for, "It is strongly recommended to restrict the target resources for the
autoscaling actions": https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md of
2026-11-30, excerpt."""


class EksScalerRole(Construct):
    """Define the role, which sees all groups and scales those of its cluster."""

    def __init__(
        self, scope: Construct, id_: str, *, config: EksSite, oidc_provider: EksOidcProvider
    ) -> None:
        super().__init__(scope, id_)
        controller = Controller(SCALER_PART, SCALER_ACCOUNT, "scale", _statements(config))
        define_controller_role(self, config, controller, oidc_provider)


def _statements(site: EksSite) -> list[dict[str, Any]]:
    # EKS tags the auto scaling groups of managed node groups so, for the Cluster Autoscaler to find them:
    # https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html of 2026-11-30.
    own = {"StringEquals": {f"aws:ResourceTag/k8s.io/cluster-autoscaler/{site.name}": "owned"}}
    groups = site.account.arn("autoscaling", "autoScalingGroup:*:autoScalingGroupName/*")
    return [allow("Look", _LOOK, "*"), allow("Scale", _SCALE, groups, own)]
