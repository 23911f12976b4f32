"""The VPNs of a router by what is at their other ends: the data centers, and AWS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import IPv4Interface, IPv4Network, ip_interface, ip_network
from typing import Final

from estate.model.dns import CLOUD_DNS
from estate.model.google.private_access import PrivateGoogleAccess
from estate.model.vpn.aws import TUNNELS
from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.google.places import pin, said, unless
from operations.adopt.terraform.recognizers.google.vpn import PATH, Bundle, Line, bundles

_ONPREM: Keys = (*PATH, "onprem")
_AWS: Keys = (*PATH, "aws")
_LONGEST_KEY: Final = 16
_LINK_PREFIX: Final = 30
_INTERFACES: Final = 2
_DEFAULT_PRIORITY: Final = 100


def recognize_vpns(found: Found, draft: Draft) -> None:
    """Put the VPN to the data centers and the one to AWS; a second of a kind has no place."""
    put: dict[str, Bundle] = {}
    gateways: set[FoundObject] = set()
    for bundle in bundles(found, draft):
        kind = "aws" if _leads_to_aws(found, bundle) else "onprem"
        why = ""
        if kind in put:
            why = f"leads to a second place of its kind beside {put[kind].external.address}, and an environment has one"
        elif bundle.gateway in gateways:
            why = f"shares gateway {bundle.gateway.address} with another VPN, and each here has a gateway of its own"
        if why:
            for one in (bundle.external, *(line.tunnel for line in bundle.lines)):
                draft.leave(one, "", why, "keep it in the other Terraform")
            continue
        put[kind] = bundle
        gateways.add(bundle.gateway)
        (_put_aws if kind == "aws" else _put_onprem)(draft, bundle)
    if put:
        _put_advertised(found, draft, put)


def _leads_to_aws(found: Found, bundle: Bundle) -> bool:
    if bundle.external.text("redundancy_type") == "FOUR_IPS_REDUNDANCY":
        return True
    theirs = {str(one.get("ip_address")) for one in bundle.external.blocks("interface")}
    return any(
        connection.text(f"{tunnel}_address") in theirs
        for connection in found.of("aws_vpn_connection")
        for tunnel in TUNNELS
    )


def _put_gateways(draft: Draft, bundle: Bundle, entity: str) -> None:
    draft.takes((*PATH, entity), bundle.gateway, bundle.external)
    pin(draft, f"vpn-{entity}", bundle.gateway.text("name"))
    pin(draft, f"vpn-{entity}/external", bundle.external.text("name"))


def _pin_line(draft: Draft, stem: str, line: Line) -> None:
    for suffix, one in (("", line.tunnel), ("/interface", line.interface), ("/session", line.session)):
        pin(draft, f"{stem}{suffix}", one.text("name"))


def _put_onprem(draft: Draft, bundle: Bundle) -> None:
    _put_gateways(draft, bundle, "onprem")
    peers = {
        int(block.get("id") or 0): {
            "interface": int(block.get("id") or 0),
            "address": block.get("ip_address"),
        }
        for block in bundle.external.blocks("interface")
    }
    used = {_at(line, "vpn_gateway_interface") for line in bundle.lines}
    draft.put(
        _ONPREM,
        said(
            asn=bundle.peer_asn,
            redundancy=None if len(used) == _INTERFACES else "none",
            peers={f"peer-{number}": peer for number, peer in sorted(peers.items())},
            accepts=_accepts(bundle),
        ),
    )
    tunnels = (*_ONPREM, "tunnels")
    for line in bundle.lines:
        key = _short_key(draft, tunnels, line, "vpn-onprem")
        _pin_line(draft, f"vpn-onprem-{key}", line)
        peer = _at(line, "peer_external_gateway_interface")
        priority = line.session.at("advertised_route_priority")
        draft.put(
            (*tunnels, key),
            said(
                interface=_at(line, "vpn_gateway_interface"),
                peer=f"peer-{peer}",
                link_local=_link(draft, line, google_first=True),
                priority=unless(_DEFAULT_PRIORITY if priority is None else int(priority), _DEFAULT_PRIORITY),
                md5=bool(line.session.blocks("md5_authentication_key")) or None,
            ),
            line.tunnel,
            line.interface,
            line.session,
        )


def _put_aws(draft: Draft, bundle: Bundle) -> None:
    _put_gateways(draft, bundle, "aws")
    draft.put(_AWS, said(transit_gateway_asn=bundle.peer_asn, accepts=_accepts(bundle)))
    connections = (*_AWS, "connections")
    for number in range(_INTERFACES):
        lines = {
            name: line
            for line in bundle.lines
            for position, name in enumerate(TUNNELS)
            if _at(line, "peer_external_gateway_interface") == 2 * number + position
        }
        if not lines:
            continue
        first = next(iter(lines.values()))
        key = _connection_key(draft, connections, first, number)
        links = {
            name: said(link_local=_link(draft, line, google_first=False)) for name, line in lines.items()
        }
        draft.put((*connections, key), {"interface": _at(first, "vpn_gateway_interface"), **links})
        for name, line in lines.items():
            draft.takes((*connections, key, name), line.tunnel, line.interface, line.session)
            _pin_line(draft, f"vpn-aws-{key}-{name}", line)


def _connection_key(draft: Draft, path: Keys, line: Line, number: int) -> str:
    """The key in our own names, which end in the tunnel's; else the interface's number."""
    prefix = f"{draft.organization}-{draft.environment}-vpn-aws-"
    name = line.tunnel.text("name")
    own = name.removeprefix(prefix).rpartition("-")[0] if name.startswith(prefix) else ""
    return draft.key(path, own or f"connection-{number}")


def _short_key(draft: Draft, path: Keys, line: Line, entity: str) -> str:
    """A key of at most 16 characters: the name itself, or its end."""
    prefix = f"{draft.organization}-{draft.environment}-{entity}-"
    name = line.tunnel.text("name").removeprefix(prefix)
    short = name if len(name) <= _LONGEST_KEY else f"tunnel-{len(draft.at(*path) or {}) + 1}"
    return draft.key(path, short)


def _at(line: Line, attribute: str) -> int:
    return int(line.tunnel.at(attribute) or 0)


def _link(draft: Draft, line: Line, *, google_first: bool) -> str | None:
    """The /30 of a session; listed where it is none, or where the ends are the other way round."""
    said_range = line.interface.text("ip_range")
    if not said_range:
        return None
    end = ip_interface(said_range)
    if end.network.prefixlen != _LINK_PREFIX or not isinstance(end, IPv4Interface):
        draft.leave(
            line.interface,
            "ip_range",
            f"is {said_range}, and a link here is a /30 of IPv4",
            "choose a /30 for the session",
        )
        return None
    first = next(end.network.hosts())
    if (end.ip == first) is not google_first:
        draft.leave(
            line.interface,
            "ip_range",
            f"has Google Cloud at {end.ip}, and here it has the {'first' if google_first else 'second'} address of a link",
            "turn the two around at the other end in the same hour as here: until then the session is down",
        )
    return str(end.network)


def _accepts(bundle: Bundle) -> str | None:
    """As it is: a session without an import policy takes every route."""
    return None if all(line.session.texts("import_policies") for line in bundle.lines) else "everything"


def _put_advertised(found: Found, draft: Draft, put: Mapping[str, Bundle]) -> None:
    """Whether the two ends know of each other, and what is advertised beside what follows from the file."""
    told = {kind: set(_told(bundle)) for kind, bundle in put.items()}
    data_centers = set(_networks(draft.at("google", "network", "onprem_prefixes") or []))
    aws = {network for one in found.of("aws_vpc") for network in _networks([one.text("cidr_block")])}
    if len(put) == _INTERFACES:
        transit = bool(told["onprem"] & aws or told["aws"] & data_centers)
        draft.put((*PATH, "transit"), transit)
    follows = set(_own(draft)) | data_centers | aws | {CLOUD_DNS, *(one.cidr for one in PrivateGoogleAccess)}
    besides = sorted(set().union(*told.values()) - follows)
    if besides:
        draft.put((*PATH, "advertise"), list(map(str, besides)))


def _told(bundle: Bundle) -> Iterator[IPv4Network]:
    for line in bundle.lines:
        yield from _networks(str(one.get("range")) for one in line.session.blocks("advertised_ip_ranges"))


def _own(draft: Draft) -> Iterator[IPv4Network]:
    for subnet in (draft.at("google", "network", "subnets") or {}).values():
        yield from _networks(filter(None, map(subnet.get, ("cidr", "pods", "services"))))
    for cluster in (draft.at("google", "gke_clusters") or {}).values():
        yield from _networks([cluster["control_plane_cidr"]])


def _networks(texts: Iterator[str] | list[str] | filter[str]) -> Iterator[IPv4Network]:
    for text in texts:
        network = ip_network(text, strict=False) if text else None
        if isinstance(network, IPv4Network):
            yield network
