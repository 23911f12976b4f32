"""The way into the VPC's private subnets."""

from __future__ import annotations

from estate.model.aws.bastion import BastionAccess, BastionConfig
from operations.cards.card import NOTHING_ELSE, Card, Entity, Feature, row


def _summary(entity: Entity[BastionConfig]) -> str:
    bastion = entity.config
    if bastion.access is BastionAccess.SESSION_MANAGER:
        return f"{bastion.instance_type}, Session Manager, no inbound port"
    return f"{bastion.instance_type}, SSH from {', '.join(map(str, bastion.allowed_ssh_cidrs))}"


CARD = Card(
    path="aws.bastion",
    models=(BastionConfig,),
    noun="bastion",
    rows=row(_summary),
    stateful={"aws_eip": NOTHING_ELSE},
    feature=Feature("aws.bastion", "*.Bastion_*"),
)
