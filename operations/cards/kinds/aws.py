"""The AWS half of an environment, which is its account."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.stack_plan import attach_stack
from estate.model.aws.aws import AwsConfig
from operations.cards.card import Card, Entity, Step, Turn, row
from operations.cards.steps.aws_account import account_steps


def _summary(entity: Entity[AwsConfig]) -> str:
    return f"{entity.config.account_id} in {entity.config.region}"


def _steps(entity: Entity[AwsConfig]) -> Iterator[Step]:
    yield from account_steps(entity.environment, entity.config)
    name = entity.environment.environment
    if entity.environment.attached_clusters:
        yield Step(
            Turn.ATTACH,
            f"inside the network, with the AWS CLI and as the installer, apply {attach_stack(name)} after {name}",
            (f"hybrid reach {name}", f"cdktf deploy {attach_stack(name)}"),
        )


CARD = Card(path="aws", models=(AwsConfig,), noun="AWS account", rows=row(_summary), steps=_steps)
