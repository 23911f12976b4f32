"""HA VPN: what its availability and secrecy rest on.

https://cloud.google.com/network-connectivity/docs/vpn/concepts/topologies
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from operations.policy.finding import Level
from operations.policy.rules.rule import Broken, Rule
from operations.policy.stacks import Place, Resource, Stack, Stacks, reference, resources

_VARIABLE = re.compile(r"\$\{var\.([A-Za-z0-9_-]+)\}")
_TUNNELS = (1, 2)


def _tunnels(stack: Stack) -> list[Resource]:
    return list(stack.resources("google_compute_vpn_tunnel"))


def _both_interfaces(stacks: Stacks) -> Iterator[Broken]:
    for stack in stacks:
        for gateway in stack.resources("google_compute_ha_vpn_gateway"):
            used = {
                tunnel.body.get("vpn_gateway_interface")
                for tunnel in _tunnels(stack)
                if reference(tunnel.body.get("vpn_gateway")) == gateway.place.address
            }
            missing = [interface for interface in (0, 1) if interface not in used]
            if missing:
                which = " and ".join(map(str, missing))
                yield (
                    gateway.place,
                    f"no tunnel on interface {which}, so one failure takes the VPN down; put tunnels on both",
                )


def _ikev2(stacks: Stacks) -> Iterator[Broken]:
    for tunnel in resources(stacks, "google_compute_vpn_tunnel"):
        version = tunnel.body.get("ike_version")
        if version != 2:  # noqa: PLR2004 - the version's name
            yield tunnel.place, f"ike_version is {version or 'not said'}; say 2"
    for connection in resources(stacks, "aws_vpn_connection"):
        for number in _TUNNELS:
            key = f"tunnel{number}_ike_versions"
            versions = connection.body.get(key)
            if versions != ["ikev2"]:
                got = ", ".join(versions) if versions else "not said, which allows ikev1"
                yield connection.place, f"{key} is {got}; say ikev2 alone"


def _secrets(stacks: Stacks) -> Iterator[tuple[Stack, Place, str, Any]]:
    for stack in stacks:
        for tunnel in _tunnels(stack):
            yield stack, tunnel.place, "shared_secret", tunnel.body.get("shared_secret")
        for connection in stack.resources("aws_vpn_connection"):
            for number in _TUNNELS:
                key = f"tunnel{number}_preshared_key"
                yield stack, connection.place, key, connection.body.get(key)
        for peer in stack.resources("google_compute_router_peer"):
            for block in peer.blocks("md5_authentication_key"):
                yield stack, peer.place, "md5_authentication_key", block.get("key")


def _secret_from_variable(stacks: Stacks) -> Iterator[Broken]:
    """Never says the value, which may be the secret."""
    for stack, place, key, value in _secrets(stacks):
        found = _VARIABLE.fullmatch(value) if isinstance(value, str) else None
        if not found:
            yield place, f"{key} does not come from a variable; make it a sensitive Terraform variable"
            continue
        variable = stack.body.get("variable", {}).get(found[1], {})
        if variable.get("sensitive") is not True:
            yield place, f"variable {found[1]} of {key} is not sensitive, so plans print it; say sensitive"
        if variable.get("default"):
            yield place, f"variable {found[1]} of {key} has a default, which lies in the file; take it out"


def _own_secret(stacks: Stacks) -> Iterator[Broken]:
    seen: dict[tuple[str, str], Place] = {}
    for stack in stacks:
        for tunnel in _tunnels(stack):
            secret = str(tunnel.body.get("shared_secret"))
            other = seen.setdefault((stack.name, secret), tunnel.place)
            if other != tunnel.place:
                yield tunnel.place, f"has the pre-shared key of {other.address}; give each tunnel its own"


def _no_bfd(stacks: Stacks) -> Iterator[Broken]:
    for stack in stacks:
        interfaces = {r.place.address: r for r in stack.resources("google_compute_router_interface")}
        for peer in stack.resources("google_compute_router_peer"):
            interface = interfaces.get(reference(peer.body.get("interface")) or "")
            over_vpn = interface is None or "vpn_tunnel" in interface.body
            if over_vpn and peer.blocks("bfd"):
                yield (
                    peer.place,
                    "has bfd, which HA VPN refuses; take it out, and lower the router's keepalive_interval instead",
                )


def _bgp_on_each(stacks: Stacks) -> Iterator[Broken]:
    for stack in stacks:
        peers = {reference(p.body.get("interface")) for p in stack.resources("google_compute_router_peer")}
        routed = {
            reference(interface.body.get("vpn_tunnel"))
            for interface in stack.resources("google_compute_router_interface")
            if interface.place.address in peers
        }
        for tunnel in _tunnels(stack):
            if tunnel.place.address not in routed:
                yield (
                    tunnel.place,
                    "has no BGP session, so nothing moves traffic away when it fails; add a router interface and peer",
                )


def _imports_are_bounded(stacks: Stacks) -> Iterator[Broken]:
    for peer in resources(stacks, "google_compute_router_peer"):
        if not peer.body.get("import_policies"):
            yield (
                peer.place,
                "takes whatever the other side announces, a default route or another site's ranges among it; name import_policies "
                "that list what is there",
            )


RULES = (
    Rule(
        "HYB_VPN_INTERFACES",
        Level.HIGH,
        "Each HA VPN gateway has tunnels on both of its interfaces",
        _both_interfaces,
    ),
    Rule("HYB_VPN_IKE", Level.HIGH, "Tunnels speak IKEv2 alone, on the side of AWS too", _ikev2),
    Rule(
        "HYB_VPN_SECRET",
        Level.HIGH,
        "Pre-shared keys and MD5 keys come from sensitive variables without a default",
        _secret_from_variable,
    ),
    Rule("HYB_VPN_OWN_SECRET", Level.HIGH, "No two tunnels share a pre-shared key", _own_secret),
    Rule("HYB_VPN_BFD", Level.HIGH, "No BGP session over HA VPN has BFD, which the API refuses", _no_bfd),
    Rule("HYB_VPN_BGP", Level.HIGH, "Each tunnel has a BGP session", _bgp_on_each),
    Rule(
        "HYB_VPN_IMPORTS",
        Level.HIGH,
        "Each BGP session takes what is listed and drops the rest",
        _imports_are_bounded,
    ),
)
