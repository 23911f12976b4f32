"""The on-prem half of an environment, and in which phase it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.facts.google.service_accounts import SERVICE_ACCOUNTS
from estate.model.vmware.vmware import Phase, VmwareConfig
from operations.cards.card import Card, Entity, Step, Turn, Weight, certain, row
from operations.cards.steps.commands import for_each
from operations.cards.steps.vcenter_objects import vcenter_steps

# Of an admin cluster and all that it manages, where clusters are advanced ones, as supported versions have them:
# https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/vmware/docs/concepts/scalability (excerpt, 2026-11-30)
_MOST_NODES: Final = 500
_ADMIN_NODES: Final = 3
_NEXT = {
    Phase.FOUNDATION: ", 1 of 3: next, deploy it, do what hybrid prerequisites says, and write admin_cluster",
    Phase.ADMIN_CLUSTER: ", 2 of 3: next, write user_clusters and deploy them",
    Phase.USER_CLUSTERS: ", 3 of 3: next, deploy it",
}
"""What a person does in each phase."""


def _summary(entity: Entity[VmwareConfig]) -> str:
    return f"in {entity.config.location}, phase {entity.config.phase}{_NEXT[entity.config.phase]}"


def _warnings(entity: Entity[VmwareConfig]) -> Iterator[tuple[Weight, str]]:
    clusters = entity.config.user_clusters
    nodes = _ADMIN_NODES + sum(len(one.control_plane.ips) + one.most_nodes for one in clusters.values())
    if nodes > _MOST_NODES:
        yield (
            Weight.BROKEN,
            f"the admin cluster and its user clusters may have {nodes} nodes, control planes included, and Google supports "
            f"{_MOST_NODES}; have fewer, or a second admin cluster in an environment of its own",
        )


def _steps(entity: Entity[VmwareConfig]) -> Iterator[Step]:
    """https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/vmware/docs/how-to/service-accounts."""
    project = certain(entity.environment.google).host_project.id
    yield _keys_are_allowed(project)
    yield from vcenter_steps(entity.config)
    if entity.config.user_clusters:
        yield Step(
            Turn.BEFORE,
            "where none of the user clusters is there yet, leave vmware.user_clusters out of the file until the admin cluster "
            "runs: it needs keys of the accounts that the first apply makes",
        )
    yield Step(
        Turn.AFTER,
        "wake the On-Prem API, which answers nothing before its first call",
        (
            f"gcloud container vmware clusters query-version-config --project={project} "
            f"--location={entity.config.location}",
        ),
    )
    vsphere, admin = entity.config.vsphere, entity.config.admin_cluster
    if admin is None and not (vsphere and vsphere.workstations):
        yield Step(
            Turn.ADMIN_CLUSTER,
            "make the admin workstation; gkeadm wants the key of component-access-sa for it, which is made as below",
        )
    yield Step(
        Turn.ADMIN_CLUSTER,
        "make the service accounts' keys on the admin workstation, and nowhere else: a key that Terraform makes "
        f"stands in its state; that takes roles/iam.serviceAccountKeyAdmin on {project}",
        tuple(
            f"gcloud iam service-accounts keys create {account}.json "
            f"--iam-account={account}@{project}.iam.gserviceaccount.com"
            for account in SERVICE_ACCOUNTS
        ),
    )
    if admin is None:
        yield Step(
            Turn.ADMIN_CLUSTER,
            "make the admin cluster with gkectl, then write vmware.admin_cluster",
        )


def _keys_are_allowed(project: str) -> Step:
    """Nobody makes a key in an organization of today's before its administrators except the project.

    "Google Cloud security baseline constraints are enforced for all organizations created on or after May 3, 2024", among
    them that on keys: https://docs.cloud.google.com/resource-manager/docs/secure-by-default-organizations; the managed one
    does the same: https://docs.cloud.google.com/organization-policy/restrict-service-accounts (excerpts, 2026-11-30).
    """
    return Step(
        Turn.RIGHTS,
        "where one of these shows enforce: true, as Google has it in every organization made since 2024-05-03, have the administrators of "
        f"the organization's policies except {project}: gkectl needs keys of service accounts that are made there",
        (
            for_each(
                "policy",
                ("iam.disableServiceAccountKeyCreation", "iam.managed.disableServiceAccountKeyCreation"),
                f"gcloud org-policies describe $policy --project={project} --effective",
            ),
        ),
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
