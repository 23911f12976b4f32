"""What is left of a VPN when any single part of it fails, computed from the model.

By the SLA's terms: 99.99 % as long as every tunnel of the redundant shape stands, 99.9 % while any does.
https://cloud.google.com/network-connectivity/docs/vpn/concepts/topologies
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from estate.model.vpn.tunnel import Tunnel
from estate.model.vpn.vpn import Peering


@dataclass(frozen=True)
class Remainder:
    """What is left of a VPN.

    Attributes:
        down: the part that fails, None while all stand.
        left: keys of the tunnels that stand.
        of: how many tunnels there are.
        carrying: keys of the tunnels that traffic goes over, those preferred among the standing.
        availability: what the SLA promises of what is left; None when nothing is.
    """

    down: str | None
    left: tuple[str, ...]
    of: int
    carrying: tuple[str, ...]
    availability: str | None

    def __str__(self) -> str:
        promised = self.availability or "no connection"
        return f"{len(self.left)} of {self.of} tunnels left, {promised}"


def whole(peering: Peering) -> Remainder:
    """The VPN while nothing fails."""
    return _remainder(peering, None)


def failures(peering: Peering) -> Iterator[Remainder]:
    """What is left when each part fails by itself: gateway interfaces, devices, addresses, tunnels."""
    tunnels = peering.all_tunnels()
    parts = dict.fromkeys(part for tunnel in tunnels.values() for part in tunnel.parts)
    for part in (*sorted(parts, key=_kind), *(f"tunnel {key}" for key in tunnels)):
        yield _remainder(peering, part)


def _kind(part: str) -> int:
    """From the gateway outwards; what is of a kind stays in the order of the file."""
    return ("gateway", "connection", "device", "address").index(part.split(" ", 1)[0])


def _remainder(peering: Peering, down: str | None) -> Remainder:
    tunnels = peering.all_tunnels()
    left = {
        key: tunnel
        for key, tunnel in tunnels.items()
        if down is None or down not in (*tunnel.parts, f"tunnel {key}")
    }
    best = min((tunnel.priority for tunnel in left.values()), default=0)
    return Remainder(
        down=down,
        left=tuple(left),
        of=len(tunnels),
        carrying=tuple(key for key, tunnel in left.items() if tunnel.priority == best),
        availability=_availability(peering, left),
    )


def _availability(peering: Peering, left: Mapping[str, Tunnel]) -> str | None:
    if not left:
        return None
    both = {tunnel.interface for tunnel in left.values()} == {0, 1}
    return "99.99 %" if both and len(left) == peering.wanted_tunnels else "99.9 %"
