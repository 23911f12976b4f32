"""The rules that join EKS clusters to the rest of an `aws` section."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from estate.model.aws.kms_key import KmsKeyConfig
from estate.model.pinned_names import names_of_their_own
from estate.model.rules import Violation

if TYPE_CHECKING:
    from estate.model.aws.aws import AwsConfig
    from estate.model.aws.eks_cluster import EksClusterConfig

_CONTROL_PLANE_ZONES: Final = 2
_SCALING_ROLE: Final = "role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"


def eks_violations(aws: AwsConfig) -> Iterator[Violation]:
    """Check each cluster against network, keys and account, with paths from the aws section."""
    short_names = {key: one.short_name for key, one in aws.eks_clusters.items()}
    yield from names_of_their_own("eks_clusters", short_names, "short_name")
    for key, cluster in aws.eks_clusters.items():
        for violation in (*_network_fits(aws, cluster), *_keys_exist(aws, cluster)):
            yield Violation(("eks_clusters", key, *violation.path), violation.message, violation.absent)
        yield from _keys_let_in_who_needs_them(aws, key, cluster)
        yield from _somebody_else_administers(aws, key, cluster)


def _network_fits(aws: AwsConfig, cluster: EksClusterConfig) -> Iterator[Violation]:
    vpc = aws.management_vpc
    if vpc is None:
        yield Violation((), "needs management_vpc to stand in; add it", ("management_vpc",))
        return
    if len(vpc.zones) < _CONTROL_PLANE_ZONES:
        yield Violation(
            (),
            f"needs {_CONTROL_PLANE_ZONES} zones in management_vpc, which EKS puts its control plane into, got "
            f"{', '.join(vpc.zones)}; add zones",
            ("management_vpc", "zones"),
        )
    for name, group in cluster.node_groups.items():
        for position, zone in enumerate(group.zones):
            if zone not in vpc.zones:
                yield Violation(
                    ("node_groups", name, "zones", position),
                    f"must be a zone of management_vpc: {', '.join(sorted(vpc.zones))}; got {zone}",
                    ("management_vpc", "zones", zone),
                )
    endpoint = cluster.endpoint
    if not (aws.bastion or endpoint.private_from or endpoint.public_from):
        yield Violation(
            ("endpoint",),
            "must let somebody in, or nobody reaches the cluster's API; add bastion, or list ranges in private_from",
            ("bastion",),
        )


def _keys_exist(aws: AwsConfig, cluster: EksClusterConfig) -> Iterator[Violation]:
    named = [
        (("kms_key",), cluster.kms_key),
        *(
            (("node_groups", name, "volume", "kms_key"), group.volume.kms_key)
            for name, group in cluster.node_groups.items()
        ),
    ]
    for path, key in named:
        if key and key not in aws.kms_keys:
            known = ", ".join(sorted(aws.kms_keys)) or "none yet"
            yield Violation(
                path,
                f"must be a key of aws.kms_keys, of which there are {known}; got {key}",
                ("kms_keys", key),
            )


def _keys_let_in_who_needs_them(aws: AwsConfig, name: str, cluster: EksClusterConfig) -> Iterator[Violation]:
    """A key's policy lets only named identities use it; AWS tells of a missing one after half an hour."""
    if isinstance(aws.kms_keys.get(cluster.kms_key), KmsKeyConfig) and aws.deployer is None:
        yield Violation(
            ("deployer",),
            f"must name the role that applies this stack, got none; EKS has it grant eks_clusters.{name} the use of "
            f"kms_keys.{cluster.kms_key}",
            ("deployer",),
        )
    for group_name, group in cluster.node_groups.items():
        key = aws.kms_keys.get(group.volume.kms_key or "")
        if isinstance(key, KmsKeyConfig) and not any(arn.endswith(_SCALING_ROLE) for arn in key.users):
            yield Violation(
                ("kms_keys", group.volume.kms_key or "", "users"),
                f"must name arn:aws:iam::{aws.account_id}:{_SCALING_ROLE}, which starts the nodes of eks_clusters."
                f"{name}.node_groups.{group_name}; `aws iam create-service-linked-role --aws-service-name "
                "autoscaling.amazonaws.com` makes it where it is missing",
            )


def _somebody_else_administers(aws: AwsConfig, name: str, cluster: EksClusterConfig) -> Iterator[Violation]:
    """The role that applies stacks goes away with the pipeline."""
    if set(cluster.access.administrators.values()) == {aws.deployer}:
        yield Violation(
            ("eks_clusters", name, "access", "administrators"),
            f"must have one who is not the deployer, got {aws.deployer}; add a role that people take on when the "
            "pipeline is gone",
            ("deployer",),
        )
