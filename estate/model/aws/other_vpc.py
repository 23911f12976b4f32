"""A VPC that others made and look after, in which EKS clusters of this environment stand; by its ids.

Left out: everything in it, which stays as it is (routes, NAT, endpoints, network ACLs, flow logs, tags of subnets); ways to
other networks, because nothing of these files joins it to one; IPv6.

https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html (2026-12-01)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Annotated

from pydantic import Field

from estate.model.aws.management_vpc import SIZES
from estate.model.aws.values import AvailabilityZone, SubnetId, VpcId
from estate.model.base import Cidr, Model
from estate.model.rules import Path, Violation, rule


class OtherZoneSubnets(Model):
    """The subnets of one availability zone that a cluster may use."""

    private: SubnetId
    """Id of the private subnet, which nodes stand in; they leave it through NAT, or reach every service that they
    call by endpoints of the VPC."""
    private_cidr: Cidr | None = None
    """Range of the private subnet, by which addresses are counted; where absent its size is not known, and nothing
    is counted."""
    public: SubnetId | None = None
    """Id of the public subnet, where load balancers for the internet may stand; none in this zone when absent."""


class OtherVpcConfig(Model):
    """A VPC of the account and region that EKS clusters stand in; nothing in it is changed but what belongs to them."""

    vpc_id: VpcId
    """Id of the VPC; DNS support and DNS hostnames are on in it, or no node joins. It cannot
    change while a cluster stands there."""
    cidr: Cidr
    """Primary range of the VPC, /16 to /28, which no cluster's services may be in. No network of these files leads
    there, so that it may be one that another has, too."""
    zones: Annotated[dict[AvailabilityZone, OtherZoneSubnets], Field(min_length=1)]
    """Subnets by availability zone, at least two zones for a cluster. Of a cluster that stands, zones neither come
    nor go: AWS takes other subnets in the same zones alone."""

    @property
    def private_ranges(self) -> Mapping[str, Cidr]:
        """Ranges of the private subnets by zone, as far as they are said."""
        return {zone: one.private_cidr for zone, one in self.zones.items() if one.private_cidr}

    @rule
    def _ranges_have_a_size_that_aws_takes(self) -> Iterator[Violation]:
        """The VPC and its subnets have sizes that AWS takes, /16 to /28; subnets may lie in a further range of the VPC."""
        ranges: dict[Path, Cidr] = {("cidr",): self.cidr}
        ranges |= {("zones", zone, "private_cidr"): cidr for zone, cidr in self.private_ranges.items()}
        for path, cidr in ranges.items():
            if cidr.prefixlen not in SIZES:
                yield Violation(path, f"must be between /16 and /28, got {cidr}")

    @rule
    def _subnets_do_not_overlap(self) -> Iterator[Violation]:
        """No two subnets have an address in common."""
        for (one_zone, one), (zone, other) in combinations(self.private_ranges.items(), 2):
            if one.overlaps(other):
                yield Violation(
                    ("zones", zone, "private_cidr"),
                    f"must not overlap another subnet, got {other}, which overlaps zones.{one_zone}.private_cidr {one}",
                )

    @rule
    def _subnets_differ(self) -> Iterator[Violation]:
        """Each subnet stands once."""
        seen: set[str] = set()
        for zone, subnets in self.zones.items():
            for role in ("private", "public"):
                subnet_id = getattr(subnets, role)
                if subnet_id in seen:
                    yield Violation(("zones", zone, role), f"{subnet_id} stands here a second time")
                seen |= {subnet_id} - {None}
