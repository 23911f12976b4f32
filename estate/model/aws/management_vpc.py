"""The VPC of the management plane: its address plan, or the ids of one that exists.

Left out: peering and transit, which belong to the network that joins the clouds; IPv6.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import combinations
from typing import Annotated, Final, Literal

from pydantic import Field, Tag

from estate.model.aws.values import MANAGED_OR_EXISTING, AvailabilityZone, SubnetId, VpcId
from estate.model.base import NO_BOOLEAN, Cidr, Model
from estate.model.rules import Path, Violation, rule

# https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html and .../subnet-sizing.html
SIZES: Final = range(16, 29)
"""Lengths of the prefixes that AWS takes, of a VPC and of a subnet."""


_OfferedDays = Literal[
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
]
FlowLogRetentionDays = Annotated[_OfferedDays, NO_BOOLEAN]
"""The retention periods that CloudWatch Logs offers, in days."""


class NatGateways(StrEnum):
    """How private subnets reach the internet."""

    PER_ZONE = "per_zone"
    SINGLE = "single"


class ZoneSubnets(Model):
    """The two subnets of one availability zone."""

    private: Cidr
    """Range of the private subnet; it reaches the internet through a NAT gateway only."""
    public: Cidr
    """Range of the public subnet; load balancers, NAT gateways and the bastion stand here."""


class ManagementVpcConfig(Model):
    """A VPC that this environment makes and owns."""

    cidr: Cidr
    """Range of the VPC, /16 to /28. Another range replaces the VPC and all in it."""
    zones: Annotated[dict[AvailabilityZone, ZoneSubnets], Field(min_length=1)]
    """Subnets by availability zone; three zones survive the loss of one and keep a quorum."""
    nat_gateways: NatGateways = NatGateways.PER_ZONE
    """per_zone: one NAT gateway a zone, each zone stands alone. single: one for all, about two
    thirds cheaper with three zones, but all zones lose the internet with its zone and traffic
    between zones is charged; it stands in the first zone by name. per_zone when absent."""
    flow_log_retention_days: FlowLogRetentionDays = 365
    """How long the VPC's flow logs are kept, in days; a year when absent."""

    @property
    def private_ranges(self) -> Mapping[str, Cidr]:
        """Ranges of the private subnets by zone."""
        return {zone: one.private for zone, one in self.zones.items()}

    @rule
    def _vpc_has_a_size_that_aws_takes(self) -> Iterator[Violation]:
        """The VPC has a size that AWS takes, /16 to /28."""
        if self.cidr.prefixlen not in SIZES:
            yield Violation(("cidr",), f"must be between /16 and /28, got {self.cidr}")

    @rule
    def _subnets_lie_in_the_vpc(self) -> Iterator[Violation]:
        """Subnets lie inside the VPC and have a size that AWS takes."""
        for path, subnet in self._subnets():
            if not subnet.subnet_of(self.cidr):
                yield Violation(path, f"must lie inside management_vpc.cidr {self.cidr}, got {subnet}")
            elif subnet.prefixlen not in SIZES:
                yield Violation(path, f"must be /28 or larger, got {subnet}")

    @rule
    def _subnets_do_not_overlap(self) -> Iterator[Violation]:
        """No two subnets have an address in common."""
        for (one_path, one), (path, other) in combinations(self._subnets(), 2):
            if one.overlaps(other):
                where = ".".join(map(str, one_path))
                yield Violation(
                    path, f"must not overlap another subnet, got {other}, which overlaps {where} {one}"
                )

    def _subnets(self) -> Iterator[tuple[Path, Cidr]]:
        for zone, subnets in self.zones.items():
            yield ("zones", zone, "private"), subnets.private
            yield ("zones", zone, "public"), subnets.public


class ExistingZoneSubnets(Model):
    """The two subnets of one availability zone of a VPC that exists."""

    private: SubnetId
    """Id of the private subnet; it must have a route to a NAT gateway."""
    public: SubnetId
    """Id of the public subnet; it must have a route to an internet gateway."""


class ExistingVpc(Model):
    """A VPC made by somebody else, by its ids."""

    vpc_id: VpcId
    """Id of the VPC; DNS hostnames must be on in it."""
    cidr: Cidr
    """Primary range of the VPC, as the security groups and the address plan use it."""
    zones: Annotated[dict[AvailabilityZone, ExistingZoneSubnets], Field(min_length=1)]
    """Subnet ids by availability zone."""


class ExistingVpcConfig(Model):
    """Use a VPC that exists; nothing in it is changed."""

    existing: ExistingVpc
    """The VPC's ids."""

    @property
    def cidr(self) -> Cidr:
        """Primary range of the VPC."""
        return self.existing.cidr

    @property
    def zones(self) -> dict[AvailabilityZone, ExistingZoneSubnets]:
        """Subnet ids by availability zone."""
        return self.existing.zones

    @property
    def private_ranges(self) -> Mapping[str, Cidr]:
        """None: the ranges of its subnets are not said."""
        return {}

    @rule
    def _subnets_differ(self) -> Iterator[Violation]:
        """Each subnet of an existing VPC stands once."""
        seen: set[str] = set()
        for zone, subnets in self.existing.zones.items():
            for role in ("private", "public"):
                subnet_id = getattr(subnets, role)
                if subnet_id in seen:
                    yield Violation(
                        ("existing", "zones", zone, role), f"{subnet_id} stands here a second time"
                    )
                seen.add(subnet_id)


ManagementVpc = Annotated[
    Annotated[ManagementVpcConfig, Tag("<managed>")] | Annotated[ExistingVpcConfig, Tag("<existing>")],
    MANAGED_OR_EXISTING,
]
"""Either a VPC of this environment's own or one that exists."""
