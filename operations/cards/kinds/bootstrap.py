"""What an environment stands on: who makes it, and who becomes its pipeline."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.stack_plan import bootstrap_stack
from estate.model.bootstrap import BootstrapConfig
from operations.cards.card import Card, Entity, Step, Turn


def _rows(entity: Entity[BootstrapConfig]) -> Iterator[tuple[str, str]]:
    config = entity.config
    owner = f", shared with {config.owner}" if config.owner else ""
    yield "", f"{bootstrap_stack(entity.environment.environment)}, which a person applies{owner}"
    yield "github", f"{config.github.repository}, number {config.github.repository_id}"
    if config.project:
        yield "project", f"{config.project.id}, of the identities and the bucket"


def _steps(entity: Entity[BootstrapConfig]) -> Iterator[Step]:
    name = bootstrap_stack(entity.environment.environment)
    yield Step(
        Turn.RIGHTS,
        f"as a person who may, apply {name}: the bucket of the state and the pipeline's identities",
        (f"cdktf deploy {name}",),
    )


CARD = Card(
    path="bootstrap",
    models=(BootstrapConfig,),
    noun="ground",
    parts=("github", "project"),
    rows=_rows,
    steps=_steps,
)
