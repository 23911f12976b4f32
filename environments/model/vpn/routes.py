"""Which ranges Cloud Router advertises to whom, and so which ways back there are.

Written out one by one and computed here, so that a plan shows every range and a rule sees it. Cloud Router
passes nothing on that it has learned, so transit is what is advertised besides.
"""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from environments.model.environment import Environment

MOST_RANGES: Final = 200
"""Ranges of one's own that a BGP session advertises at most: https://cloud.google.com/network-connectivity/docs/router/quotas."""


def advertised(environment: Environment, to: str) -> tuple[IPv4Network, ...]:
    """The ranges that Cloud Router advertises to one of the VPNs, in order; a transit gateway's routes too.

    Args:
        environment: whose they are.
        to: the VPN by its key.
    """
    vpn = environment.vpn
    if vpn is None:
        return ()
    ranges = {*vpn.advertise, *(one.cidr for one in environment.cloud_ranges("google"))}
    if vpn.transit and vpn.onprem:
        ranges |= (
            set(vpn.onprem.prefixes) if to == "aws" else {one.cidr for one in environment.cloud_ranges("aws")}
        )
    return tuple(sorted(ranges))
