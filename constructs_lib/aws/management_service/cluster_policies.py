"""What the nodes of user clusters may do: control planes run Kubernetes's cloud provider and its EBS driver.

What the cloud provider makes for a service of type LoadBalancer it names itself: `a` and the service's
uid, and `k8s-...` for target groups.
"""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.aws.management_service.management_policy import ENCRYPT_DECRYPT, LOOK
from constructs_lib.aws.management_service.policy import PolicyScope, Statement


def control_plane_statements(scope: PolicyScope) -> Iterator[Statement]:
    """What the role of control plane nodes may do."""
    yield Statement("Look", LOOK, ("*",))
    yield from _bootstrap(scope)
    yield Statement("UseDatabaseKey", ENCRYPT_DECRYPT, (scope.database_key_arn,))
    yield from _volumes(scope)
    yield from _load_balancers(scope)


def node_pool_statements(scope: PolicyScope) -> Iterator[Statement]:
    """What the role of worker nodes may do."""
    yield Statement("Look", ("ec2:DescribeInstances", "ec2:DescribeRegions", "ec2:DescribeTags"), ("*",))
    yield from _bootstrap(scope)


def _bootstrap(scope: PolicyScope) -> Iterator[Statement]:
    """A node fetches the agent and decrypts what the service gave it; the service's own keys are not its."""
    yield Statement("ReadAgent", ("s3:GetObject",), (f"{scope.bucket_arn}/{scope.agent_prefix}*",))
    yield Statement("DecryptSecrets", ("kms:Decrypt", "kms:DescribeKey"), (scope.secrets_key_arn,))


def _volumes(scope: PolicyScope) -> Iterator[Statement]:
    made = (*scope.ec2("volume/*"), scope.ec2_of_nobody("snapshot/*"))
    makes = ("ec2:CreateSnapshot", "ec2:CreateVolume")
    yield Statement("MakeVolumes", makes, made, scope.becomes_of_cluster)
    yield Statement(
        "TagWhatIsMade",
        ("ec2:CreateTags",),
        made,
        {"StringEquals": {"ec2:CreateAction": [action.removeprefix("ec2:") for action in makes]}},
    )
    yield Statement(
        "ChangeVolumes",
        (
            "ec2:AttachNetworkInterface",
            "ec2:AttachVolume",
            "ec2:CreateSnapshot",
            "ec2:DeleteSnapshot",
            "ec2:DeleteVolume",
            "ec2:DetachVolume",
            "ec2:ModifyVolume",
        ),
        (*made, *scope.ec2("network-interface/*")),
        scope.of_cluster,
    )
    yield Statement(
        "AttachToNodes",
        ("ec2:AttachNetworkInterface", "ec2:AttachVolume", "ec2:DetachVolume"),
        scope.ec2("instance/*"),
        scope.is_cluster_node,
    )


def _load_balancers(scope: PolicyScope) -> Iterator[Statement]:
    groups = scope.ec2("security-group/*")
    yield Statement("MakeGroups", ("ec2:CreateSecurityGroup",), (scope.vpc_arn,))
    yield Statement("MakeGroupsOfCluster", ("ec2:CreateSecurityGroup",), groups, scope.becomes_of_cluster)
    yield Statement(
        "TagGroups",
        ("ec2:CreateTags",),
        groups,
        {"StringEquals": {"ec2:CreateAction": "CreateSecurityGroup"}},
    )
    yield Statement(
        "ChangeGroups",
        (
            "ec2:AuthorizeSecurityGroupIngress",
            "ec2:DeleteSecurityGroup",
            "ec2:RevokeSecurityGroupIngress",
        ),
        groups,
        scope.of_cluster,
    )
    yield Statement(
        "BalanceServices",
        (
            "elasticloadbalancing:AddTags",
            "elasticloadbalancing:ApplySecurityGroupsToLoadBalancer",
            "elasticloadbalancing:AttachLoadBalancerToSubnets",
            "elasticloadbalancing:ConfigureHealthCheck",
            "elasticloadbalancing:CreateListener",
            "elasticloadbalancing:CreateLoadBalancer",
            "elasticloadbalancing:CreateLoadBalancerListeners",
            "elasticloadbalancing:CreateLoadBalancerPolicy",
            "elasticloadbalancing:CreateTargetGroup",
            "elasticloadbalancing:DeleteListener",
            "elasticloadbalancing:DeleteLoadBalancer",
            "elasticloadbalancing:DeleteLoadBalancerListeners",
            "elasticloadbalancing:DeleteTargetGroup",
            "elasticloadbalancing:DeregisterInstancesFromLoadBalancer",
            "elasticloadbalancing:DeregisterTargets",
            "elasticloadbalancing:DetachLoadBalancerFromSubnets",
            "elasticloadbalancing:ModifyListener",
            "elasticloadbalancing:ModifyLoadBalancerAttributes",
            "elasticloadbalancing:ModifyTargetGroup",
            "elasticloadbalancing:ModifyTargetGroupAttributes",
            "elasticloadbalancing:RegisterInstancesWithLoadBalancer",
            "elasticloadbalancing:RegisterTargets",
            "elasticloadbalancing:SetLoadBalancerPoliciesForBackendServer",
            "elasticloadbalancing:SetLoadBalancerPoliciesOfListener",
        ),
        tuple(
            scope.account.arn("elasticloadbalancing", resource)
            for resource in (
                "listener/net/a*/*",
                "loadbalancer/a*",
                "loadbalancer/net/a*/*",
                "targetgroup/k8s-*/*",
            )
        ),
    )
