"""The team that runs the clusters themselves."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.access.team import PlatformTeam
from operations.cards.card import Card, Entity, Step
from operations.cards.steps.way_in import administrators, viewing


def _steps(entity: Entity[PlatformTeam]) -> Iterator[Step]:
    if entity.environment.fleet and entity.environment.own_members:
        # The tree holds the same object.
        if entity.organization.gitops is None:
            yield administrators(entity.environment, entity.config.group)
        yield from viewing(entity.environment, entity.config.group)


CARD = Card(
    path="organization.platform_team",
    models=(PlatformTeam,),
    noun="platform team",
    steps=_steps,
    constructs={"Platform": "platform team"},
)
