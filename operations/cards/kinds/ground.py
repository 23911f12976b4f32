"""What an environment stands on, which a person applies."""

from __future__ import annotations

from estate.derived.stack_plan import bootstrap_stack
from estate.model.bootstrap import BootstrapConfig
from operations.cards.card import Card, Entity, row


def _summary(entity: Entity[BootstrapConfig]) -> str:
    config = entity.config
    name = bootstrap_stack(entity.environment.environment)
    where = f", in project {config.project.id}" if config.project else ""
    shared = f", shared with {config.owner}" if config.owner else ""
    return f"{name}, which a person applies, for {config.github.repository}{where}{shared}"


CARD = Card(
    path="bootstrap",
    models=(BootstrapConfig,),
    noun="ground",
    parts=("github", "project"),
    rows=row(_summary),
)
