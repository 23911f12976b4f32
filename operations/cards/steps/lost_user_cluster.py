"""A user cluster on VMware that is lost, by the commands of Google and of its admin workstation.

`--ignore-errors` deletes what Google knows of a cluster even where its admin cluster is out of reach, and leaves machines
behind then: https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/reference/on-prem-api/rest/v1/projects.locations.vmwareClusters/delete
(excerpt, 2026-11-30). `gkectl delete cluster --force` is for one that is unhealthy; machines that stay are deleted in
vSphere: https://cloud.google.com/anthos/clusters/docs/on-prem/1.10/how-to/deleting-a-user-cluster (excerpt, 2026-11-30).
"""

from __future__ import annotations

from estate.model.vmware.user_cluster import UserClusterConfig
from operations.cards.card import Entity, Lost, Task, certain
from operations.cards.steps.lost import NOTHING_LEFT, UNRELEASED, kept_elsewhere
from operations.cards.steps.velero import restored_by_velero


def lost_user_cluster(entity: Entity[UserClusterConfig]) -> Lost:
    """What is looked at, taken away and brought back; its admin cluster has to be there."""
    environment = entity.environment
    project, location = certain(environment.google).host_project.id, certain(environment.vmware).location
    name = entity.config.name_in(*entity.names, entity.key)
    where = f"--project={project} --location={location}"
    before, *after = _saved(entity, name)
    return Lost(
        type="google_gkeonprem_vmware_cluster",
        look=(
            Task(
                f"see what is left of user cluster {entity.key}, {name}: whether Google knows it, and which machines run",
                (
                    f"gcloud container vmware clusters describe {name} {where} --format='value(state)'",
                    f"govc find / -type m -name '{name}-*'",
                ),
            ),
            before,
        ),
        away=(
            Task(
                f"delete what is left of user cluster {entity.key} by its admin cluster; with --ignore-errors it is gone for "
                f"Google even where the admin cluster does not answer. {UNRELEASED}",
                (
                    f"gcloud container vmware clusters delete {name} {where} --force --ignore-errors --allow-missing",
                ),
                (
                    f"gcloud container vmware clusters list {where} --filter=name~/{name}$ --format='value(name)'  "
                    f"{NOTHING_LEFT}",
                ),
            ),
            Task(
                "delete machines that are left over, on the admin workstation, and in vSphere what stays even then: their "
                "addresses are the new ones'",
                (f"gkectl delete cluster --kubeconfig ADMIN_KUBECONFIG --cluster {name} --force",),
                (f"govc find / -type m -name '{name}-*'  {NOTHING_LEFT}",),
            ),
            Task(
                "delete its membership where that stays behind: the new cluster registers under the same name",
                (f"gcloud container fleet memberships delete {name} {where}",),
                (
                    f"gcloud container fleet memberships list --project={project} --filter=name~/{name}$ "
                    f"--format='value(name)'  {NOTHING_LEFT}",
                ),
            ),
        ),
        back=tuple(after),
    )


def _saved(entity: Entity[UserClusterConfig], name: str) -> tuple[Task, ...]:
    """What to see before, and what to do after."""
    what, backup = f"user cluster {entity.key}", entity.config.backup
    if backup is None:
        return kept_elsewhere(what, elsewhere=entity.config.backup_elsewhere)
    return (
        Task(
            f"see that {what} has a backup to go back to, before anything is taken away, and note the name of the newest; see too "
            "that the password of its volumes' files is at hand",
            (
                f"aws s3 ls s3://{backup.bucket}/{name}/backups/ --endpoint-url {backup.url} | sort | tail -n 3",
            ),
        ),
        *restored_by_velero(entity.environment.environment, entity.key, what),
    )
