"""The VPC network of the host project: its subnets and their ranges."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network
from typing import Annotated

from pydantic import Field

from environments.model.base import Cidr, Key, Model
from environments.model.rules import Path


class SubnetConfig(Model):
    """One subnet in the environment's region."""

    cidr: Cidr
    """Range of the nodes."""
    pods: Cidr | None = None
    """Range of a cluster's pods; none when absent."""
    services: Cidr | None = None
    """Range of a cluster's services; none when absent."""


class NetworkConfig(Model):
    """A VPC network in which every subnet is said."""

    subnets: Annotated[dict[Key, SubnetConfig], Field(min_length=1)]
    """Subnets by purpose."""

    def routable_ranges(self) -> Iterator[tuple[Path, IPv4Network]]:
        """Every range that other networks route to, with its path from this section."""
        for key, subnet in self.subnets.items():
            for name in ("cidr", "pods", "services"):
                cidr = getattr(subnet, name)
                if cidr:
                    yield ("subnets", key, name), cidr
