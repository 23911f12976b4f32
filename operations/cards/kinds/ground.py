"""What an environment stands on, which a person applies."""

from __future__ import annotations

from estate.model.bootstrap import BootstrapConfig
from operations.cards.card import Card, Entity, row


def _summary(entity: Entity[BootstrapConfig]) -> str:
    config = entity.config
    where = f", in project {config.project.id}" if config.project else ""
    return f"for {config.github.repository}{where}{f', shared by {config.owner}' if config.owner else ''}"


CARD = Card(
    path="bootstrap",
    models=(BootstrapConfig,),
    noun="ground",
    parts=("github", "project"),
    rows=row(_summary),
)
