"""A GKE cluster that is lost, by Google's commands.

Deleting one takes its node pools along; its membership may stay, and is deleted as a stale one:
https://docs.cloud.google.com/sdk/gcloud/reference/container/clusters/delete and
https://docs.cloud.google.com/sdk/gcloud/reference/container/fleet/memberships/delete (excerpt, 2026-11-30).
"""

from __future__ import annotations

from estate.model.google.gke_cluster import GkeClusterConfig
from estate.model.google.google import GoogleConfig
from operations.cards.card import Entity, Lost, Task, certain
from operations.cards.steps.lost import NOTHING_LEFT, UNRELEASED, not_backed_up


def lost_gke(entity: Entity[GkeClusterConfig]) -> Lost:
    """What is looked at, taken away and brought back."""
    google: GoogleConfig = certain(entity.environment.google)
    project, host = google.project_of(entity.config).id, google.host_project.id
    region = google.region_of(entity.config)
    name = entity.config.name_in(*entity.names, entity.key)
    where = f"--project={project} --location={region}"
    before, after = not_backed_up(f"GKE cluster {entity.key}")
    membership = f"gcloud container fleet memberships list --project={host} --filter=name~/{name}$"
    return Lost(
        look=(
            Task(
                f"see what is left of GKE cluster {entity.key}, {name} in {project}: whether it is there and answers",
                (f"gcloud container clusters describe {name} {where} --format='value(status)'",),
            ),
            before,
        ),
        away=(
            Task(
                f"delete what is left of GKE cluster {entity.key}, its membership too where that stays behind. {UNRELEASED}",
                (
                    f"gcloud container clusters delete {name} {where}",
                    f"gcloud container fleet memberships delete {name} --project={host} --location={region}",
                ),
                (
                    f"gcloud container clusters list {where} --filter=name={name} --format='value(name)'  {NOTHING_LEFT}",
                    f"{membership} --format='value(name)'  {NOTHING_LEFT}",
                ),
            ),
        ),
        back=(after,),
    )
