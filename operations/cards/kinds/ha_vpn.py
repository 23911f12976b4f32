"""A VPN to the on-prem network or to AWS, and what is left of it when a part fails."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.vpn.failures import failures, whole
from estate.derived.vpn.routes import advertised, by_hub, cluster_ranges, from_onprem
from estate.model.environment import Environment
from estate.model.vpn.aws import AwsVpnConfig
from estate.model.vpn.onprem import OnpremVpnConfig
from estate.model.vpn.tunnel import Redundancy
from estate.model.vpn.values import Accepts
from estate.model.vpn.vpn import Peering
from operations.cards.card import NOTHING_ELSE, Card, Entity, Step, Turn, Weight, row
from operations.texts.counting import count


def _summary(entity: Entity[Peering]) -> str:
    peering = entity.config
    end = peering.shape if isinstance(peering, OnpremVpnConfig) else "a transit gateway"
    return f"to AS {peering.peer_asn}, {end}, {_promise(peering)}"


def _promise(peering: Peering) -> str:
    remainder = whole(peering)
    return f"{count(remainder.of, 'tunnel')}, {remainder.availability}"


def _warnings(entity: Entity[Peering]) -> Iterator[tuple[Weight, str]]:
    """What loses a VPN when one part fails, or leads nowhere."""
    key, peering = entity.key, entity.config
    lost = [str(one.down) for one in failures(peering) if not one.left]
    if isinstance(peering, OnpremVpnConfig) and peering.redundancy is Redundancy.NONE:
        yield Weight.FRAGILE, f"vpn.{key} says redundancy: none, {_promise(peering)}: {_lost(lost)}"
    elif lost:
        yield Weight.FRAGILE, f"vpn.{key} survives everything but one device: {_lost(lost)}"
    if peering.accepts is Accepts.EVERYTHING:
        end = "the transit gateway" if isinstance(peering, AwsVpnConfig) else "the on-prem side"
        yield (
            Weight.EXPOSED,
            f"vpn.{key} accepts everything: whatever {end} advertises draws the network's traffic there, other "
            "environments' ranges and the way to the internet included"
            + (", and the hub passes it on to the other side" if by_hub(entity.environment) else ""),
        )
    if isinstance(peering, AwsVpnConfig):
        yield from _eks_warnings(entity.environment)


def _steps(entity: Entity[Peering]) -> Iterator[Step]:
    if isinstance(entity.config, AwsVpnConfig) and entity.config.log_retention_days:
        yield Step(
            Turn.RIGHTS,
            "give whoever applies the stack logs:CreateLogDelivery, logs:GetLogDelivery, logs:UpdateLogDelivery, "
            "logs:DeleteLogDelivery, logs:ListLogDeliveries, logs:PutResourcePolicy, logs:DescribeResourcePolicies and "
            "logs:DescribeLogGroups, by which AWS lets the VPN write its log",
        )


def _lost(parts: list[str]) -> str:
    return (
        f"losing {' or '.join(parts)} loses the VPN"
        if parts
        else "it survives every single part all the same"
    )


def _eks_warnings(environment: Environment) -> Iterator[tuple[Weight, str]]:
    """Who has a way to an EKS cluster and is not let in, and who is let in and has none."""
    told = set(advertised(environment, "aws"))
    elsewhere = [prefix for prefix in from_onprem(environment) if prefix not in told]
    for key, cluster in sorted(environment.aws.clusters_in(None).items()) if environment.aws else ():
        door = f"aws.eks_clusters.{key}.endpoint.private_from"
        let_in = cluster.endpoint.private_from
        shut_out = [
            str(cidr)
            for cidr in cluster_ranges(environment)
            if any(cidr.subnet_of(one) for one in told) and not any(cidr.subnet_of(one) for one in let_in)
        ]
        if shut_out:
            yield (
                Weight.BROKEN,
                f"{door} lets no cluster in from {', '.join(shut_out)}, which the VPN to AWS leads to it",
            )
        lost = [str(cidr) for cidr in let_in if any(cidr.subnet_of(prefix) for prefix in elsewhere)]
        if lost:
            yield (
                Weight.BROKEN,
                f"{door} lets in {', '.join(lost)}, which has no way there without vpn.transit",
            )


CARD = Card[Peering](
    path="vpn.*",
    models=(OnpremVpnConfig, AwsVpnConfig),
    noun="HA VPN",
    parts=("peers", "tunnels", "connections"),
    rows=row(_summary),
    warnings=_warnings,
    steps=_steps,
    collections={"Tunnels": "tunnel", "Connections": "connection"},
    stateful={"google_compute_ha_vpn_gateway": NOTHING_ELSE, "aws_ec2_transit_gateway": NOTHING_ELSE},
)
