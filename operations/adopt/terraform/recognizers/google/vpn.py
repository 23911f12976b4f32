"""HA VPNs: the Cloud Router, and what leads from it to the data centers and to AWS.

Keys of tunnels are secrets that no state gives away here; how such an object comes over is not a recognizer's to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.google.places import (
    REGION,
    in_network,
    meant,
    pin,
    region_of,
)

_ROUTER: Final = "google_compute_router"
_TUNNEL: Final = "google_compute_vpn_tunnel"
_GATEWAY: Final = "google_compute_ha_vpn_gateway"
_EXTERNAL: Final = "google_compute_external_vpn_gateway"
PATH: Keys = ("vpn",)
_KEEP: Final = "keep it in the other Terraform"


@dataclass(frozen=True)
class Line:
    """A tunnel with its BGP session.

    Attributes:
        tunnel: the tunnel.
        interface: the router's interface to it.
        session: its BGP session.
    """

    tunnel: FoundObject
    interface: FoundObject
    session: FoundObject


@dataclass(frozen=True)
class Bundle:
    """All tunnels from one gateway to one other end.

    Attributes:
        gateway: ours.
        external: what stands for the other end.
        lines: the tunnels, in order of their names.
    """

    gateway: FoundObject
    external: FoundObject
    lines: tuple[Line, ...]

    @property
    def peer_asn(self) -> object:
        """ASN of the other end."""
        return self.lines[0].session.at("peer_asn")


def bundles(found: Found, draft: Draft) -> Iterator[Bundle]:
    """Put the router, and give what leads from it; what has no place is listed."""
    tunnels = [one for one in found.of(_TUNNEL) if _gateway(found, draft, one)]
    router = _router(found, draft, tunnels)
    if router is None:
        return
    draft.put((*PATH, "asn"), router.at("bgp", 0, "asn"), router)
    pin(draft, "vpn", router.text("name"))
    grouped: dict[tuple[FoundObject, FoundObject], list[Line]] = {}
    for tunnel in tunnels:
        gateway = _gateway(found, draft, tunnel)
        external = meant(found, tunnel.text("peer_external_gateway"), tunnel, _EXTERNAL)
        line = _line(found, tunnel, router)
        if gateway and external and line:
            grouped.setdefault((gateway, external), []).append(line)
        else:
            draft.leave(tunnel, "", _why_loose(tunnel, external), _KEEP)
    for (gateway, external), lines in grouped.items():
        yield Bundle(gateway, external, tuple(sorted(lines, key=lambda one: one.tunnel.text("name"))))


def _gateway(found: Found, draft: Draft, tunnel: FoundObject) -> FoundObject | None:
    gateways = in_network(found, draft, _GATEWAY)
    meant_one = meant(found, tunnel.text("vpn_gateway"), tunnel, _GATEWAY)
    return next((one for one in gateways if one is meant_one), None)


def _router(found: Found, draft: Draft, tunnels: list[FoundObject]) -> FoundObject | None:
    """The router of most tunnels in the environment's region; others are listed."""
    counted = Counter(
        router
        for tunnel in tunnels
        for router in [meant(found, tunnel.text("router"), tunnel, _ROUTER)]
        if router
    )
    routers = [one for one, _ in counted.most_common()]
    chosen = next((one for one in routers if region_of(one) == draft.at(*REGION)), None)
    for router in routers:
        if router is not chosen:
            draft.leave(
                router,
                "",
                "is a second router of VPNs, or one in another region, and an environment has one in google.region",
                _KEEP,
            )
    return chosen


def _line(found: Found, tunnel: FoundObject, router: FoundObject) -> Line | None:
    if meant(found, tunnel.text("router"), tunnel, _ROUTER) is not router:
        return None
    for interface in found.of("google_compute_router_interface"):
        if meant(found, interface.text("vpn_tunnel"), interface, _TUNNEL) is tunnel:
            for session in found.of("google_compute_router_peer"):
                beside = session.text("router") == interface.text("router")
                if beside and session.text("interface") == interface.text("name"):
                    return Line(tunnel, interface, session)
    return None


def _why_loose(tunnel: FoundObject, external: FoundObject | None) -> str:
    if tunnel.text("peer_gcp_gateway"):
        return "leads to another network of Google Cloud, and VPNs here lead to data centers and to AWS"
    if external is None:
        return "leads to an external gateway that no state has"
    return "has no interface and BGP session at the router in any state"
