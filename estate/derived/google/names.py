"""What has a name in Google Cloud and no key of its own beside which the file could say it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.derived.vpn.routes import by_hub
from estate.model.environment import Environment
from estate.model.google.google import GoogleConfig
from estate.model.google.private_access import ZONES
from estate.model.naming import physical_name

EXTERNAL, INTERFACE, SESSION, SPOKE = "external", "interface", "session", "spoke"
"""What is called like a gateway or tunnel by itself, and is an object beside it: the external VPN gateway, the router's
interface to a tunnel, the BGP session at it, and the spoke of the hub that links a gateway's tunnels."""
HUB: Final = "hub"
"""The hub beside the router that speaks BGP for all VPNs."""
ADDRESS, ASSOCIATION, ROUTER = "address", "association", "router"
"""The same beside a NAT gateway and a firewall policy."""

Kind = tuple[str, str]
"""Objects of which no two in a project are called the same: what they are, and where, "" where that is the project."""
_Kinds = Iterator[tuple[str, Kind]]

_ZONE: Final = ("DNS zone", "")


def nameable(environment: Environment) -> frozenset[str]:
    """What `google.names` may name in an environment.

    Each is what a derived name says after organization and environment; behind a slash, what would have the same name.
    """
    return frozenset(what for what, _ in kinds(environment))


def kinds(environment: Environment) -> _Kinds:
    """Each of them with its kind, and with every one where there are several objects of its name.

    A name is unique in what stands before it in the object's path: projects/P/global/networks/N,
    projects/P/regions/R/routers/N, projects/P/locations/global/hubs/N; interfaces, sessions and NAT gateways are parts of
    their router. https://docs.cloud.google.com/compute/docs/reference/rest/v1/routers, .../vpnTunnels, and
    https://docs.cloud.google.com/network-connectivity/docs/reference/networkconnectivity/rest (2026-12-01).
    """
    google = environment.google
    if google:
        yield from _network(environment, google)
        yield from _zones(environment)
        yield from _vpns(environment, google)


def called(environment: Environment, organization: str, what: str) -> str:
    """The name that something has: the file's, or that which is derived.

    Args:
        environment: whose it is.
        organization: the organization's name.
        what: one of :func:`nameable`.
    """
    said = environment.google.names.get(what) if environment.google else None
    return said or physical_name(organization, environment.environment, what.partition("/")[0])


def _network(environment: Environment, google: GoogleConfig) -> _Kinds:
    network = google.network
    if network is None:
        return
    yield "network", ("network", "")
    yield "google-apis", ("route", "")
    yield "firewall", ("firewall policy", "")
    yield f"firewall/{ASSOCIATION}", ("association", f"the firewall policy of {environment.environment}")
    yield from ((zone.replace(".", "-"), _ZONE) for zone in ZONES)
    if network.inbound_dns:
        yield "dns", ("DNS policy", "")
    if network.nat:
        for region in network.regions(google.region):
            yield (
                f"nat-{region}",
                ("NAT gateway", f"the router for NAT of {environment.environment} in {region}"),
            )
            yield f"nat-{region}/{ROUTER}", ("router", region)
            yield from ((f"nat-{key}/{ADDRESS}", ("address", region)) for key in network.nat.addresses)


def _zones(environment: Environment) -> _Kinds:
    dns = environment.dns
    if dns:
        yield from ((f"dns-onprem-{key}", _ZONE) for key in dns.onprem)
        yield from ((f"dns-aws-{key}", _ZONE) for key in (dns.aws.domains if dns.aws else ()))


def _vpns(environment: Environment, google: GoogleConfig) -> _Kinds:
    vpn, region = environment.vpn, google.region
    if vpn is None:
        return
    yield "vpn", ("router", region)
    hub = by_hub(environment)
    if hub:
        yield f"vpn/{HUB}", ("hub", "")
    inside = f"the router for VPNs of {environment.environment}"
    for kind, peering in vpn.peerings.items():
        yield f"vpn-{kind}", ("VPN gateway", region)
        yield f"vpn-{kind}/{EXTERNAL}", ("external VPN gateway", "")
        if hub:
            yield f"vpn-{kind}/{SPOKE}", ("spoke", region)
        for tunnel in peering.all_tunnels().values():
            stem = f"vpn-{kind}-{tunnel.name}"
            yield stem, ("VPN tunnel", region)
            yield f"{stem}/{INTERFACE}", ("interface", inside)
            yield f"{stem}/{SESSION}", ("BGP session", inside)
