"""The on-prem half of an environment, and in which phase it is."""

from __future__ import annotations

from collections.abc import Iterator

from estate.facts.google.service_accounts import SERVICE_ACCOUNTS
from estate.model.vmware.vmware import Phase, VmwareConfig
from operations.cards.card import Card, Entity, Step, Turn, Weight, certain, row, unprotected
from operations.cards.kinds import user_cluster
from operations.cards.steps.vcenter_objects import vcenter_steps

_NEXT = {
    Phase.FOUNDATION: ", 1 of 3: next, deploy it, do what hybrid prerequisites says, and write admin_cluster",
    Phase.ADMIN_CLUSTER: ", 2 of 3: next, write user_clusters and deploy them",
    Phase.USER_CLUSTERS: ", 3 of 3: next, deploy it",
}
"""What a person does in each phase."""


def _summary(entity: Entity[VmwareConfig]) -> str:
    return f"in {entity.config.location}, phase {entity.config.phase}{_NEXT[entity.config.phase]}"


def _warnings(entity: Entity[VmwareConfig]) -> Iterator[tuple[Weight, str]]:
    yield from unprotected(entity, user_cluster.CARD, entity.config.user_clusters)


def _steps(entity: Entity[VmwareConfig]) -> Iterator[Step]:
    """https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/vmware/docs/how-to/service-accounts."""
    project = certain(entity.environment.google).host_project.id
    yield from vcenter_steps(entity.config)
    yield Step(
        Turn.AFTER,
        "wake the On-Prem API, which answers nothing before its first call",
        (
            f"gcloud container vmware clusters query-version-config --project={project} "
            f"--location={entity.config.location}",
        ),
    )
    yield Step(
        Turn.AFTER,
        "make the service accounts' keys on the admin workstation, and nowhere else: a key that Terraform makes "
        "stands in its state",
        tuple(
            f"gcloud iam service-accounts keys create {account}.json "
            f"--iam-account={account}@{project}.iam.gserviceaccount.com"
            for account in SERVICE_ACCOUNTS
        ),
    )
    if entity.config.admin_cluster is None:
        yield Step(
            Turn.AFTER,
            "make admin workstation and admin cluster with gkectl, then write vmware.admin_cluster",
        )


CARD = Card(
    path="vmware",
    models=(VmwareConfig,),
    noun="on-prem clusters",
    rows=row(_summary),
    warnings=_warnings,
    steps=_steps,
    collections={"ServiceAccounts": "service account"},
)
