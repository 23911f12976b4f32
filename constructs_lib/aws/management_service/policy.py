"""IAM policy statements as data, and why some of them name no resource."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from constructs_lib.aws.account import AwsAccount

Condition = Mapping[str, Mapping[str, str | list[str]]]

BARE_RESOURCE_REASONS: Final = MappingProxyType(
    {
        "Look": "the describe calls of EC2, Auto Scaling and Elastic Load Balancing take no resource; they read only",
    }
)
"""Why a statement, by its id, has `*` for its resource; no other may.

Source: the tables of https://docs.aws.amazon.com/service-authorization/latest/reference/.
"""


@dataclass(frozen=True)
class Statement:
    """Something that is allowed.

    Attributes:
        sid: what it is for; unique in its policy, letters and digits.
        actions: each one by its full name.
        resources: ARNs; a bare `*` needs a line in BARE_RESOURCE_REASONS.
        condition: operator -> key -> values.
    """

    sid: str
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    condition: Condition = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Write it as IAM reads it."""
        return {
            "Sid": self.sid,
            "Effect": "Allow",
            "Action": list(self.actions),
            "Resource": list(self.resources),
            **({"Condition": self.condition} if self.condition else {}),
        }


@dataclass(frozen=True)
class PolicyScope:
    """What the statements of one management service may name; ids and ARNs may be tokens.

    Attributes:
        account: account and region.
        cluster_id: id of the management cluster.
        cluster_tag: key of the tag on what belongs to the cluster.
        vpc_id: the VPC that everything stands in.
        private_subnet_ids: subnets of nodes and instance.
        public_subnet_ids: subnets of public load balancers.
        bucket_arn: the bootstrap bucket.
        agent_prefix: prefix of the agent's objects in it.
        data_volume_arn: the service's own data volume.
        key_pair_name: the key pair of the nodes.
        secrets_key_arn: key of the secrets.
        database_key_arn: key of the databases.
        data_volume_key_arn: key of the service's own data volume.
        management_profile_arn: instance profile of the service's instance.
        cluster_role_arns: roles of the clusters' nodes.
        cluster_profile_arns: instance profiles of the clusters' nodes.
    """

    account: AwsAccount
    cluster_id: str
    cluster_tag: str
    vpc_id: str
    private_subnet_ids: tuple[str, ...]
    public_subnet_ids: tuple[str, ...]
    bucket_arn: str
    agent_prefix: str
    data_volume_arn: str
    key_pair_name: str
    secrets_key_arn: str
    database_key_arn: str
    data_volume_key_arn: str
    management_profile_arn: str
    cluster_role_arns: tuple[str, ...]
    cluster_profile_arns: tuple[str, ...]

    def ec2(self, *resources: str) -> tuple[str, ...]:
        """ARNs of EC2 resources in the account and region."""
        return tuple(self.account.arn("ec2", resource) for resource in resources)

    def ec2_of_nobody(self, resource: str) -> str:
        """ARN of images or snapshots, in which AWS writes no account."""
        return f"arn:{self.account.partition}:ec2:{self.account.region}::{resource}"

    def named(self, service: str, *forms: str) -> tuple[str, ...]:
        """ARNs whose name begins as the product begins them; `{}` in a form stands for that name.

        User clusters get ids of their own, gke- and eight hexadecimal digits.
        """
        names = dict.fromkeys(("gke-*", f"{self.cluster_id}-*"))
        return tuple(self.account.arn(service, form.format(name)) for form in forms for name in names)

    @property
    def vpc_arn(self) -> str:
        """ARN of the VPC."""
        return self.account.arn("ec2", f"vpc/{self.vpc_id}")

    @property
    def in_vpc(self) -> Condition:
        """The resource stands in the VPC."""
        return {"ArnEquals": {"ec2:Vpc": self.vpc_arn}}

    @property
    def of_cluster(self) -> Condition:
        """The resource has the cluster's tag."""
        return {"StringEquals": {f"aws:ResourceTag/{self.cluster_tag}": ["owned", "shared"]}}

    @property
    def becomes_of_cluster(self) -> Condition:
        """The resource is made with the cluster's tag on it."""
        return {"StringEquals": {f"aws:RequestTag/{self.cluster_tag}": ["owned", "shared"]}}

    @property
    def is_cluster_node(self) -> Condition:
        """The instance has the profile of a cluster's node."""
        return {"ArnEquals": {"ec2:InstanceProfile": list(self.cluster_profile_arns)}}


def policy_json(statements: Iterable[Statement]) -> str:
    """Write a policy, without white space because IAM counts every character of a managed one."""
    document = {"Version": "2012-10-17", "Statement": [statement.to_dict() for statement in statements]}
    return json.dumps(document, separators=(",", ":"))
