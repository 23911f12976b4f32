"""A GKE cluster that is lost, by Google's commands.

Deleting one takes its node pools along; its membership may stay, and is deleted as a stale one:
https://docs.cloud.google.com/sdk/gcloud/reference/container/clusters/delete and
https://docs.cloud.google.com/sdk/gcloud/reference/container/fleet/memberships/delete (excerpt, 2026-11-30). Backups outlive
their cluster, with their plan, which is no part of it; what the tree has made by then stays, but for claims, which get
their volume from the backup:
https://docs.cloud.google.com/sdk/gcloud/reference/beta/container/backup-restore/restore-plans/create and
https://cloud.google.com/kubernetes-engine/docs/add-on/backup-for-gke/how-to/resource-conflict (excerpts, 2026-11-30).
"""

from __future__ import annotations

from typing import Final

from estate.model.google.gke_cluster import GkeClusterConfig
from estate.model.google.google import GoogleConfig
from operations.cards.card import Entity, Lost, Task, certain
from operations.cards.steps.lost import NOTHING_LEFT, UNRELEASED, kept_elsewhere

_BACKUPS: Final = "gcloud beta container backup-restore"


def lost_gke(entity: Entity[GkeClusterConfig]) -> Lost:
    """What is looked at, taken away and brought back."""
    google: GoogleConfig = certain(entity.environment.google)
    project, host = google.project_of(entity.config).id, google.host_project.id
    region = google.region_of(entity.config)
    name = entity.config.name_in(*entity.names, entity.key)
    where = f"--project={project} --location={region}"
    before, after = _saved(entity, name, project, region)
    membership = f"gcloud container fleet memberships list --project={host} --filter=name~/{name}$"
    return Lost(
        type="google_container_cluster",
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


def _saved(entity: Entity[GkeClusterConfig], name: str, project: str, region: str) -> tuple[Task, Task]:
    what = f"GKE cluster {entity.key}"
    if entity.config.backup is None:
        return kept_elsewhere(what, elsewhere=entity.config.backup_elsewhere)
    where = f"--project={project} --location={region}"
    newest = f"{_BACKUPS} backups list --backup-plan={name} {where} --filter=state=SUCCEEDED --sort-by=~createTime --limit=1"
    there = f"projects/{project}/locations/{region}"
    return (
        Task(
            f"see that {what} has a backup to go back to, before anything is taken away; the plan and its backups stay when "
            "the cluster goes",
            (f"{newest} --format='value(name,createTime)'",),
        ),
        Task(
            f"restore volumes and Secrets of {what} from the newest backup, or name an older one; what the tree has made by "
            "then stays as it is. Stop what writes to a volume until it is there",
            (
                f"{_BACKUPS} restore-plans create {name}-anew {where} --backup-plan={there}/backupPlans/{name} "
                f"--cluster={there}/clusters/{name} --all-namespaces --cluster-resource-scope-no-group-kinds "
                "--namespaced-resource-restore-mode=merge-replace-volume-on-conflict "
                "--volume-data-restore-policy=restore-volume-data-from-backup",
                f"{_BACKUPS} restores create anew {where} --restore-plan={name}-anew "
                f"--backup=$({newest} --format='value(name)') --wait-for-completion",
            ),
            (
                f"{_BACKUPS} restores describe anew {where} --restore-plan={name}-anew --format='value(state)'  # SUCCEEDED",
            ),
        ),
    )
