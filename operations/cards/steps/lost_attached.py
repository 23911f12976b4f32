"""A cluster of others that is lost: who made it makes it anew, and its membership is made anew here.

A new cluster has another issuer of tokens, which a membership cannot change to, so its membership goes first. `--ignore-errors`
deletes one whose cluster does not answer:
https://docs.cloud.google.com/sdk/gcloud/reference/container/attached/clusters/delete (excerpt, 2026-11-30).
"""

from __future__ import annotations

from typing import Final

from estate.model.fleet.attached_cluster import AttachedClusterConfig
from operations.cards.card import Entity, Lost, Task, certain
from operations.cards.steps.lost import NOTHING_LEFT, UNRELEASED

ATTACHED: Final = "google_container_attached_cluster"


def lost_attached(entity: Entity[AttachedClusterConfig]) -> Lost:
    """What is looked at, taken away and brought back."""
    google, key = certain(entity.environment.google), entity.key
    name = entity.config.name_in(*entity.names, key)
    where = f"--project={google.host_project.id} --location={entity.config.location or google.region}"
    return Lost(
        type=ATTACHED,
        look=(
            Task(
                f"see what is left of attached cluster {key}, {name}: whether it is there and answers, and who brings back what "
                "stood in it, which nothing here backs up",
                (f"gcloud container attached clusters describe {name} {where} --format='value(state)'",),
            ),
        ),
        away=(
            Task(
                f"delete the membership of attached cluster {key}. {UNRELEASED}",
                (
                    f"gcloud container attached clusters delete {name} {where} --ignore-errors --allow-missing",
                ),
                (
                    f"gcloud container attached clusters list {where} --filter=name~/{name}$ --format='value(name)'  "
                    f"{NOTHING_LEFT}",
                ),
            ),
            Task(
                f"have whoever made attached cluster {key} make it anew, and write its new issuer, its jwks where it has them and "
                f"reached_by into fleet.attached_clusters.{key}"
            ),
        ),
        back=(
            Task(f"have volumes and Secrets of attached cluster {key} brought back by whoever keeps them"),
        ),
    )
