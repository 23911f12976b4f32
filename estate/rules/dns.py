"""Rules that join the domains of other sites to the ways that lead there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.derived.names import asked_from_aws, own_vpc
from estate.derived.vpn.routes import from_onprem
from estate.model.environment import Environment
from estate.model.rules import Violation, rule

_AWS_KEEPS: Final = 4
"""First addresses of a subnet, and its last one: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html."""
_ZONES: Final = 2
"""An endpoint has addresses in two zones at least:
https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-choose-vpc.html, 2026-11-30 (excerpt)."""


@rule(on=Environment)
def names_are_asked_from_a_network(environment: Environment) -> Iterator[Violation]:
    """Names of other sites are asked from a network in Google Cloud."""
    if environment.dns and not (environment.google and environment.google.network):
        yield Violation(
            ("dns",),
            "needs google.network, which asks for the names; add it",
            ("google", "network") if environment.google else ("google",),
        )


@rule(on=Environment)
def name_servers_are_reached(environment: Environment) -> Iterator[Violation]:
    """Name servers of the data centers stand among their ranges, to which there is a way."""
    for key, forward in environment.dns.onprem.items() if environment.dns else ():
        for position, server in enumerate(forward.servers):
            if not any(server in prefix for prefix in from_onprem(environment)):
                yield Violation(
                    ("dns", "onprem", key, "servers", position),
                    f"must be among google.network.onprem_prefixes, to which there is a way, got {server}; correct "
                    "it, or add its range there",
                    ("google", "network", "onprem_prefixes"),
                )


@rule(on=Environment)
def aws_answers_where_it_is_reached(environment: Environment) -> Iterator[Violation]:
    """AWS is asked over its VPN, at free addresses of private subnets."""
    names = environment.dns.aws if environment.dns else None
    if names is None:
        return
    if environment.vpn is None or environment.vpn.aws is None:
        yield Violation(
            ("dns", "aws"),
            "needs vpn.aws, over which it is asked; add it",
            ("vpn", "aws") if environment.vpn else ("vpn",),
        )
    vpc = own_vpc(environment)
    if vpc is None:
        return  # the VPN asks for it
    for zone, address in names.addresses.items():
        path = ("dns", "aws", "addresses", zone)
        if zone not in vpc.zones:
            yield Violation(
                path,
                f"must be a zone of aws.management_vpc: {', '.join(sorted(vpc.zones))}, got {zone}",
                ("aws", "management_vpc", "zones", zone),
            )
            continue
        subnet = vpc.zones[zone].private
        if address not in subnet:
            yield Violation(path, f"must lie in the private subnet of its zone, {subnet}, got {address}")
        elif not _AWS_KEEPS <= int(address) - int(subnet.network_address) < subnet.num_addresses - 1:
            yield Violation(
                path,
                f"must be none of the first {_AWS_KEEPS} addresses of {subnet} nor its last, which AWS keeps, got "
                f"{address}; choose another",
            )


@rule(on=Environment)
def aws_asks_from_two_zones(environment: Environment) -> Iterator[Violation]:
    """A VPC that asks the data centers for names has the two zones that an endpoint stands in."""
    vpc = own_vpc(environment)
    if vpc and asked_from_aws(environment) and len(vpc.zones) < _ZONES:
        yield Violation(
            ("aws", "management_vpc", "zones"),
            f"must be {_ZONES} at least, in which an endpoint that asks for the names of dns.onprem stands, got "
            f"{len(vpc.zones)}; add one",
        )
