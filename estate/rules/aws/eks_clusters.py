"""Rules that join EKS clusters to the rest of an `aws` section."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.model.aws.aws import AwsConfig, ClusterVpc
from estate.model.aws.eks_cluster import EksClusterConfig
from estate.model.aws.kms_key import KmsKeyConfig
from estate.model.aws.values import principal
from estate.model.pinned_names import names_of_their_own
from estate.model.references import names_one
from estate.model.rules import Violation, rule

_CONTROL_PLANE_ZONES: Final = 2
_SCALING_ROLE: Final = "role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"


@rule(on=AwsConfig)
def clusters_differ_in_short_name(aws: AwsConfig) -> Iterator[Violation]:
    """No two clusters have the same short name, which roles and launch templates carry."""
    short_names = {key: one.short_name for key, one in aws.eks_clusters.items()}
    yield from names_of_their_own("eks_clusters", short_names, "short_name")


@rule(on=AwsConfig)
def control_planes_take_on_a_role_of_the_account(aws: AwsConfig) -> Iterator[Violation]:
    """The role that a control plane has already is a role, and of the section's account, as EKS asks."""
    for key, cluster in aws.eks_clusters.items():
        if cluster.role and principal(cluster.role)[:2] != (aws.account_id, "role"):
            yield Violation(
                ("eks_clusters", key, "role"),
                f"must be a role of account {aws.account_id}, got {cluster.role}; leave it out for a new cluster",
                ("account_id",),
            )


@rule(on=AwsConfig)
def clusters_have_a_network(aws: AwsConfig) -> Iterator[Violation]:
    """A cluster stands in a VPC with as many zones as EKS puts its control plane into."""
    for key, cluster in aws.eks_clusters.items():
        where, vpc = _vpc(aws, cluster)
        if vpc is None and cluster.vpc is None:
            yield Violation(
                ("eks_clusters", key), "needs management_vpc to stand in; add it", ("management_vpc",)
            )
        elif vpc is None:
            yield from names_one(("eks_clusters", key, "vpc"), cluster.vpc, where[:1], aws.existing_vpcs)
        elif len(vpc.zones) < _CONTROL_PLANE_ZONES:
            yield Violation(
                ("eks_clusters", key),
                f"needs {_CONTROL_PLANE_ZONES} zones in {'.'.join(where)}, which EKS puts its control plane into, got "
                f"{', '.join(vpc.zones)}; add zones",
                (*where, "zones"),
            )


def _vpc(aws: AwsConfig, cluster: EksClusterConfig) -> tuple[tuple[str, ...], ClusterVpc | None]:
    """Where the VPC of a cluster stands, and the VPC."""
    return ("existing_vpcs", cluster.vpc) if cluster.vpc else ("management_vpc",), aws.vpc_of(cluster)


@rule(on=AwsConfig)
def node_groups_stand_in_zones_of_the_vpc(aws: AwsConfig) -> Iterator[Violation]:
    """Every zone of a node group is one of the VPC's."""
    for key, cluster in aws.eks_clusters.items():
        where, vpc = _vpc(aws, cluster)
        for name, group in cluster.node_groups.items() if vpc else ():
            for position, zone in enumerate(group.zones):
                path = ("eks_clusters", key, "node_groups", name, "zones", position)
                yield from names_one(path, zone, (*where, "zones"), vpc.zones if vpc else ())


@rule(on=AwsConfig)
def somebody_reaches_every_cluster(aws: AwsConfig) -> Iterator[Violation]:
    """A cluster's API is open to the bastion, where that stands in the same VPC, or to some range, once there is a VPC."""
    for key, cluster in aws.eks_clusters.items():
        endpoint, vpc = cluster.endpoint, aws.vpc_of(cluster)
        if vpc is None or endpoint.private_from or endpoint.public_from:
            continue
        if cluster.vpc:
            yield Violation(
                ("eks_clusters", key, "endpoint"),
                f"must let somebody in, or nobody reaches the cluster's API: no bastion stands in existing_vpcs.{cluster.vpc}; "
                "list the ranges in private_from that come there by its owner's routes, or public ones in public_from",
            )
        elif not aws.bastion:
            yield Violation(
                ("eks_clusters", key, "endpoint"),
                "must let somebody in, or nobody reaches the cluster's API; add bastion, or list ranges in "
                "private_from",
                ("bastion",),
            )


@rule(on=AwsConfig)
def keys_of_clusters_exist(aws: AwsConfig) -> Iterator[Violation]:
    """What a cluster and its node groups are encrypted with is a key of the section."""
    for key, cluster in aws.eks_clusters.items():
        here = ("eks_clusters", key)
        yield from names_one((*here, "kms_key"), cluster.kms_key, ("kms_keys",), aws.kms_keys)
        for name, group in cluster.node_groups.items():
            path = (*here, "node_groups", name, "volume", "kms_key")
            yield from names_one(path, group.volume.kms_key, ("kms_keys",), aws.kms_keys)


@rule(on=AwsConfig)
def keys_let_the_pipeline_in(aws: AwsConfig) -> Iterator[Violation]:
    """The section names the role that applies the stack, which EKS has grant a cluster the use of its key.

    A key's policy lets only named identities use it; AWS tells of a missing one after half an hour.
    """
    for name, cluster in aws.eks_clusters.items():
        if isinstance(aws.kms_keys.get(cluster.kms_key), KmsKeyConfig) and aws.deployer is None:
            yield Violation(
                ("deployer",),
                f"must name the role that applies this stack, got none; EKS has it grant eks_clusters.{name} the use of "
                f"kms_keys.{cluster.kms_key}",
                ("deployer",),
            )


@rule(on=AwsConfig)
def keys_let_auto_scaling_in(aws: AwsConfig) -> Iterator[Violation]:
    """The key of a node group's disks names the role of Auto Scaling, which starts the nodes."""
    for name, cluster in aws.eks_clusters.items():
        for group_name, group in cluster.node_groups.items():
            key = aws.kms_keys.get(group.volume.kms_key or "")
            if isinstance(key, KmsKeyConfig) and not any(arn.endswith(_SCALING_ROLE) for arn in key.users):
                yield Violation(
                    ("kms_keys", group.volume.kms_key or "", "users"),
                    f"must name arn:aws:iam::{aws.account_id}:{_SCALING_ROLE}, which starts the nodes of eks_clusters."
                    f"{name}.node_groups.{group_name}; `aws iam create-service-linked-role --aws-service-name "
                    "autoscaling.amazonaws.com` makes it where it is missing",
                )


@rule(on=AwsConfig)
def somebody_else_administers(aws: AwsConfig) -> Iterator[Violation]:
    """A cluster has an administrator beside the role that applies stacks, which goes away with the pipeline."""
    for name, cluster in aws.eks_clusters.items():
        people = {principal(arn) for arn in cluster.access.administrators.values()}
        if aws.deployer and people == {principal(aws.deployer)}:
            yield Violation(
                ("eks_clusters", name, "access", "administrators"),
                f"must have one who is not the deployer, got {aws.deployer}; add a role that people take on when the "
                "pipeline is gone",
                ("deployer",),
            )
