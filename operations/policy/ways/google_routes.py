"""Where the network of the Shared VPC sends packets, and what it tells others.

Routes are the subnets', the control planes', static ones, what data centers advertise by the file, and the VPCs that a
transit gateway advertises; what a hub passes on counts as told. Left out: policy-based routes and peerings, whose types are found where they stand.
https://docs.cloud.google.com/vpc/docs/routes
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from ipaddress import IPv4Network
from typing import Final

from operations.policy.stacks import Place, Stack
from operations.policy.ways.hubs import joined, spokes
from operations.policy.ways.prefixes import looked_up, networks, uncovered
from operations.policy.ways.route_policies import taken
from operations.policy.ways.sessions import Session, Side, sessions

_EVERYWHERE: Final = IPv4Network("0.0.0.0/0")


class GoogleHop(StrEnum):
    """Where the network sends a packet."""

    HERE = "stays in the network"
    EDGE = "leaves by Google's own gateway"
    DATA_CENTER = "goes to the data centers"
    AWS = "goes to AWS"
    ELSEWHERE = "goes to a hop that is not evaluated"


class GoogleRoutes:
    """The routes of a stack's network.

    Args:
        stack: the stack.
        learned: ranges that data centers advertise.
        vpcs: ranges that each transit gateway advertises, by its place.
    """

    def __init__(
        self, stack: Stack, learned: tuple[IPv4Network, ...], vpcs: dict[Place, list[IPv4Network]]
    ) -> None:
        found = tuple(sessions(stack))
        self._table: Final = [*_own(stack), *_static(stack), *_heard(found, learned, vpcs)]

        def heard(some: list[Session]) -> list[IPv4Network]:
            return [cidr for cidr, _ in _heard(some, learned, vpcs)]

        self._sessions: Final = tuple(joined(found, tuple(spokes(stack)), heard))

    def hops(self, ranges: tuple[IPv4Network, ...]) -> Iterator[tuple[IPv4Network, GoogleHop | None]]:
        """Where each part of ranges is sent; None for what has no route."""
        for one in ranges:
            yield from looked_up(self._table, one)

    def strays(self, ranges: tuple[IPv4Network, ...], *wanted: GoogleHop) -> list[IPv4Network]:
        """What of ranges is sent elsewhere than wanted, or nowhere."""
        return [part for part, hop in self.hops(ranges) if hop not in wanted]

    def untold(self, side: Side, ranges: tuple[IPv4Network, ...]) -> list[str]:
        """What of ranges a session does not tell a side, with the session; that there is none, where there is none."""
        found = [session for session in self._sessions if session.side is side]
        if not found:
            return [f"no BGP session leads to {side}"]
        return [
            f"{session.place.address} does not advertise {', '.join(map(str, left))}"
            for session in found
            if (left := uncovered(ranges, session.told))
        ]

    def told(self, gateway: Place) -> list[IPv4Network]:
        """What every session to a transit gateway tells it."""
        found = [session.told for session in self._sessions if session.gateway == gateway]
        return [one for one in found[0] if all(one in told for told in found)] if found else []


def _heard(
    found: Sequence[Session], learned: tuple[IPv4Network, ...], vpcs: dict[Place, list[IPv4Network]]
) -> Iterator[tuple[IPv4Network, GoogleHop]]:
    """The routes that sessions have learned, and where they lead."""
    for one in _taken([s for s in found if s.side is Side.DATA_CENTER], learned):
        yield one, GoogleHop.DATA_CENTER
    for gateway, cidrs in vpcs.items():
        for cidr in _taken([s for s in found if s.gateway == gateway], cidrs):
            yield cidr, GoogleHop.AWS


def _taken(found: list[Session], ranges: Sequence[IPv4Network]) -> list[IPv4Network]:
    """Routes that every session takes: any of the others may be lost."""
    left = list(ranges) if found else []
    for session in found:
        left = taken(left, session.terms)
    return left


def _own(stack: Stack) -> Iterator[tuple[IPv4Network, GoogleHop]]:
    for subnet in stack.resources("google_compute_subnetwork"):
        values = [subnet.body.get("ip_cidr_range")]
        values += [one.get("ip_cidr_range") for one in subnet.blocks("secondary_ip_range")]
        for one in networks(values):
            yield one, GoogleHop.HERE
    for cluster in stack.resources("google_container_cluster"):
        private = cluster.blocks("private_cluster_config")
        for one in networks(block.get("master_ipv4_cidr_block") for block in private):
            yield one, GoogleHop.HERE


def _static(stack: Stack) -> Iterator[tuple[IPv4Network, GoogleHop]]:
    for route in stack.resources("google_compute_route"):
        edge = route.body.get("next_hop_gateway") == "default-internet-gateway"
        for one in networks([route.body.get("dest_range")]):
            yield one, GoogleHop.EDGE if edge else GoogleHop.ELSEWHERE
    for network in stack.resources("google_compute_network"):
        if not network.body.get("delete_default_routes_on_create"):
            yield _EVERYWHERE, GoogleHop.EDGE
