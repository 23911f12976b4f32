"""The clusters' account in vCenter, with its roles and permissions."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.vmware.vsphere.access import AccessConfig
from operations.cards.card import Card, Entity, Step, Turn, row


def _summary(entity: Entity[AccessConfig]) -> str:
    others = f", and {len(entity.config.others)} more" if entity.config.others else ""
    return f"{entity.config.account}{others}"


def _steps(entity: Entity[AccessConfig]) -> Iterator[Step]:
    yield Step(
        Turn.DATA_CENTER,
        "have the vSphere team grant the clusters' account what it needs on objects of theirs",
        (f"hybrid permissions {entity.environment.environment} --format markdown",),
    )


CARD = Card(
    path="vmware.vsphere.access",
    models=(AccessConfig,),
    noun="vCenter account",
    rows=row(_summary),
    steps=_steps,
    collections={"Roles": "role"},
)
