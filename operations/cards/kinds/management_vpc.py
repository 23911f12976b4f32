"""The VPC of the management plane, made here or existing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.model.aws.management_vpc import (
    ExistingVpcConfig,
    ManagementVpcConfig,
    NatGateways,
)
from operations.cards.addresses import address_warnings
from operations.cards.card import NOTHING_ELSE, Card, Entity, Step, Turn, Weight, certain, row

_Vpc = ManagementVpcConfig | ExistingVpcConfig
_ZONES_THAT_KEEP_A_QUORUM: Final = 3


def _summary(entity: Entity[_Vpc]) -> str:
    vpc = entity.config
    zones = ", ".join(sorted(vpc.zones))
    if isinstance(vpc, ExistingVpcConfig):
        return f"existing {vpc.existing.vpc_id}, {vpc.cidr}, zones {zones}"
    nat = "one NAT gateway" if vpc.nat_gateways is NatGateways.SINGLE else "a NAT gateway per zone"
    return f"{vpc.cidr}, zones {zones}, {nat}"


def _warnings(entity: Entity[_Vpc]) -> Iterator[tuple[Weight, str]]:
    vpc, aws = entity.config, certain(entity.environment.aws)
    if aws.clusters_in(None):
        yield from address_warnings(aws, vpc)
    if isinstance(vpc, ExistingVpcConfig):
        return
    if len(vpc.zones) < _ZONES_THAT_KEEP_A_QUORUM:
        yield (
            Weight.FRAGILE,
            f"management_vpc has {len(vpc.zones)} of the three zones that survive the loss of one",
        )
    if vpc.nat_gateways is NatGateways.SINGLE and len(vpc.zones) > 1:
        yield (
            Weight.FRAGILE,
            "a single NAT gateway serves all zones: when its zone is lost, none reaches the internet",
        )


def _steps(entity: Entity[_Vpc]) -> Iterator[Step]:
    vpc = entity.config
    if not isinstance(vpc, ExistingVpcConfig):
        return
    zones = vpc.existing.zones.values()
    subnets = " ".join(subnet for zone in zones for subnet in (zone.private, zone.public))
    yield Step(
        Turn.BEFORE,
        f"have {vpc.existing.vpc_id}, with these subnets in the zones that the file says",
        (
            f"aws ec2 describe-subnets --region {certain(entity.environment.aws).region} --subnet-ids {subnets} "
            "--query 'Subnets[].[SubnetId,VpcId,AvailabilityZone,CidrBlock]' --output text",
        ),
    )
    if certain(entity.environment.aws).clusters_in(None):
        yield Step(
            Turn.AFTER,
            "tag the subnets of the VPC that exists, where load balancers are to stand",
            (
                _tag([zone.private for zone in zones], "kubernetes.io/role/internal-elb"),
                _tag([zone.public for zone in zones], "kubernetes.io/role/elb"),
            ),
        )


def _tag(subnets: list[str], key: str) -> str:
    return f"aws ec2 create-tags --resources {' '.join(subnets)} --tags Key={key},Value=1"


CARD = Card[_Vpc](
    path="aws.management_vpc",
    models=(ManagementVpcConfig, ExistingVpcConfig),
    noun="VPC",
    parts=("zones", "existing"),
    rows=row(_summary),
    warnings=_warnings,
    steps=_steps,
    collections={"Zones": "zone"},
    constructs={"ManagementVpc": "management VPC"},
    stateful=dict.fromkeys(
        (
            "aws_vpc",
            "aws_subnet",
            "aws_internet_gateway",
            "aws_nat_gateway",
            "aws_eip",
            "aws_kms_key",
            "aws_cloudwatch_log_group",
        ),
        NOTHING_ELSE,
    ),
)
