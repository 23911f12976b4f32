"""EKS clusters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.model.aws.eks_cluster import EksClusterConfig, SupportType
from estate.model.aws.management_vpc import ManagementVpcConfig
from operations.cards.card import (
    NOTHING_ELSE,
    Card,
    Entity,
    Feature,
    Promoted,
    Step,
    Version,
    Weight,
    certain,
    row,
)
from operations.cards.steps.way_in import into_eks

_RESERVED_BY_AWS: Final = 5
# What the network add-on takes for a node of the smaller kinds: two interfaces with ten addresses each.
_ADDRESSES_OF_A_NODE: Final = 20


def _summary(entity: Entity[EksClusterConfig]) -> str:
    cluster = entity.config
    private = ", ".join(map(str, cluster.endpoint.private_from))
    public = ", ".join(map(str, cluster.endpoint.public_from))
    return (
        f"Kubernetes {cluster.version}, private API"
        + (f" from {private}" if private else "")
        + (f", public API from {public}" if public else "")
        + f", administered by {', '.join(sorted(cluster.access.administrators))}"
    )


def _warnings(entity: Entity[EksClusterConfig]) -> Iterator[tuple[Weight, str]]:
    key, cluster, vpc = entity.key, entity.config, certain(entity.environment.aws).management_vpc
    if cluster.support is SupportType.EXTENDED:
        yield (
            Weight.TOLD,
            f"EKS cluster {key} pays for extended support as soon as {cluster.version} leaves standard support",
        )
    if cluster.endpoint.public_from:
        yield Weight.EXPOSED, f"EKS cluster {key} has its API on the internet, for the ranges in public_from"
    if isinstance(vpc, ManagementVpcConfig):
        yield from _tight_subnets(vpc, key, cluster)


def _tight_subnets(
    vpc: ManagementVpcConfig, key: str, cluster: EksClusterConfig
) -> Iterator[tuple[Weight, str]]:
    """Pods have addresses of the subnets, so nodes run out of them before they run out of anything else."""
    free = sum(zone.private.num_addresses - _RESERVED_BY_AWS for zone in vpc.zones.values())
    if free < cluster.most_nodes * _ADDRESSES_OF_A_NODE:
        yield (
            Weight.BROKEN,
            f"EKS cluster {key} may grow to {cluster.most_nodes} nodes, and the private subnets have {free} addresses "
            f"for nodes and pods, fewer than {_ADDRESSES_OF_A_NODE} a node: pods will not start",
        )


def _steps(entity: Entity[EksClusterConfig]) -> Iterator[Step]:
    yield into_eks(entity)


CARD = Card(
    path="aws.eks_clusters.*",
    models=(EksClusterConfig,),
    noun="EKS cluster",
    rows=row(_summary),
    warnings=_warnings,
    steps=_steps,
    collections={"EksClusters": "EKS cluster", "Addons": "add-on", "Administrators": "administrator"},
    stateful={
        "aws_eks_cluster": "with it goes its etcd, and nobody knows whose the volumes are that stay",
        "aws_cloudwatch_log_group": NOTHING_ELSE,
    },
    version=Version("aws_eks_cluster", "version"),
    promoted=Promoted("version", "version"),
    feature=Feature("aws.eks_clusters", "aws_eks_cluster.*"),
)
