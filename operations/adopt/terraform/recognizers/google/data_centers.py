"""Which ranges the data centers have, as far as something in Google Cloud bounds or admits them by name.

No state tells what a BGP session learned. What this project makes does say it: the policy by which sessions take routes, and
the opening for gateways. A session without a policy takes every route, which is said as such where the VPN is put.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import IPv4Network
from typing import Final

from operations.adopt.terraform.draft import Draft
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.google.places import meant, of_host

_RANGES: Final = re.compile(r"destination\.inAnyRange\(prefix\('([0-9./]+)'\)\.orLonger\(\)\)")
_TUNNEL: Final = "google_compute_vpn_tunnel"


def recognize_data_centers(found: Found, draft: Draft) -> None:
    """Put the ranges of the data centers."""
    ranges = sorted({*_from_policies(found, draft), *_from_openings(found, draft)})
    if ranges:
        draft.put(("google", "network", "onprem_prefixes"), list(map(str, ranges)))
    elif any(of_host(found, draft, _TUNNEL)):
        draft.notes.append(
            "no state tells which ranges the data centers have: list them in google.network.onprem_prefixes, which lets them "
            "in and takes routes to them"
        )


def _from_policies(found: Found, draft: Draft) -> Iterator[IPv4Network]:
    """What the sessions of a gateway that is not AWS's take."""
    used = {
        name
        for session in of_host(found, draft, "google_compute_router_peer")
        if not _to_aws(found, session)
        for name in session.texts("import_policies")
    }
    for policy in of_host(found, draft, "google_compute_router_route_policy"):
        if policy.text("name") in used:
            for term in policy.blocks("terms"):
                for match in term.get("match") or ():
                    said = _RANGES.fullmatch(str(match.get("expression")))
                    if said and term.get("actions") == [{"expression": "accept()"}]:
                        yield IPv4Network(said[1])


def _to_aws(found: Found, session: FoundObject) -> bool:
    interfaces = found.of("google_compute_router_interface")
    interface = next((one for one in interfaces if one.text("name") == session.text("interface")), session)
    tunnel = meant(found, interface.text("vpn_tunnel"), session, _TUNNEL) or session
    external = meant(
        found, tunnel.text("peer_external_gateway"), session, "google_compute_external_vpn_gateway"
    )
    return external is not None and external.text("redundancy_type") == "FOUR_IPS_REDUNDANCY"


def _from_openings(found: Found, draft: Draft) -> Iterator[IPv4Network]:
    for rule in of_host(found, draft, "google_compute_network_firewall_policy_rule"):
        if rule.text("rule_name") == "onprem" and rule.text("action") == "allow":
            yield from map(IPv4Network, rule.texts("match", 0, "src_ip_ranges"))
