"""Warnings about private subnets that are too small for the EKS clusters in them."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.aws.eks_addresses import Need, ZoneNeed, zone_needs
from estate.model.aws.aws import AwsConfig
from estate.model.aws.management_vpc import ManagementVpcConfig
from operations.cards.card import Weight


def address_warnings(aws: AwsConfig) -> Iterator[tuple[Weight, str]]:
    """Yield what does not fit, zone by zone, the surest first; for a VPC that exists, what it needs."""
    vpc, needs = aws.management_vpc, zone_needs(aws)
    if not isinstance(vpc, ManagementVpcConfig):
        takes = ", ".join(
            f"{zone} {_words(need.least)} to {_words(need.most)}" for zone, need in needs.items()
        )
        yield (
            Weight.TOLD,
            f"how large the private subnets of the VPC that exists are is not known here; EKS clusters take of those in {takes}",
        )
        return
    small = {zone: need for zone, need in needs.items() if not need.least.fits(vpc.zones[zone].private)}
    tight = {zone: need for zone, need in needs.items() if not need.most.fits(vpc.zones[zone].private)}
    if small:
        yield (
            Weight.BROKEN,
            f"private subnets are too small for EKS clusters at their largest while node groups update: {_each(vpc, small)}, "
            "with a single pod on each node: pods will not start; lower max_size, make the subnets anew and larger, or "
            "give the node groups other instance types",
        )
    if tight := {zone: need for zone, need in tight.items() if zone not in small}:
        yield (
            Weight.FRAGILE,
            f"private subnets are too small for EKS clusters whose nodes are full of pods: {_each(vpc, tight, full=True)}; lower "
            "max_size, make the subnets anew and larger, or say node_addresses where fewer pods run",
        )


def _each(vpc: ManagementVpcConfig, needs: dict[str, ZoneNeed], *, full: bool = False) -> str:
    return ", ".join(
        f"{zone} takes {_words(need.most if full else need.least)} of {vpc.zones[zone].private}"
        for zone, need in needs.items()
    )


def _words(need: Need) -> str:
    blocks = f" ({need.blocks} blocks of 16 among them)" if need.blocks else ""
    return f"{need.addresses} addresses{blocks}"
