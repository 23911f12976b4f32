"""Subnets of the Shared VPC for proxies of Application Load Balancers."""

from __future__ import annotations

from estate.model.google.proxy_subnet import ProxySubnetConfig
from operations.cards.card import NOTHING_ELSE, Card, Entity, certain, row


def _summary(entity: Entity[ProxySubnetConfig]) -> str:
    proxies, google = entity.config, certain(entity.environment.google)
    return (
        f"{proxies.cidr} for proxies of load balancers in {proxies.region or google.region}, {proxies.role}"
    )


CARD = Card(
    path="google.network.proxy_subnets.*",
    models=(ProxySubnetConfig,),
    noun="proxy-only subnet",
    rows=row(_summary),
    collections={"ProxySubnets": "proxy-only subnet"},
    stateful={"google_compute_subnetwork": NOTHING_ELSE},
)
