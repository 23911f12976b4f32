"""Subnets of the Shared VPC."""

from __future__ import annotations

from estate.model.google.subnet import SubnetConfig
from operations.cards.card import NOTHING_ELSE, Card, Entity, certain, row


def _summary(entity: Entity[SubnetConfig]) -> str:
    subnet, google = entity.config, certain(entity.environment.google)
    ranges = f", pods {subnet.pods}, services {subnet.services}" if subnet.pods else ""
    return f"{subnet.cidr}{ranges} in {subnet.region or google.region}"


CARD = Card(
    path="google.network.subnets.*",
    models=(SubnetConfig,),
    noun="subnet",
    parts=("flow_logs",),
    rows=row(_summary),
    collections={"Subnets": "subnet"},
    stateful={"google_compute_subnetwork": NOTHING_ELSE},
)
