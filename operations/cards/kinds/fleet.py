"""The fleet of an environment's host project."""

from __future__ import annotations

from collections.abc import Iterator

from estate.facts.google.service_accounts import SERVICE_ACCOUNTS
from estate.model.fleet.fleet import FleetConfig
from operations.cards.card import Card, Entity, Step, Turn, Weight, certain, row


def _summary(entity: Entity[FleetConfig]) -> str:
    project, name = certain(entity.environment.google).host_project, entity.config.display_name
    whose = f"owned by {project.owner}" if project.owner else f'"{name}"' if name else "unnamed"
    return f"of {project.id}, {whose}"


def _warnings(entity: Entity[FleetConfig]) -> Iterator[tuple[Weight, str]]:
    environment, vmware = entity.environment, entity.environment.vmware
    owner = certain(environment.google).host_project.owner
    if owner:
        yield Weight.TOLD, f"its fleet belongs to {owner}: apply that environment first"
    elif vmware and vmware.admin_cluster and not environment.deletion_protection:
        yield (
            Weight.TOLD,
            "its fleet cannot be destroyed as long as the admin cluster is a member, which Terraform does not "
            f"destroy: gcloud container fleet memberships delete {vmware.admin_cluster.name} first",
        )
    if entity.config.features.cluster_upgrade and vmware:
        yield (
            Weight.BROKEN,
            "fleet.features.cluster_upgrade orders upgrades in Google Cloud only: no cluster on VMware obeys it",
        )


def _steps(entity: Entity[FleetConfig]) -> Iterator[Step]:
    name, project = entity.environment.environment, certain(entity.environment.google).host_project
    if project.owner:
        return
    yield Step(
        Turn.BEFORE,
        f"if this shows a fleet, take it in before the first apply: write in environments/refactoring/{name}.yaml "
        f"import: [{{to: ADDRESS, id: projects/{project.id}/locations/global/fleets/default}}], where ADDRESS "
        f"is the google_gke_hub_fleet that hybrid synth {name} records in environments/stateful/{name}.txt",
        (f"gcloud container fleet describe --project={project.id}",),
    )
    if entity.environment.vmware:
        yield Step(
            Turn.BEFORE,
            f"if this shows {', '.join(SERVICE_ACCOUNTS)}, take them in likewise, with "
            f"id: projects/{project.id}/serviceAccounts/EMAIL and the addresses that a plan shows",
            (f"gcloud iam service-accounts list --project={project.id}",),
        )


CARD = Card(
    path="fleet",
    models=(FleetConfig,),
    noun="fleet",
    rows=row(_summary),
    warnings=_warnings,
    steps=_steps,
    constructs={"RoleBindingActuation": "fleet"},
    stateful={
        "google_gke_hub_fleet": "it goes only once it has no member, and Terraform does not destroy the admin "
        "cluster's membership"
    },
)
