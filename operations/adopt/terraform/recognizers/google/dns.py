"""Names: the zones that lead to Google's APIs, those that are asked elsewhere, and who may ask the network."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import Final

from estate.model.google.private_access import ZONES
from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.google.places import keyed, meant, of_host, pin

_ZONE: Final = "google_dns_managed_zone"
_POLICY: Final = "google_dns_policy"
_NETWORK: Keys = ("google", "network")
_DATA_CENTERS: Keys = ("dns", "onprem")
_AWS: Keys = ("dns", "aws")
_ELSEWHERE: Final = "keep it in the other Terraform, where whoever has names in it goes on changing them"


def recognize_dns(found: Found, draft: Draft) -> None:
    """Put the zones that the network sees, and the policy by which others ask it."""
    for zone in of_host(found, draft, _ZONE):
        domain = zone.text("dns_name").rstrip(".")
        if not _sees(found, draft, zone.blocks("private_visibility_config")):
            draft.leave(
                zone, "", "is public, or another network's, and zones here are the network's", _ELSEWHERE
            )
        elif domain in ZONES:
            draft.takes(_NETWORK, zone)
            pin(draft, domain.replace(".", "-"), zone.text("name"))
        elif zone.blocks("forwarding_config"):
            _put_forwarding(found, draft, zone, domain)
        else:
            draft.leave(zone, "", "has names of its own, which no file here holds", _ELSEWHERE)
    if draft.origins.get(_NETWORK):
        _put_policy(found, draft)


def _sees(found: Found, draft: Draft, configs: list[Mapping[str, object]]) -> bool:
    return any(
        _ours(found, draft, str(network.get("network_url", "")))
        for config in configs
        for network in _blocks(config.get("networks"))
    )


def _blocks(value: object) -> list[Mapping[str, object]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _ours(found: Found, draft: Draft, reference: str) -> bool:
    networks = [one for one in draft.origins.get(_NETWORK, ()) if one.type == "google_compute_network"]
    return any(meant(found, reference, one, one.type) is one for one in networks)


def _put_forwarding(found: Found, draft: Draft, zone: FoundObject, domain: str) -> None:
    config = zone.blocks("forwarding_config")[0]
    servers = [str(one.get("ipv4_address")) for one in _blocks(config.get("target_name_servers"))]
    zones = {server: zone_of_aws for server in servers for zone_of_aws in [_zone_in_aws(found, server)]}
    if all(zones.values()) and servers:
        _put_aws(draft, zone, domain, {str(at): server for server, at in zones.items()})
        return
    key, name = keyed(draft, _DATA_CENTERS, zone.text("name"), entity="dns-onprem")
    draft.put((*_DATA_CENTERS, key), {"domain": domain, "servers": servers}, zone)
    if name:
        pin(draft, f"dns-onprem-{key}", name)


def _put_aws(draft: Draft, zone: FoundObject, domain: str, addresses: Mapping[str, str]) -> None:
    known = draft.at(*_AWS, "addresses")
    if known not in (None, addresses):
        draft.leave(
            zone,
            "forwarding_config",
            f"asks {', '.join(addresses.values())}, and another domain of AWS is asked at {', '.join(known.values())}",
            "have AWS answer both at the same addresses",
        )
        return
    draft.put((*_AWS, "addresses"), dict(addresses))
    key, name = keyed(draft, (*_AWS, "domains"), zone.text("name"), entity="dns-aws")
    draft.put((*_AWS, "domains", key), domain, zone)
    if name:
        pin(draft, f"dns-aws-{key}", name)


def _zone_in_aws(found: Found, server: str) -> str | None:
    """The availability zone whose subnet has a server's address; None for one that is not in AWS."""
    for subnet in found.of("aws_subnet"):
        cidr = subnet.text("cidr_block")
        if cidr and server and ip_address(server) in ip_network(cidr, strict=False):
            return subnet.text("availability_zone") or None
    return None


def _put_policy(found: Found, draft: Draft) -> None:
    for policy in of_host(found, draft, _POLICY):
        ours = any(_ours(found, draft, str(one.get("network_url", ""))) for one in policy.blocks("networks"))
        if ours and policy.at("enable_inbound_forwarding") is True:
            draft.takes(_NETWORK, policy)
            pin(draft, "dns", policy.text("name"))
            if policy.blocks("alternative_name_server_config"):
                draft.leave(
                    policy,
                    "alternative_name_server_config",
                    "asks others for every name, and here a domain says who is asked for it",
                    "say the domains in dns.onprem; an apply takes the servers out",
                )
            return
    draft.put((*_NETWORK, "inbound_dns"), False)  # noqa: FBT003 - the value that the file says
