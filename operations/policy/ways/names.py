"""Whether names lead to the addresses of Google's APIs by the private zones of a stack's network.

A name is answered by the zone with the longest domain that holds it, by its own record or by the zone's wildcard, and
aliases are followed. A name that no private zone holds is the internet's, so that it leads elsewhere.
https://docs.cloud.google.com/dns/docs/vpc-name-res-order, an excerpt, 2026-11-30
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

from operations.policy.stacks import Resource, Stack
from operations.policy.ways.prefixes import networks, uncovered
from operations.policy.ways.references import same

_DEEPEST = 4


def astray(stack: Stack, names: tuple[str, ...], ranges: tuple[IPv4Network, ...]) -> Iterator[str]:
    """Names that do not lead to ranges, with where they lead."""
    for name in names:
        found = addresses(stack, f"{name}.")
        left = uncovered(found, ranges)
        if not found:
            yield f"no private zone answers for {name}"
        elif left:
            yield f"{name} leads to {', '.join(str(one.network_address) for one in left)}"


def is_asked_from_outside(stack: Stack) -> bool:
    """Whether name servers of other networks may ask."""
    return any(
        policy.body.get("enable_inbound_forwarding") for policy in stack.resources("google_dns_policy")
    )


def addresses(stack: Stack, name: str, deep: int = 0) -> list[IPv4Network]:
    """The addresses of a name that ends in a dot; none where no private zone has them."""
    zone = _zone(stack, name)
    if zone is None or deep > _DEEPEST:
        return []
    records = {
        (str(record.body.get("name")), str(record.body.get("type"))): record.body.get("rrdatas", [])
        for record in stack.resources("google_dns_record_set")
        if same(stack, record.body.get("managed_zone"), zone)
    }
    for asked in (name, f"*.{name.partition('.')[2]}", f"*.{zone.body.get('dns_name')}"):
        if (asked, "A") in records:
            return networks(records[asked, "A"])
        if (asked, "CNAME") in records:
            return [one for alias in records[asked, "CNAME"] for one in addresses(stack, alias, deep + 1)]
    return []


def _zone(stack: Stack, name: str) -> Resource | None:
    found = [
        zone
        for zone in stack.resources("google_dns_managed_zone")
        if zone.body.get("visibility") == "private" and f".{name}".endswith(f".{zone.body.get('dns_name')}")
    ]
    return max(found, key=lambda zone: len(str(zone.body.get("dns_name"))), default=None)
