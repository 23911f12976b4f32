"""The AWS half of an environment, which is its account."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.aws.quotas import more_than_at_first
from estate.derived.stack_plan import attach_stack
from estate.model.aws.aws import AwsConfig
from operations.cards.card import Card, Entity, Step, Turn, row
from operations.cards.steps.aws_account import account_steps


def _summary(entity: Entity[AwsConfig]) -> str:
    encrypts = ", encrypts every new volume" if entity.config.ebs_encryption_by_default else ""
    return f"{entity.config.account_id} in {entity.config.region}{encrypts}"


def _steps(entity: Entity[AwsConfig]) -> Iterator[Step]:
    yield from account_steps(entity.environment, entity.config)
    aws, name = entity.config, entity.environment.environment
    for quota, count in more_than_at_first(aws):
        yield Step(
            Turn.RIGHTS,
            f'have AWS raise "{quota.name}" in {aws.region} to {count} and what else account {aws.account_id} needs, unless it '
            f"has that; accounts start with {quota.starts_with}",
            (
                f"aws service-quotas request-service-quota-increase --region {aws.region} --service-code {quota.service} "
                f"--quota-code {quota.code} --desired-value {count}",
            ),
        )
    attached = list(entity.environment.attached_eks_clusters.values())
    if attached:
        others = sorted({f"existing_vpcs.{one.vpc}" for one in attached if one.vpc})
        reached = f" and where {' and '.join(others)} is reached" if others else ""
        yield Step(
            Turn.ATTACH,
            f"inside the network{reached}, with the AWS CLI and as the installer, apply {attach_stack(name)} after {name}",
            (f"hybrid reach {name}", f"cdktf deploy {attach_stack(name)}"),
        )


CARD = Card(path="aws", models=(AwsConfig,), noun="AWS account", rows=row(_summary), steps=_steps)
