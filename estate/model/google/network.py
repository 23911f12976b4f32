"""The Shared VPC of the host project, which all of an environment's clusters in Google Cloud stand in.

The network is in custom mode and routes globally, so what a VPN in one region learns serves all of them.
Left out: the VPN itself, IPv6 and peering.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import IPv4Network
from itertools import combinations
from typing import Annotated, ClassVar

from pydantic import Field, StrictBool

from estate.model.base import Cidr, Key, Model
from estate.model.google.firewall import FirewallConfig
from estate.model.google.nat import NatConfig
from estate.model.google.private_access import PrivateGoogleAccess
from estate.model.google.proxy_subnet import ProxySubnetConfig
from estate.model.google.subnet import FlowLogsConfig, SubnetConfig
from estate.model.public_space import not_the_internet
from estate.model.rules import Path, Violation, rule

_SMALLEST_PREFIX = 8


class NetworkConfig(Model):
    """One network with its subnets and what goes in and out."""

    subnets: Annotated[dict[Key, SubnetConfig], Field(min_length=1)]
    """Subnets by name."""
    proxy_subnets: dict[Key, ProxySubnetConfig] = {}
    """Subnets by name for the proxies of regional Application Load Balancers, which an Ingress or Gateway of a GKE
    cluster makes where they are internal; no such load balancer comes up when absent."""
    onprem_prefixes: tuple[Cidr, ...] = ()
    """Ranges of the data centers that reach the network through a VPN; they may come in, and ask for names.
    None when absent."""
    private_google_access: PrivateGoogleAccess = PrivateGoogleAccess.PRIVATE
    """Which addresses Google's APIs have, here and for the data centers: private, for every API; restricted,
    for those that VPC Service Controls know, the others being out of reach. private when absent."""
    inbound_dns: StrictBool = True
    """Whether name servers outside may ask this network for names, at an address of each subnet; they may when
    absent."""
    nat: NatConfig | None = None
    """How machines reach the internet; they do not when absent."""
    flow_logs: FlowLogsConfig = FlowLogsConfig.unsaid()
    """How much traffic is logged where a subnet says nothing else; a tenth when absent."""
    firewall: FirewallConfig = FirewallConfig.unsaid()
    """What comes in; what every network here has when absent."""

    refused: ClassVar[Mapping[str, str]] = {
        "auto_create_subnetworks": "the network is always in custom mode; list its subnets",
        "routing_mode": "routes are always global; leave it out",
        "routers": "Cloud NAT brings a router for each region; leave it out",
    }

    def subnet(self, key: str) -> SubnetConfig:
        """A subnet with what the network says for it."""
        found = self.subnets[key]
        return found.model_copy(update={"flow_logs": found.flow_logs or self.flow_logs})

    def regions(self, default: str) -> Mapping[str, list[str]]:
        """The subnets of each region, in order of name.

        Args:
            default: region of the subnets that do not say theirs.
        """
        found: dict[str, list[str]] = {}
        for key, subnet in sorted(self.subnets.items()):
            found.setdefault(subnet.region or default, []).append(key)
        return found

    def routable_ranges(self) -> Iterator[tuple[Path, IPv4Network]]:
        """Every range that other networks route to, with its path from this section."""
        for key, subnet in self.subnets.items():
            for path, cidr in subnet.ranges():
                yield ("subnets", key, *path), cidr
        for key, proxies in self.proxy_subnets.items():
            yield ("proxy_subnets", key, "cidr"), proxies.cidr

    @rule
    def _onprem_prefixes_are_apart(self) -> Iterator[Violation]:
        """No two ranges of the data centers overlap."""
        for (_, one), (position, other) in combinations(enumerate(self.onprem_prefixes), 2):
            if one.overlaps(other):
                yield Violation(
                    ("onprem_prefixes", position),
                    f"must not overlap another prefix, got {other}, which overlaps {one}; leave the smaller one out",
                )

    @rule
    def _onprem_prefixes_are_no_default_route(self) -> Iterator[Violation]:
        """Ranges of the data centers are at most a /8, each and their public addresses together, because they are let in."""
        for position, prefix in enumerate(self.onprem_prefixes):
            if prefix.prefixlen < _SMALLEST_PREFIX:
                yield Violation(
                    ("onprem_prefixes", position),
                    f"must be /{_SMALLEST_PREFIX} or smaller, got {prefix}, which is open to nearly everybody; "
                    "name the data center's own ranges",
                )
        if all(prefix.prefixlen >= _SMALLEST_PREFIX for prefix in self.onprem_prefixes):
            yield from not_the_internet(("onprem_prefixes",), self.onprem_prefixes, "the network")
