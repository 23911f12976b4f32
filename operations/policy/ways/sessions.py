"""BGP sessions of Cloud Routers: which side each leads to, and what it tells there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Network

from operations.policy.stacks import Place, Resource, Stack
from operations.policy.ways.prefixes import networks
from operations.policy.ways.references import made
from operations.policy.ways.route_policies import Term, terms


class Side(StrEnum):
    """What a network is joined with."""

    DATA_CENTER = "the data centers"
    AWS = "AWS"


@dataclass(frozen=True)
class Session:
    """One session that is on.

    Attributes:
        place: the peer's.
        tunnel: the one that it runs in.
        side: where its tunnel leads.
        told: ranges that it advertises.
        gateway: address of the transit gateway at its other end; None of a data center.
        terms: what the routes that it is told go through; none where it takes them all.
    """

    place: Place
    tunnel: Place
    side: Side
    told: tuple[IPv4Network, ...]
    gateway: Place | None = None
    terms: tuple[Term, ...] = ()


def sessions(stack: Stack) -> Iterator[Session]:
    """Every session whose tunnel can be followed to its other end; one that cannot carries nothing here."""
    for peer in stack.resources("google_compute_router_peer"):
        tunnel = _tunnel(stack, peer)
        if tunnel is None or peer.body.get("enable") is False:
            continue
        found = _ends(stack, tunnel)
        if found is not None:
            connection, side = found
            gateway = made(stack, connection.body.get("transit_gateway_id")) if connection else None
            yield Session(
                peer.place,
                tunnel.place,
                side,
                tuple(_told(stack, peer)),
                gateway.place if gateway else None,
                terms(stack, peer),
            )


def _tunnel(stack: Stack, peer: Resource) -> Resource | None:
    link = made(stack, peer.body.get("interface"))
    return made(stack, link.body.get("vpn_tunnel")) if link else None


def _ends(stack: Stack, tunnel: Resource) -> tuple[Resource | None, Side] | None:
    """The connection of AWS at a tunnel's other end, or None and the data centers."""
    outside = made(stack, tunnel.body.get("peer_external_gateway"))
    number = tunnel.body.get("peer_external_gateway_interface", 0)
    for interface in outside.blocks("interface") if outside else ():
        if interface.get("id", 0) == number:
            connection = made(stack, interface.get("ip_address"))
            if connection is None:
                return None, Side.DATA_CENTER
            return (connection, Side.AWS) if connection.type == "aws_vpn_connection" else None
    return None


def _told(stack: Stack, peer: Resource) -> Iterator[IPv4Network]:
    """What a session advertises: its own list, and subnets where it says so or says nothing."""
    own = peer.body.get("advertise_mode", "DEFAULT") == "CUSTOM"
    if not own or "ALL_SUBNETS" in peer.body.get("advertised_groups", ()):
        for subnet in stack.resources("google_compute_subnetwork"):
            yield from networks([subnet.body.get("ip_cidr_range")])
            yield from networks(one.get("ip_cidr_range") for one in subnet.blocks("secondary_ip_range"))
    yield from networks(one.get("range") for one in peer.blocks("advertised_ip_ranges") if own)
