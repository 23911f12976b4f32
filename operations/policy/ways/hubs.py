"""Hubs that have BGP sessions pass on what others have learned.

Only spokes of VPN tunnels are read that transfer data between sites: what the sessions of one learn, those of the other
spokes of its hub advertise besides their own lists. Left out: filters of spokes, of which no stack has one; a spoke that
has some passes nothing on here.
https://docs.cloud.google.com/network-connectivity/docs/network-connectivity-center/concepts/route-exchange, 2026-11-30
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from ipaddress import IPv4Network
from typing import Final

from operations.policy.stacks import Place, Stack
from operations.policy.ways.references import made
from operations.policy.ways.sessions import Session

_FILTERS: Final = (
    "include_export_ranges",
    "exclude_export_ranges",
    "include_import_ranges",
    "exclude_import_ranges",
)


@dataclass(frozen=True)
class Spoke:
    """One spoke that transfers data between sites.

    Attributes:
        place: its own.
        hub: its hub's.
        tunnels: those that it links.
    """

    place: Place
    hub: Place
    tunnels: frozenset[Place]


def spokes(stack: Stack) -> Iterator[Spoke]:
    """Every spoke whose hub is made in the stack."""
    for spoke in stack.resources("google_network_connectivity_spoke"):
        hub = made(stack, spoke.body.get("hub"))
        if hub is None:
            continue
        for linked in spoke.blocks("linked_vpn_tunnels"):
            if linked.get("site_to_site_data_transfer") and not any(linked.get(name) for name in _FILTERS):
                tunnels = [made(stack, uri) for uri in linked.get("uris", ())]
                yield Spoke(spoke.place, hub.place, frozenset(one.place for one in tunnels if one))


def joined(
    sessions: Sequence[Session],
    by: Sequence[Spoke],
    heard: Callable[[list[Session]], list[IPv4Network]],
) -> Iterator[Session]:
    """The sessions with what they advertise by hubs.

    Args:
        sessions: all of a stack.
        by: its spokes.
        heard: what all of some sessions have learned.
    """
    for session in sessions:
        others = [
            other
            for mine in by
            for other in by
            if session.tunnel in mine.tunnels and other.hub == mine.hub and other.place != mine.place
        ]
        passed = [
            cidr
            for other in others
            for cidr in heard([one for one in sessions if one.tunnel in other.tunnels])
        ]
        yield replace(session, told=(*session.told, *passed))
