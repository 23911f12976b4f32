"""How the groups come to be known to the clusters, by hand or nested by Terraform."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.access.google_groups import SECURITY_GROUPS, GoogleGroups
from operations.cards.card import Card, Entity, Step, Turn, certain
from operations.cards.steps.commands import for_each


def _steps(entity: Entity[GoogleGroups]) -> Iterator[Step]:
    nesting, environment = entity.config.nesting, entity.environment
    yield from _must_exist(entity)
    if nesting and nesting.environment == environment.environment:
        project = certain(environment.google).host_project.id
        yield Step(
            Turn.GROUPS,
            f"apply as a manager of {SECURITY_GROUPS}@{entity.organization.domain}, in which the groups are nested; as "
            "a person rather than a service account, have Cloud Identity charge the host project, or it refuses with "
            "403",
            (f"export USER_PROJECT_OVERRIDE=true GOOGLE_BILLING_PROJECT={project}",),
        )
    nested = [address for _, address in entity.organization.groups()]
    if environment.fleet and nested and not nesting:
        yield Step(
            Turn.GROUPS,
            "nest every group that has access, or no cluster sees who is in it",
            tuple(
                "gcloud identity groups memberships add "
                f"--group-email={SECURITY_GROUPS}@{entity.organization.domain} --member-email={address}"
                for address in nested
            ),
        )


def _must_exist(entity: Entity[GoogleGroups]) -> Iterator[Step]:
    """IAM refuses a member that Cloud Identity does not know, and a cluster a security group that is not there."""
    organization, environment = entity.organization, entity.environment
    google = environment.google
    in_google = bool(google and google.gke_clusters)
    subnets = google.network.subnets.values() if google and google.network else ()
    groups = dict.fromkeys(
        [
            *([f"{SECURITY_GROUPS}@{organization.domain}"] if environment.fleet or in_google else []),
            *([address for _, address in organization.groups()] if environment.fleet else []),
            *(group for subnet in subnets for group in subnet.network_users),
        ]
    )
    people = dict.fromkeys(_people(entity))
    if groups:
        yield Step(
            Turn.RIGHTS,
            "have these groups in Cloud Identity"
            + (f", and these people and accounts: {', '.join(people)}" if people else ""),
            (for_each("group", groups, "gcloud identity groups describe $group --format='value(name)'"),),
        )


def _people(entity: Entity[GoogleGroups]) -> Iterator[str]:
    """Who is named by their own address."""
    environment = entity.environment
    for entry in entity.organization.break_glass.values():
        if environment.fleet and environment.environment in entry.environments:
            yield entry.user
    for cluster in environment.vmware.user_clusters.values() if environment.vmware else ():
        yield from cluster.admin_users


CARD = Card(
    path="organization.google_groups",
    models=(GoogleGroups,),
    noun="groups",
    parts=("nesting",),
    steps=_steps,
    constructs={"GroupNesting": "group nesting"},
)
