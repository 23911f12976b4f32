"""The rules of an environment's VPNs that look at its other sections.

What data centers hold, and that no cloud holds any of it, are rules of google.network.onprem_prefixes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from estate.model.aws.management_vpc import ExistingVpcConfig
from estate.model.google.environment_rules import cloud_ranges, onprem_ranges
from estate.model.rules import Violation
from estate.model.vpn.routes import MOST_RANGES, advertised
from estate.model.vpn.vpn import VpnConfig

if TYPE_CHECKING:
    from estate.model.environment import Environment


def vpn_violations(environment: Environment) -> Iterator[Violation]:
    """Run every rule of the VPNs that one environment's file decides by itself."""
    vpn = environment.vpn
    if vpn is None:
        return
    yield from _has_a_network(environment, vpn)
    yield from _aws_has_a_vpc(environment, vpn)
    yield from _aws_reaches_every_control_plane(environment, vpn)
    yield from _no_range_comes_from_two_sides(environment, vpn)
    yield from _sessions_take_what_is_advertised(environment, vpn)


def _has_a_network(environment: Environment, vpn: VpnConfig) -> Iterator[Violation]:
    if environment.google is None or environment.google.network is None:
        yield Violation(
            ("vpn",),
            "needs google.network, which it joins to others; add it",
            ("google", "network") if environment.google else ("google",),
        )
    elif vpn.onprem and not environment.google.network.onprem_prefixes:
        yield Violation(
            ("google", "network", "onprem_prefixes"),
            "is needed with vpn.onprem: the ranges that the on-prem side advertises, and that are let in; list them",
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


def _aws_reaches_every_control_plane(environment: Environment, vpn: VpnConfig) -> Iterator[Violation]:
    """Its VPN ends in one region, and a control plane answers in its own unless its file says more."""
    google = environment.google
    if vpn.aws is None or google is None or (google.network and google.network.onprem_prefixes):
        return  # with data centers, google's own rule has looked already
    for key, cluster in google.gke_clusters.items():
        region = google.region_of(cluster)
        if cluster.private_endpoint and region != google.region and not cluster.global_access:
            yield Violation(
                ("google", "gke_clusters", key, "global_access"),
                f"must be true for a cluster in {region}, because AWS comes in at {google.region} (google.region); "
                "say so, or private_endpoint: false",
            )


def _no_range_comes_from_two_sides(environment: Environment, vpn: VpnConfig) -> Iterator[Violation]:
    """A router that learns a range from two sides sends what is meant for one to the other."""
    for position, cidr in enumerate(vpn.advertise):
        for other in (*cloud_ranges(environment), *onprem_ranges(environment)):
            if cidr.overlaps(other.cidr):
                yield Violation(
                    ("vpn", "advertise", position),
                    f"must not overlap {other}, got {cidr}: one range would be advertised from two sides; leave it "
                    "out, or name smaller ranges beside the other",
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
