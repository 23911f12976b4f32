"""The role of the AWS Load Balancer Controller in an EKS cluster.

What it may do is what the vendor publishes with v3.5.0 (docs/install/iam_policy.json of
https://github.com/kubernetes-sigs/aws-load-balancer-controller, read 2026-11-30), narrowed: what it makes and changes carries
the cluster's name, of security groups it opens its own and the one of the cluster's nodes alone, "We recommend further
scoping down this configuration" (docs/deploy/installation.md there), and listeners are those of this account and region.

Left out: WAF, Shield, Cognito, Outposts and pools of addresses, whose parts of the controller are off or not asked for; and
target groups that somebody else makes.
"""

from __future__ import annotations

from typing import Any, Final

from constructs import Construct

from constructs_lib.aws.eks_controller_role import Controller, define_controller_role
from constructs_lib.aws.eks_oidc_provider import EksOidcProvider
from constructs_lib.aws.eks_site import EksSite
from constructs_lib.aws.statement import allow
from estate.model.aws.eks_cluster import LOAD_BALANCER_ACCOUNT, LOAD_BALANCER_PART

_LOOK: Final = (
    "acm:DescribeCertificate",
    "acm:ListCertificates",
    "ec2:DescribeAccountAttributes",
    "ec2:DescribeAddresses",
    "ec2:DescribeAvailabilityZones",
    "ec2:DescribeInstances",
    "ec2:DescribeInternetGateways",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeRouteTables",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeTags",
    "ec2:DescribeVpcPeeringConnections",
    "ec2:DescribeVpcs",
    "ec2:GetSecurityGroupsForVpc",
    "elasticloadbalancing:DescribeCapacityReservation",
    "elasticloadbalancing:DescribeListenerAttributes",
    "elasticloadbalancing:DescribeListenerCertificates",
    "elasticloadbalancing:DescribeListeners",
    "elasticloadbalancing:DescribeLoadBalancerAttributes",
    "elasticloadbalancing:DescribeLoadBalancers",
    "elasticloadbalancing:DescribeRules",
    "elasticloadbalancing:DescribeSSLPolicies",
    "elasticloadbalancing:DescribeTags",
    "elasticloadbalancing:DescribeTargetGroupAttributes",
    "elasticloadbalancing:DescribeTargetGroups",
    "elasticloadbalancing:DescribeTargetHealth",
    "elasticloadbalancing:DescribeTrustStores",
    "iam:GetServerCertificate",
    "iam:ListServerCertificates",
)
_OPEN: Final = ("ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress")
_LISTEN: Final = (
    "elasticloadbalancing:AddListenerCertificates",
    "elasticloadbalancing:CreateListener",
    "elasticloadbalancing:CreateRule",
    "elasticloadbalancing:DeleteListener",
    "elasticloadbalancing:DeleteRule",
    "elasticloadbalancing:ModifyListener",
    "elasticloadbalancing:ModifyRule",
    "elasticloadbalancing:RemoveListenerCertificates",
    "elasticloadbalancing:SetRulePriorities",
)
_CHANGE: Final = (
    "elasticloadbalancing:DeleteLoadBalancer",
    "elasticloadbalancing:DeleteTargetGroup",
    "elasticloadbalancing:ModifyCapacityReservation",
    "elasticloadbalancing:ModifyListenerAttributes",
    "elasticloadbalancing:ModifyLoadBalancerAttributes",
    "elasticloadbalancing:ModifyTargetGroup",
    "elasticloadbalancing:ModifyTargetGroupAttributes",
    "elasticloadbalancing:SetIpAddressType",
    "elasticloadbalancing:SetSecurityGroups",
    "elasticloadbalancing:SetSubnets",
)
_TAG: Final = ("elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags")
_SERVICE: Final = "elasticloadbalancing.amazonaws.com"
_OWNER: Final = "elbv2.k8s.aws/cluster"
"""The tag by which the controller knows what it made: pkg/deploy/tracking/provider.go there."""


class EksLoadBalancerRole(Construct):
    """Define the role of the controller, which makes load balancers and changes those of its cluster alone."""

    def __init__(
        self, scope: Construct, id_: str, *, config: EksSite, oidc_provider: EksOidcProvider
    ) -> None:
        super().__init__(scope, id_)
        controller = Controller(LOAD_BALANCER_PART, LOAD_BALANCER_ACCOUNT, "balance", _statements(config))
        define_controller_role(self, config, controller, oidc_provider)


def _statements(site: EksSite) -> list[dict[str, Any]]:
    group = site.account.arn("ec2", "security-group/*")
    balancers = [
        site.account.arn("elasticloadbalancing", f"loadbalancer/{kind}/*") for kind in ("app", "net")
    ]
    targets = site.account.arn("elasticloadbalancing", "targetgroup/*")
    listeners = [
        site.account.arn("elasticloadbalancing", f"{part}/{kind}/*")
        for part in ("listener", "listener-rule")
        for kind in ("app", "net")
    ]
    own = {"StringEquals": {f"aws:ResourceTag/{_OWNER}": site.name}}
    new = {f"aws:RequestTag/{_OWNER}": site.name}
    # Another owner is no tag to give: what has one keeps it.
    stays = {**own, "Null": {f"aws:RequestTag/{_OWNER}": "true"}}
    # EKS tags the security group that it makes for a cluster and its nodes so, and people those that they share with it:
    # https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html (excerpt, 2026-11-30); the controller takes both,
    # pkg/networking/networking_manager.go of v3.5.0.
    nodes = {"StringEquals": {f"aws:ResourceTag/kubernetes.io/cluster/{site.name}": ["owned", "shared"]}}
    linked = site.account.arn("iam", f"role/aws-service-role/{_SERVICE}/*", regional=False)
    service = {"StringEquals": {"iam:AWSServiceName": _SERVICE}}
    made = {
        "StringEquals": {
            **new,
            "elasticloadbalancing:CreateAction": ["CreateTargetGroup", "CreateLoadBalancer"],
        }
    }
    return [
        allow("Look", _LOOK, "*"),
        allow("BeginToUse", ("iam:CreateServiceLinkedRole",), linked, service),
        allow("MakeGroupsIn", ("ec2:CreateSecurityGroup",), site.account.arn("ec2", "vpc/*")),
        allow("MakeGroups", ("ec2:CreateSecurityGroup",), group, {"StringEquals": new}),
        allow(
            "TagNewGroups",
            ("ec2:CreateTags",),
            group,
            {"StringEquals": {**new, "ec2:CreateAction": "CreateSecurityGroup"}},
        ),
        allow("TagGroups", ("ec2:CreateTags", "ec2:DeleteTags"), group, stays),
        allow("OpenNodes", _OPEN, group, nodes),
        allow("ChangeGroups", (*_OPEN, "ec2:DeleteSecurityGroup"), group, own),
        allow(
            "Make",
            ("elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"),
            [*balancers, targets],
            {"StringEquals": new},
        ),
        allow("TagNew", ("elasticloadbalancing:AddTags",), [*balancers, targets], made),
        allow("Tag", _TAG, [*balancers, targets], stays),
        allow("TagListeners", _TAG, listeners),
        allow("Listen", _LISTEN, [*balancers, *listeners]),
        allow("Change", _CHANGE, [*balancers, *listeners, targets], own),
        allow(
            "Register",
            ("elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"),
            targets,
            own,
        ),
    ]
