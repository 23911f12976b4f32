"""GKE clusters in Google Cloud; their release channel upgrades them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.derived.google.authorized import authorized_networks
from estate.model.google.gke_cluster import GkeClusterConfig
from estate.model.google.maintenance import FEWEST_HOURS
from operations.cards.card import Card, Entity, Feature, Promoted, Step, Turn, Version, Weight, certain, row
from operations.cards.steps.lost_gke import lost_gke
from operations.cards.steps.software import software_steps
from operations.cards.steps.way_in import into_gke

# https://docs.cloud.google.com/kubernetes-engine/quotas (excerpts, read 2026-11-30)
_NODES_AT_FIRST: Final = 5_000


def _summary(entity: Entity[GkeClusterConfig]) -> str:
    cluster, google = entity.config, certain(entity.environment.google)
    doors = [
        *(["at its DNS name"] if cluster.dns_endpoint else []),
        *([_private_door(entity)] if cluster.private_endpoint else []),
    ]
    observability = cluster.observability
    prometheus = ", managed Prometheus" if observability.managed_prometheus else ""
    return (
        f"{cluster.release_channel} channel in {google.project_of(cluster).id}, {google.region_of(cluster)}, API "
        f"{' and '.join(doors)}; logs {observability.logs}, metrics {observability.metrics}{prometheus}"
    )


def _private_door(entity: Entity[GkeClusterConfig]) -> str:
    count = len(authorized_networks(entity.environment, entity.config))
    ranges = {0: "its own nodes", 1: "1 range"}.get(count, f"{count} ranges")
    return f"in {entity.config.control_plane_cidr} to {ranges}"


def _warnings(entity: Entity[GkeClusterConfig]) -> Iterator[tuple[Weight, str]]:
    zones = len(entity.config.zones)
    if zones in {1, 2}:
        yield (
            Weight.FRAGILE,
            f"GKE cluster {entity.key} has nodes in {zones} of the three zones that survive the loss of one",
        )
    yield from _without_rules(entity)
    yield from _frozen(entity)


def _without_rules(entity: Entity[GkeClusterConfig]) -> Iterator[tuple[Weight, str]]:
    """Nobody opens the host project's firewall to clients of load balancers: GKE may not, and the last rule refuses.

    https://docs.cloud.google.com/kubernetes-engine/docs/how-to/cluster-shared-vpc of 2026-11-30, excerpt
    """
    google, project = certain(entity.environment.google), entity.config.project
    if project and google.service_projects[project].load_balancer_rules is None:
        yield (
            Weight.BROKEN,
            f"nobody lets clients in to load balancers of GKE cluster {entity.key}: GKE may make no firewall rule in "
            f"{google.host_project.id}; say load_balancer_rules of google.service_projects.{project}, gke or by_hand",
        )


def _frozen(entity: Entity[GkeClusterConfig]) -> Iterator[tuple[Weight, str]]:
    """Google does not say whether its hours count beside exclusions: one may last 90 days, which leaves none."""
    maintenance = entity.config.maintenance
    found = maintenance.tightest() if maintenance else None
    if found and found[0] < FEWEST_HOURS:
        hours, first = found
        yield (
            Weight.TOLD,
            f"in the 32 days from {first} GKE cluster {entity.key} is open to maintenance for {hours} hours, exclusions left "
            f"out, and GKE asks for {FEWEST_HOURS} in any 32 days: it may refuse the exclusion; open longer, or freeze for "
            "fewer days",
        )


def _steps(entity: Entity[GkeClusterConfig]) -> Iterator[Step]:
    nodes = sum(pool.max_nodes for pool in entity.config.node_pools.values())
    if nodes > _NODES_AT_FIRST:
        yield Step(
            Turn.BEFORE,
            f"have Google's support let GKE cluster {entity.key} grow to {nodes} nodes; clusters start with {_NODES_AT_FIRST}",
        )
    for repository in entity.config.image_repositories.values():
        _, project, _, location, _, name = repository.split("/")
        yield Step(
            Turn.BEFORE,
            f"make {repository}, unless it is there, and let whoever applies {entity.environment.environment} give roles "
            f"on it (artifactregistry.repositories.setIamPolicy), for the nodes of GKE cluster {entity.key}",
            (f"gcloud artifacts repositories describe {name} --project={project} --location={location}",),
        )
    yield into_gke(entity)
    yield from software_steps(entity.organization, entity.environment, entity.key)


CARD = Card(
    path="google.gke_clusters.*",
    models=(GkeClusterConfig,),
    noun="GKE cluster",
    parts=("maintenance",),
    rows=row(_summary),
    warnings=_warnings,
    steps=_steps,
    lost=lost_gke,
    collections={"GkeClusters": "GKE cluster"},
    stateful={
        "google_container_cluster": "with it go its nodes, its etcd, the disks that no retain policy keeps, and its "
        "fleet membership"
    },
    version=Version("google_container_cluster", "min_master_version"),
    promoted=Promoted("release_channel", "release_channel"),
    feature=Feature("google.gke_clusters", "google_container_cluster.*"),
)
