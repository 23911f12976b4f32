"""Terraform's state, and what Terraform may do."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.state import State
from operations.cards.card import Card, Entity, Weight, row


def _summary(entity: Entity[State]) -> str:
    state, name = entity.config, entity.environment.environment
    if state.gcs:
        return f"gs://{state.gcs.bucket}/{state.gcs.prefix or name}"
    if state.s3:
        return f"s3://{state.s3.bucket}/{state.s3.prefix or name} in {state.s3.region}"
    return f".state/{name}/ on this machine"


def _warnings(entity: Entity[State]) -> Iterator[tuple[Weight, str]]:
    if entity.config.local:
        yield (
            Weight.LOST,
            "its state lies on this machine only (.state/), fit for trying out: nobody else sees or locks it",
        )
    if not entity.environment.deletion_protection:
        yield (
            Weight.LOST,
            "deletion_protection is off: Terraform destroys keys, networks and gateways without asking",
        )


CARD = Card(
    path="state",
    models=(State,),
    noun="Terraform state",
    parts=("gcs", "s3", "local"),
    rows=row(_summary),
    warnings=_warnings,
)
