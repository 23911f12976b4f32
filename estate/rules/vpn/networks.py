"""Rules that join an environment's VPNs to the networks at their ends.

What data centers hold, and that no cloud holds any of it, are rules on google.network.onprem_prefixes.
"""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.aws.management_vpc import ExistingVpcConfig
from estate.model.environment import Environment
from estate.model.rules import Violation, rule


@rule(on=Environment)
def has_a_network(environment: Environment) -> Iterator[Violation]:
    """A VPN joins a network in Google Cloud, and one to on-prem knows the ranges at its other end."""
    vpn = environment.vpn
    if vpn is None:
        return
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


@rule(on=Environment)
def aws_has_a_vpc(environment: Environment) -> Iterator[Violation]:
    """The VPN to AWS leads to a management VPC of the environment's own."""
    vpn = environment.vpn
    if vpn is None or vpn.aws is None:
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


@rule(on=Environment)
def aws_reaches_every_control_plane(environment: Environment) -> Iterator[Violation]:
    """AWS reaches every cluster's control plane, those of other regions too.

    Its VPN ends in one region, and a control plane answers in its own unless its file says more.
    """
    vpn, google = environment.vpn, environment.google
    if (
        vpn is None
        or vpn.aws is None
        or google is None
        or (google.network and google.network.onprem_prefixes)
    ):
        return  # with data centers, google's own rule has looked already
    for key, cluster in google.gke_clusters.items():
        region = google.region_of(cluster)
        if cluster.private_endpoint and region != google.region and not cluster.global_access:
            yield Violation(
                ("google", "gke_clusters", key, "global_access"),
                f"must be true for a cluster in {region}, because AWS comes in at {google.region} (google.region); "
                "say so, or private_endpoint: false",
            )
