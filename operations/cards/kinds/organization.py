"""What organization.yaml says of an environment, summed up in a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from estate.model.access.team import CustomAccess
from estate.model.organization import Organization
from operations.cards.card import Card, Entity, Step
from operations.cards.steps.way_in import custom_roles


def _rows(entity: Entity[Organization]) -> Iterator[tuple[str, str]]:
    """Who has access, which nobody has without a fleet; two hundred teams are counted, not listed."""
    organization, name = entity.config, entity.environment.environment
    if not entity.environment.fleet:
        return
    accesses = (team.access[name] for team in organization.teams.values() if name in team.access)
    levels = Counter(
        access.custom_role if isinstance(access, CustomAccess) else access.value for access in accesses
    )
    teams = ", ".join(f"{count} {level}" for level, count in sorted(levels.items()))
    people = sum(1 for entry in organization.break_glass.values() if name in entry.environments)
    parts = [
        *(["the platform team"] if organization.platform_team else []),
        *([f"teams: {teams}"] if teams else []),
        *([f"{people} by breaking glass"] if people else []),
    ]
    if parts:
        yield "", "; ".join(parts)


def _steps(entity: Entity[Organization]) -> Iterator[Step]:
    """What a role of one's own asks for, of all teams together: two may share one."""
    if entity.environment.fleet and entity.environment.members:
        yield from custom_roles(entity.config, entity.environment)


CARD = Card(path="organization", models=(Organization,), noun="access", rows=_rows, steps=_steps)
