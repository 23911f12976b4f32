"""EKS clusters."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.access.kit import NetworkDefault
from estate.model.aws.eks_cluster import EksClusterConfig, NetworkPolicies, SupportType
from operations.cards.card import (
    NOTHING_ELSE,
    Card,
    Entity,
    Feature,
    Promoted,
    Step,
    Version,
    Weight,
    row,
)
from operations.cards.steps.lost_eks import lost_eks
from operations.cards.steps.software import software_steps, storage_steps
from operations.cards.steps.way_in import into_eks


def _summary(entity: Entity[EksClusterConfig]) -> str:
    cluster = entity.config
    private = ", ".join(map(str, cluster.endpoint.private_from))
    public = ", ".join(map(str, cluster.endpoint.public_from))
    return (
        f"Kubernetes {cluster.version}"
        + (f" in existing_vpcs.{cluster.vpc}" if cluster.vpc else "")
        + ", private API"
        + (f" from {private}" if private else "")
        + (f", public API from {public}" if public else "")
        + (", metrics-server" if cluster.metrics_server else "")
        + f", administered by {', '.join(sorted(cluster.access.administrators))}"
    )


def _warnings(entity: Entity[EksClusterConfig]) -> Iterator[tuple[Weight, str]]:
    key, cluster = entity.key, entity.config
    if cluster.support is SupportType.EXTENDED:
        yield (
            Weight.TOLD,
            f"EKS cluster {key} pays for extended support as soon as {cluster.version} leaves standard support",
        )
    if cluster.endpoint.public_from:
        yield Weight.EXPOSED, f"EKS cluster {key} has its API on the internet, for the ranges in public_from"
    open_teams = _teams_that_stay_open(entity)
    if open_teams:
        yield (
            Weight.EXPOSED,
            f"EKS cluster {key} holds no pod to a NetworkPolicy, so that deny_ingress of {', '.join(open_teams)} keeps nobody "
            "out there; say network_policies: vpc_cni of it, or other where something else does",
        )


def _teams_that_stay_open(entity: Entity[EksClusterConfig]) -> list[str]:
    """Teams that are to take no connection in a member of the fleet where nothing refuses any."""
    cluster, name = entity.config, entity.environment.environment
    if cluster.attach is None or cluster.network_policies not in {None, NetworkPolicies.NONE}:
        return []
    return sorted(
        key
        for key, team in entity.organization.teams.items()
        if name in team.access and team.network_default is NetworkDefault.DENY_INGRESS
    )


def _steps(entity: Entity[EksClusterConfig]) -> Iterator[Step]:
    yield into_eks(entity)
    yield from storage_steps(entity.organization, entity.environment, entity.key)
    yield from software_steps(entity.organization, entity.environment, entity.key)


CARD = Card(
    path="aws.eks_clusters.*",
    models=(EksClusterConfig,),
    noun="EKS cluster",
    rows=row(_summary),
    warnings=_warnings,
    steps=_steps,
    lost=lost_eks,
    collections={"EksClusters": "EKS cluster", "Addons": "add-on", "Administrators": "administrator"},
    stateful={
        "aws_eks_cluster": "with it goes its etcd, and nobody knows whose the volumes are that stay",
        "aws_cloudwatch_log_group": NOTHING_ELSE,
    },
    version=Version("aws_eks_cluster", "version"),
    promoted=Promoted("version", "version"),
    feature=Feature("aws.eks_clusters", "aws_eks_cluster.*"),
)
