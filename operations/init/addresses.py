"""Where the networks of each environment lie: a /12 for each, so that none meets another's.

In each, the first /16 is the management VPC's, the second has the machines and services of Google Cloud, and the
next /15 the pods there. The upper half is left for data centers.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Final

BLOCK: Final = 12
"""Prefix length of an environment's range."""

MOST: Final = 16
"""Environments that 10.0.0.0/8 has room for."""

_VPC, _ZONE, _SMALL = 16, 20, 24


@dataclass(frozen=True)
class Addresses:
    """The ranges of one environment.

    Attributes:
        block: all of it.
    """

    block: IPv4Network

    @property
    def vpc(self) -> IPv4Network:
        """The management VPC."""
        return self._sixteenths[0]

    @property
    def zones(self) -> list[tuple[IPv4Network, IPv4Network]]:
        """The private and the public subnet of each of three zones."""
        large = list(self.vpc.subnets(new_prefix=_ZONE))
        small = list(large[3].subnets(new_prefix=_SMALL))
        return list(zip(large[:3], small[:3], strict=True))

    @property
    def machines(self) -> IPv4Network:
        """The machines of a subnet in Google Cloud."""
        return next(self._sixteenths[1].subnets(new_prefix=_ZONE))

    @property
    def services(self) -> IPv4Network:
        """The services of a GKE cluster in that subnet."""
        return list(self._sixteenths[1].subnets(new_prefix=_ZONE))[1]

    @property
    def pods(self) -> IPv4Network:
        """The pods of a GKE cluster in that subnet."""
        return self._sixteenths[2].supernet(new_prefix=_VPC - 1)

    @property
    def data_center(self) -> IPv4Network:
        """What nothing in a cloud takes."""
        return list(self.block.subnets(prefixlen_diff=1))[1]

    @property
    def _sixteenths(self) -> list[IPv4Network]:
        return list(self.block.subnets(new_prefix=_VPC))


def addresses(position: int) -> Addresses:
    """The ranges of the environment at a position in the order of promotion, from 0."""
    return Addresses(list(IPv4Network("10.0.0.0/8").subnets(new_prefix=BLOCK))[position])
