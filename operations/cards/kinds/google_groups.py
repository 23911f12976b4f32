"""How the groups come to be known to the clusters, by hand or nested by Terraform."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.access.google_groups import SECURITY_GROUPS, GoogleGroups
from operations.cards.card import Card, Entity, Step, Turn, certain


def _steps(entity: Entity[GoogleGroups]) -> Iterator[Step]:
    nesting, environment = entity.config.nesting, entity.environment
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


CARD = Card(
    path="organization.google_groups",
    models=(GoogleGroups,),
    noun="groups",
    parts=("nesting",),
    steps=_steps,
    constructs={"GroupNesting": "group nesting"},
)
