"""The rules of an environment's VPNs that look at its other sections."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network
from typing import TYPE_CHECKING

from environments.model.aws.management_vpc import ExistingVpcConfig
from environments.model.networks import Range
from environments.model.rules import Path, Violation
from environments.model.vpn.routes import MOST_RANGES, advertised
from environments.model.vpn.vpn import VpnConfig

if TYPE_CHECKING:
    from environments.model.environment import Environment


def vpn_violations(environment: Environment) -> Iterator[Violation]:
    """Run every rule of the VPNs that one environment's file decides by itself."""
    vpn = environment.vpn
    if vpn is None:
        return
    yield from _has_a_network(environment)
    yield from _aws_has_a_vpc(environment, vpn)
    yield from _no_range_comes_from_two_sides(environment, vpn)
    yield from _clusters_are_reached(environment, vpn)
    yield from _clusters_reach_the_on_prem_network(environment, vpn)
    yield from _sessions_take_what_is_advertised(environment, vpn)


def _has_a_network(environment: Environment) -> Iterator[Violation]:
    if environment.google is None or environment.google.network is None:
        yield Violation(
            ("vpn",),
            "needs google.network, which it joins to others; add it",
            ("google", "network") if environment.google else ("google",),
        )


def _aws_has_a_vpc(environment: Environment, vpn: VpnConfig) -> Iterator[Violation]:
    if vpn.aws is None:
        return
    vpc = environment.aws.management_vpc if environment.aws else None
    if vpc is None:
        yield Violation(
            ("vpn", "aws"),
            "needs aws.management_vpc, which it leads to; add it",
            ("aws", "management_vpc") if environment.aws else ("aws",),
        )
    elif isinstance(vpc, ExistingVpcConfig):
        yield Violation(
            ("vpn", "aws"),
            "needs a management_vpc of this environment's own: every private route table gets the ways back, and "
            "nothing in an existing VPC is changed; leave it out, or have the VPC made here",
        )


def _no_range_comes_from_two_sides(environment: Environment, vpn: VpnConfig) -> Iterator[Violation]:
    """A router that learns a range from two sides sends what is meant for one to the other."""
    clouds = environment.cloud_ranges()
    prefixes = [Range(environment.environment, ("vpn", *path), cidr) for path, cidr in _prefixes(vpn)]
    for prefix in prefixes:
        yield from _refuse(prefix.path, prefix.cidr, clouds)
    for position, cidr in enumerate(vpn.advertise):
        yield from _refuse(("vpn", "advertise", position), cidr, [*clouds, *prefixes])


def _refuse(path: Path, cidr: IPv4Network, others: list[Range]) -> Iterator[Violation]:
    for other in others:
        if cidr.overlaps(other.cidr):
            yield Violation(
                path,
                f"must not overlap {other}, got {cidr}: one range would be advertised from two sides; leave it out, or "
                "name smaller ranges beside the other",
            )


def _prefixes(vpn: VpnConfig) -> Iterator[tuple[Path, IPv4Network]]:
    for position, cidr in enumerate(vpn.onprem.prefixes if vpn.onprem else ()):
        yield ("onprem", "prefixes", position), cidr


def _clusters_are_reached(environment: Environment, vpn: VpnConfig) -> Iterator[Violation]:
    if vpn.onprem is None:
        return
    for path, cidr in environment.vmware.routable_ranges() if environment.vmware else ():
        if not any(cidr.subnet_of(prefix) for prefix in vpn.onprem.prefixes):
            where = ".".join(map(str, ("vmware", *path)))
            yield Violation(
                ("vpn", "onprem", "prefixes"),
                f"must hold {where} {cidr}, or the clouds have no way to it; add a range that the on-prem side "
                "advertises",
            )


def _clusters_reach_the_on_prem_network(environment: Environment, vpn: VpnConfig) -> Iterator[Violation]:
    for island in environment.islands():
        for path, prefix in _prefixes(vpn):
            if island.cidr.overlaps(prefix):
                yield Violation(
                    island.path,
                    f"must not cover vpn.{'.'.join(map(str, path))} {prefix}, which the cluster could then not reach, "
                    f"got {island.cidr}; choose another range",
                )


def _sessions_take_what_is_advertised(environment: Environment, vpn: VpnConfig) -> Iterator[Violation]:
    for key in vpn.peerings:
        count = len(advertised(environment, key))
        if count > MOST_RANGES:
            yield Violation(
                ("vpn", key),
                f"must be told at most {MOST_RANGES} ranges, as many as a BGP session advertises, got {count}; put "
                "several into a larger one",
            )
