"""Warnings about private subnets that are too small for the EKS clusters in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import IPv4Network

from estate.derived.aws.eks_addresses import Need, ZoneNeed, zone_needs
from estate.model.aws.aws import AwsConfig, ClusterVpc
from operations.cards.card import Weight


def address_warnings(aws: AwsConfig, vpc: ClusterVpc, key: str | None = None) -> Iterator[tuple[Weight, str]]:
    """Yield what does not fit, zone by zone, the surest first; of subnets whose size is not said, what they need.

    Args:
        aws: the section.
        vpc: the VPC, with clusters in it.
        key: its key in existing_vpcs; that of the management VPC is None.
    """
    ranges, needs = vpc.private_ranges, zone_needs(aws, key)
    unknown = {zone: need for zone, need in needs.items() if zone not in ranges}
    if unknown:
        takes = ", ".join(
            f"{zone} {_words(need.least)} to {_words(need.most)}" for zone, need in unknown.items()
        )
        which, instead = (
            (f"existing_vpcs.{key}", "; say private_cidr") if key else ("the VPC that exists", "")
        )
        yield (
            Weight.TOLD,
            f"how large the private subnets of {which} are is not known here; EKS clusters take of those in {takes}{instead}",
        )
    small = {zone: needs[zone] for zone, subnet in ranges.items() if not needs[zone].least.fits(subnet)}
    tight = {zone: needs[zone] for zone, subnet in ranges.items() if not needs[zone].most.fits(subnet)}
    of = f" of existing_vpcs.{key}" if key else ""
    if small:
        yield (
            Weight.BROKEN,
            f"private subnets{of} are too small for EKS clusters at their largest while node groups update: "
            f"{_each(ranges, small)}, "
            "with a single pod on each node: pods will not start; lower max_size, make the subnets anew and larger, or "
            "give the node groups other instance types",
        )
    if tight := {zone: need for zone, need in tight.items() if zone not in small}:
        yield (
            Weight.FRAGILE,
            f"private subnets{of} are too small for EKS clusters whose nodes are full of pods: "
            f"{_each(ranges, tight, full=True)}; lower "
            "max_size, make the subnets anew and larger, or say node_addresses where fewer pods run",
        )


def _each(ranges: Mapping[str, IPv4Network], needs: Mapping[str, ZoneNeed], *, full: bool = False) -> str:
    return ", ".join(
        f"{zone} takes {_words(need.most if full else need.least)} of {ranges[zone]}"
        for zone, need in needs.items()
    )


def _words(need: Need) -> str:
    blocks = f" ({need.blocks} blocks of 16 among them)" if need.blocks else ""
    return f"{need.addresses} addresses{blocks}"
