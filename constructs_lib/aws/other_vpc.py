"""A VPC that others made and look after, for the EKS clusters that stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from estate.model.aws.other_vpc import OtherVpcConfig


@dataclass(frozen=True)
class OtherVpc:
    """Stand for a VPC that somebody else made; defines nothing."""

    config: OtherVpcConfig

    @property
    def vpc_id(self) -> str:
        """Id of the VPC."""
        return self.config.vpc_id

    @property
    def private_subnet_ids(self) -> Mapping[str, str]:
        """Ids of the private subnets by availability zone."""
        return {zone: subnets.private for zone, subnets in sorted(self.config.zones.items())}
