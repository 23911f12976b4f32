"""The role of an EKS cluster's nodes: joining the cluster and pulling images; a part of the cluster.

What the network add-on may do is its own role's, so a pod that gets at the node's role gains little by it.

https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from constructs import Construct

from constructs_lib.aws.eks_cluster import EksCluster
from constructs_lib.naming import Kind

_POLICIES: Final = {
    "JoinCluster": "AmazonEKSWorkerNodePolicy",
    "PullImages": "AmazonEC2ContainerRegistryPullOnly",
}
_TRUST: Final = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ],
}


@dataclass(frozen=True)
class EksNodeRole:
    """What node groups see of the role.

    Attributes:
        cluster: whose nodes have it.
        arn: its ARN.
        policies: what to depend on; without its policies no node joins.
    """

    cluster: EksCluster
    arn: str
    policies: tuple[ITerraformDependable, ...]


def define_node_role(scope: Construct, cluster: EksCluster) -> EksNodeRole:
    """Define the role that all node groups of a cluster share."""
    name = cluster.site.named("nodes", Kind.IAM)
    role = IamRole(scope, "Role", name=name, assume_role_policy=json.dumps(_TRUST), tags={"Name": name})
    policies = tuple(
        IamRolePolicyAttachment(scope, id_, role=role.name, policy_arn=cluster.site.policy_arn(policy))
        for id_, policy in _POLICIES.items()
    )
    return EksNodeRole(cluster, role.arn, policies)
