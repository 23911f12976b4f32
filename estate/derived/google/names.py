"""What has a name in Google Cloud and no key of its own beside which the file could say it."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.environment import Environment
from estate.model.google.google import GoogleConfig
from estate.model.google.private_access import ZONES

EXTERNAL, INTERFACE, SESSION = "external", "interface", "session"
"""What is called like a gateway or tunnel by itself, and is an object beside it: the external VPN gateway, the router's
interface to a tunnel, and the BGP session at it."""
ADDRESS, ASSOCIATION, ROUTER = "address", "association", "router"
"""The same beside a NAT gateway and a firewall policy."""


def nameable(environment: Environment) -> frozenset[str]:
    """What `google.names` may name in an environment.

    Each is what a derived name says after organization and environment; behind a slash, what would have the same name.
    """
    google = environment.google
    return frozenset((*_network(google), *_zones(environment), *_vpns(environment)) if google else ())


def _network(google: GoogleConfig) -> Iterator[str]:
    network = google.network
    if network is None:
        return
    yield from ("network", "google-apis", "firewall", f"firewall/{ASSOCIATION}")
    yield from (zone.replace(".", "-") for zone in ZONES)
    if network.inbound_dns:
        yield "dns"
    if network.nat:
        for region in network.regions(google.region):
            yield from (f"nat-{region}", f"nat-{region}/{ROUTER}")
        yield from (f"nat-{key}/{ADDRESS}" for key in network.nat.addresses)


def _zones(environment: Environment) -> Iterator[str]:
    dns = environment.dns
    if dns:
        yield from (f"dns-onprem-{key}" for key in dns.onprem)
        yield from (f"dns-aws-{key}" for key in (dns.aws.domains if dns.aws else ()))


def _vpns(environment: Environment) -> Iterator[str]:
    if environment.vpn is None:
        return
    yield "vpn"
    for kind, peering in environment.vpn.peerings.items():
        yield from (f"vpn-{kind}", f"vpn-{kind}/{EXTERNAL}")
        for tunnel in peering.all_tunnels().values():
            stem = f"vpn-{kind}-{tunnel.name}"
            yield from (stem, f"{stem}/{INTERFACE}", f"{stem}/{SESSION}")
