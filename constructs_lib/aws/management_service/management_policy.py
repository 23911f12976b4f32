"""What the management service's instance may do: make, change and remove user clusters.

Google never published the product's own policies. These follow from what it is seen to make (for each
user cluster: security groups, volumes, network interfaces, a network load balancer, a launch template
and an auto scaling group for each replica and pool) and let it reach nothing else: by name where a name
is in the ARN, by the cluster's tag or profile where it is not.
"""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.aws.management_service.policy import PolicyScope, Statement

LOOK = (
    "autoscaling:DescribeAutoScalingGroups",
    "autoscaling:DescribeAutoScalingInstances",
    "autoscaling:DescribeScalingActivities",
    "autoscaling:DescribeTags",
    "ec2:DescribeAccountAttributes",
    "ec2:DescribeAvailabilityZones",
    "ec2:DescribeImages",
    "ec2:DescribeInstances",
    "ec2:DescribeInternetGateways",
    "ec2:DescribeKeyPairs",
    "ec2:DescribeLaunchTemplateVersions",
    "ec2:DescribeLaunchTemplates",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeRegions",
    "ec2:DescribeRouteTables",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSnapshots",
    "ec2:DescribeSubnets",
    "ec2:DescribeTags",
    "ec2:DescribeVolumes",
    "ec2:DescribeVolumesModifications",
    "ec2:DescribeVpcs",
    "elasticloadbalancing:DescribeListeners",
    "elasticloadbalancing:DescribeLoadBalancerAttributes",
    "elasticloadbalancing:DescribeLoadBalancerPolicies",
    "elasticloadbalancing:DescribeLoadBalancers",
    "elasticloadbalancing:DescribeTags",
    "elasticloadbalancing:DescribeTargetGroupAttributes",
    "elasticloadbalancing:DescribeTargetGroups",
    "elasticloadbalancing:DescribeTargetHealth",
)
"""The describe calls of service and clusters."""

ENCRYPT_DECRYPT = (
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
)
"""What it takes to use a key whose policy leaves its use to IAM, as existing keys' may."""


def management_statements(scope: PolicyScope) -> Iterator[Statement]:
    """What the role of the service's own instance may do."""
    yield Statement("Look", LOOK, ("*",))
    yield from _own_instance(scope)
    yield from _nodes(scope)
    yield from _load_balancers(scope)
    yield from _handed_on(scope)


def _own_instance(scope: PolicyScope) -> Iterator[Statement]:
    yield Statement("FindInBucket", ("s3:ListBucket",), (scope.bucket_arn,))
    yield Statement("ReadBucket", ("s3:GetObject", "s3:GetObjectVersion"), (f"{scope.bucket_arn}/*",))
    keys = tuple(dict.fromkeys((scope.secrets_key_arn, scope.database_key_arn, scope.data_volume_key_arn)))
    yield Statement("UseKeys", ENCRYPT_DECRYPT, keys)
    # Of the data volume's key alone: no other key's policy lets it make grants, so that a line here gave nothing.
    for_ebs = {"Bool": {"kms:GrantIsForAWSResource": "true"}}
    yield Statement("LetVolumesUseKeys", ("kms:CreateGrant",), (scope.data_volume_key_arn,), for_ebs)
    yield Statement("AttachDataVolume", ("ec2:AttachVolume",), (scope.data_volume_arn,))
    yield Statement(
        "AttachToItself",
        ("ec2:AttachVolume",),
        scope.ec2("instance/*"),
        {"ArnEquals": {"ec2:InstanceProfile": scope.management_profile_arn}},
    )


def _nodes(scope: PolicyScope) -> Iterator[Statement]:
    made = scope.ec2("launch-template/*", "network-interface/*", "security-group/*", "volume/*")
    private_subnets = scope.ec2(*(f"subnet/{subnet_id}" for subnet_id in scope.private_subnet_ids))
    subnets = scope.ec2(
        *(f"subnet/{subnet_id}" for subnet_id in (*scope.private_subnet_ids, *scope.public_subnet_ids))
    )
    makes = (
        "ec2:CreateLaunchTemplate",
        "ec2:CreateNetworkInterface",
        "ec2:CreateSecurityGroup",
        "ec2:CreateVolume",
    )
    yield Statement("Make", makes, made, scope.becomes_of_cluster)
    yield Statement(
        "MakeInNetwork",
        ("ec2:CreateNetworkInterface", "ec2:CreateSecurityGroup"),
        (scope.vpc_arn, *private_subnets),
    )
    yield Statement(
        "MakeInGroups", ("ec2:CreateNetworkInterface",), scope.ec2("security-group/*"), scope.in_vpc
    )
    yield Statement(
        "Change",
        (
            "ec2:AttachNetworkInterface",
            "ec2:AttachVolume",
            "ec2:AuthorizeSecurityGroupEgress",
            "ec2:AuthorizeSecurityGroupIngress",
            "ec2:CreateLaunchTemplateVersion",
            "ec2:DeleteLaunchTemplate",
            "ec2:DeleteLaunchTemplateVersions",
            "ec2:DeleteNetworkInterface",
            "ec2:DeleteSecurityGroup",
            "ec2:DeleteVolume",
            "ec2:DetachNetworkInterface",
            "ec2:DetachVolume",
            "ec2:ModifyLaunchTemplate",
            "ec2:ModifyNetworkInterfaceAttribute",
            "ec2:ModifyVolume",
            "ec2:RevokeSecurityGroupEgress",
            "ec2:RevokeSecurityGroupIngress",
        ),
        made,
        scope.of_cluster,
    )
    yield Statement(
        "ChangeNodes",
        (
            "ec2:AttachNetworkInterface",
            "ec2:AttachVolume",
            "ec2:DetachNetworkInterface",
            "ec2:DetachVolume",
            "ec2:RunInstances",
            "ec2:TerminateInstances",
        ),
        scope.ec2("instance/*"),
        scope.is_cluster_node,
    )
    yield Statement(
        "RunNodes",
        ("ec2:RunInstances",),
        (
            scope.ec2_of_nobody("image/*"),
            *scope.ec2(f"key-pair/{scope.key_pair_name}", "volume/*"),
            *private_subnets,
        ),
    )
    yield Statement(
        "RunNodesFromTemplates", ("ec2:RunInstances",), scope.ec2("launch-template/*"), scope.of_cluster
    )
    yield Statement(
        "RunNodesInGroups",
        ("ec2:RunInstances",),
        scope.ec2("network-interface/*", "security-group/*"),
        scope.in_vpc,
    )
    yield Statement(
        "TagWhatIsMade",
        ("ec2:CreateTags",),
        (*made, *scope.ec2("instance/*")),
        {
            "StringEquals": {
                "ec2:CreateAction": [*(action.removeprefix("ec2:") for action in makes), "RunInstances"]
            }
        },
    )
    yield Statement(
        "TagSubnets",
        ("ec2:CreateTags", "ec2:DeleteTags"),
        subnets,
        {
            "ForAllValues:StringLike": {"aws:TagKeys": ["kubernetes.io/cluster/*"]},
            "Null": {"aws:TagKeys": "false"},
        },
    )
    yield Statement(
        "ScaleNodes",
        (
            "autoscaling:AttachLoadBalancerTargetGroups",
            "autoscaling:CreateAutoScalingGroup",
            "autoscaling:CreateOrUpdateTags",
            "autoscaling:DeleteAutoScalingGroup",
            "autoscaling:DeleteTags",
            "autoscaling:SetDesiredCapacity",
            "autoscaling:TerminateInstanceInAutoScalingGroup",
            "autoscaling:UpdateAutoScalingGroup",
        ),
        scope.named("autoscaling", "autoScalingGroup:*:autoScalingGroupName/{}"),
    )


def _load_balancers(scope: PolicyScope) -> Iterator[Statement]:
    yield Statement(
        "BalanceControlPlanes",
        (
            "elasticloadbalancing:AddTags",
            "elasticloadbalancing:CreateListener",
            "elasticloadbalancing:CreateLoadBalancer",
            "elasticloadbalancing:CreateTargetGroup",
            "elasticloadbalancing:DeleteListener",
            "elasticloadbalancing:DeleteLoadBalancer",
            "elasticloadbalancing:DeleteTargetGroup",
            "elasticloadbalancing:DeregisterTargets",
            "elasticloadbalancing:ModifyListener",
            "elasticloadbalancing:ModifyLoadBalancerAttributes",
            "elasticloadbalancing:ModifyTargetGroup",
            "elasticloadbalancing:ModifyTargetGroupAttributes",
            "elasticloadbalancing:RegisterTargets",
            "elasticloadbalancing:RemoveTags",
        ),
        scope.named("elasticloadbalancing", "loadbalancer/net/{}/*", "listener/net/{}/*", "targetgroup/{}/*"),
    )


def _handed_on(scope: PolicyScope) -> Iterator[Statement]:
    yield Statement(
        "GiveNodesTheirRoles",
        ("iam:PassRole",),
        scope.cluster_role_arns,
        {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}},
    )
    yield Statement("FindProfiles", ("iam:GetInstanceProfile",), scope.cluster_profile_arns)
    # AWS makes each with the account's first group and the first load balancer.
    services = {
        "autoscaling.amazonaws.com": "AWSServiceRoleForAutoScaling",
        "elasticloadbalancing.amazonaws.com": "AWSServiceRoleForElasticLoadBalancing",
    }
    yield Statement(
        "LetAwsMakeItsRoles",
        ("iam:CreateServiceLinkedRole",),
        tuple(
            scope.account.arn("iam", f"role/aws-service-role/{service}/{role}", regional=False)
            for service, role in services.items()
        ),
        {"StringEquals": {"iam:AWSServiceName": list(services)}},
    )
