"""Roles that the pods of a service account take on in an EKS cluster.

https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
"""

from __future__ import annotations

import json
from typing import Any, Final

from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from constructs import Construct

from constructs_lib.aws.eks_oidc_provider import EksOidcProvider
from constructs_lib.aws.eks_site import EksSite
from constructs_lib.naming import Kind
from estate.model.aws.eks_cluster import SCALER_ACCOUNT, SCALER_PART
from estate.model.aws.eks_pod_role import PodRole

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


class EksPodRole(Construct):
    """Define a role with policies that exist, for one service account and no other."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: PodRole,
        name: str,
        oidc_provider: EksOidcProvider,
    ) -> None:
        super().__init__(scope, id_)
        role = IamRole(
            self,
            "Resource",
            name=name,
            assume_role_policy=oidc_provider.trust(config.service_account, namespace=config.namespace),
            tags={"Name": name},
        )
        policies = Construct(self, "Policies")
        for arn in config.policies:
            IamRolePolicyAttachment(policies, arn.split(":", 4)[4], role=role.name, policy_arn=arn)


class EksScalerRole(Construct):
    """Define the role of the Cluster Autoscaler: it sees all groups, and scales those of this cluster."""

    def __init__(
        self, scope: Construct, id_: str, *, config: EksSite, oidc_provider: EksOidcProvider
    ) -> None:
        super().__init__(scope, id_)
        name = config.named(SCALER_PART, Kind.IAM)
        role = IamRole(
            self,
            "Resource",
            name=name,
            assume_role_policy=oidc_provider.trust(SCALER_ACCOUNT),
            tags={"Name": name},
        )
        IamRolePolicy(self, "Policy", name="scale", role=role.name, policy=_policy(config))


def _policy(site: EksSite) -> str:
    # EKS tags the auto scaling groups of managed node groups so, for the Cluster Autoscaler to find them:
    # https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html of 2026-11-30.
    own = {"StringEquals": {f"aws:ResourceTag/k8s.io/cluster-autoscaler/{site.name}": "owned"}}
    groups = site.account.arn("autoscaling", "autoScalingGroup:*:autoScalingGroupName/*")
    statements: list[dict[str, Any]] = [
        {"Sid": "Look", "Effect": "Allow", "Action": list(_LOOK), "Resource": "*"},
        {"Sid": "Scale", "Effect": "Allow", "Action": list(_SCALE), "Resource": groups, "Condition": own},
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": statements})
