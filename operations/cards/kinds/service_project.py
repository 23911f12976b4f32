"""Projects that are attached to the Shared VPC."""

from __future__ import annotations

from estate.model.google.google import ServiceProject
from operations.cards.card import Card, Entity, row


def _summary(entity: Entity[ServiceProject]) -> str:
    return f"{entity.config.id} ({entity.config.number}), attached to the Shared VPC"


CARD = Card(
    path="google.service_projects.*",
    models=(ServiceProject,),
    noun="service project",
    rows=row(_summary),
    collections={"ServiceProjects": "service project"},
)
