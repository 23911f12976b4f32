"""The team that runs the clusters themselves."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.access.team import PlatformTeam
from operations.cards.card import Card, Entity, Step, Turn


def _steps(entity: Entity[PlatformTeam]) -> Iterator[Step]:
    if entity.environment.own_members:
        name = entity.environment.environment
        yield Step(
            Turn.AFTER,
            "put what this prints into the repository that Config Sync reads: it makes the platform team "
            "cluster administrator, and until it is there the gateway lets the team through and the "
            "clusters do not",
            (f"terraform -chdir=cdktf.out/stacks/{name} output -raw cluster_admin_binding",),
        )


CARD = Card(
    path="organization.platform_team",
    models=(PlatformTeam,),
    noun="platform team",
    steps=_steps,
    constructs={"Platform": "platform team"},
)
