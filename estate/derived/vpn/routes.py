"""Which ranges Cloud Router advertises to whom and takes from whom, and so which ways back there are.

Written out one by one and computed here, so that a plan shows every range and a rule sees it. Cloud Router by itself
passes nothing on that it has learned: transit is what is advertised besides, or what a hub has it pass on.
"""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import Final

from estate.model.dns import CLOUD_DNS
from estate.model.environment import Environment
from estate.model.vpn.values import Accepts

MOST_RANGES: Final = 200
"""Ranges of one's own that a BGP session advertises at most: "For a given Cloud Router, the maximum number of custom advertised
routes per BGP session: 200", and as many for the router where all sessions say the same:
https://docs.cloud.google.com/network-connectivity/docs/router/quotas, of 2026-04-08 (read 2026-12-01)."""

MOST_ACCEPTED: Final = 200
"""Ranges that fit into the 35,000 bytes of all policies of a Cloud Router, at some 150 bytes each; the same page, of
2026-04-08, which has no more than 1,000 terms for a session."""


def advertised(environment: Environment, to: str) -> tuple[IPv4Network, ...]:
    """The ranges that one of the VPNs is told of, in order, by its sessions and by a hub; a transit gateway's routes too.

    Subnets with their pods and services and the control planes of clusters to both; the addresses of Google's
    APIs to data centers only, whose name servers ask ours for them; where Cloud DNS asks from, to whom it asks.

    Args:
        environment: whose they are.
        to: the VPN by its key.
    """
    return tuple(sorted({*_of_ours(environment, to), *_passed_on(environment, to)}))


def by_hub(environment: Environment) -> bool:
    """Whether a hub passes on between the sites."""
    return environment.vpn is not None and environment.vpn.transit_by.hub


def written_out(environment: Environment, to: str) -> tuple[IPv4Network, ...]:
    """The ranges that stand in the sessions to one of the VPNs, in order: what a hub passes on does not.

    Args:
        environment: whose they are.
        to: the VPN by its key.
    """
    by_hand = environment.vpn is not None and environment.vpn.transit_by.advertised
    return advertised(environment, to) if by_hand else tuple(sorted(_of_ours(environment, to)))


def _of_ours(environment: Environment, to: str) -> set[IPv4Network]:
    vpn = environment.vpn
    network = environment.google and environment.google.network
    if vpn is None or not network:
        return set()
    ranges = {*vpn.advertise, *_of(environment, "google")}
    if to == "onprem":
        ranges.add(network.private_google_access.cidr)
    dns = environment.dns
    if dns and (dns.onprem if to == "onprem" else dns.aws):
        ranges.add(CLOUD_DNS)
    return ranges


def _passed_on(environment: Environment, to: str) -> tuple[IPv4Network, ...]:
    vpn = environment.vpn
    if vpn is None or not vpn.transit or not (environment.google and environment.google.network):
        return ()
    return from_onprem(environment) if to == "aws" else from_aws(environment)


def from_onprem(environment: Environment) -> tuple[IPv4Network, ...]:
    """The ranges that come into the network in Google Cloud from data centers."""
    network = environment.google and environment.google.network
    return network.onprem_prefixes if network else ()


def from_aws(environment: Environment) -> tuple[IPv4Network, ...]:
    """The ranges that come into the network in Google Cloud over the VPN to AWS, in order."""
    if environment.vpn is None or environment.vpn.aws is None:
        return ()
    return tuple(sorted(_of(environment, "aws")))


def accepted(environment: Environment, sender: str) -> tuple[IPv4Network, ...] | None:
    """The ranges to which, and to parts of which, Cloud Router takes routes from one of the VPNs, in order.

    Args:
        environment: whose they are.
        sender: the VPN by its key.

    Returns:
        None where it takes whatever the other end advertises.
    """
    if environment.vpn is None or environment.vpn.peerings[sender].accepts is Accepts.EVERYTHING:
        return None
    return tuple(sorted(from_aws(environment) if sender == "aws" else from_onprem(environment)))


def joined_from_aws(environment: Environment) -> tuple[IPv4Network, ...]:
    """The ranges of AWS that data centers are joined with through Google Cloud, in order."""
    return from_aws(environment) if environment.vpn and environment.vpn.transit else ()


def cluster_ranges(environment: Environment) -> tuple[IPv4Network, ...]:
    """Where nodes and pods of clusters outside AWS begin to speak, as others see them, in order."""
    google = environment.google
    network = google and google.network
    subnets = (
        [network.subnets[one.subnet] for one in google.gke_clusters.values()] if google and network else []
    )
    on_prem = environment.vmware.user_clusters.values() if environment.vmware else ()
    found = {
        *(cluster.network.cidr for cluster in on_prem),
        *(subnet.cidr for subnet in subnets),
        *(subnet.pods for subnet in subnets if subnet.pods),
    }
    return tuple(sorted(found))


def _of(environment: Environment, section: str) -> set[IPv4Network]:
    """What is routed in a section; proxies answer nobody, so their ranges are told to nobody."""
    ranges = (one for one in environment.routable_ranges() if "proxy_subnets" not in one.path)
    return {one.cidr for one in ranges if one.path[0] == section}
