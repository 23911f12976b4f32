"""Which ranges a resource lets in, and how many public addresses they hold: for stacks as for plans.

A rule without a source lets in everybody. Left out: sources that are no ranges, such as tags, groups and accounts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from ipaddress import IPv4Network, IPv6Network, collapse_addresses, ip_network
from typing import Any, Final

from estate.derived.google.allows import HEALTH_CHECKS, IAP
from estate.model.dns import CLOUD_DNS
from estate.model.public_space import public_addresses

EVERYBODY: Final = "0.0.0.0/0"
_SOURCES: Final = ("source_ranges", "source_tags", "source_service_accounts")
_OF_GOOGLE: Final = (*HEALTH_CHECKS, *IAP, CLOUD_DNS)
"""Public ranges that Google alone speaks from: health checks, SSH that IAM lets through, and questions for names."""
_OWN_OF_6: Final = (IPv6Network("fc00::/7"), IPv6Network("fe80::/10"))
_HOLDER_OF_6: Final = 72
"""Bits by which addresses of IPv6 are counted less: what registries hand to one holder, a /32, counts as a /8."""


def inbound(type_: str, body: Mapping[str, Any]) -> Iterator[str]:
    """The ranges that a resource lets in, as they are written.

    Args:
        type_: its type, one of :data:`TYPES`.
        body: its arguments, blocks written as one or as a list.
    """
    yield from _RANGES[type_](body)


def public(ranges: Iterable[str]) -> int:
    """How many public addresses ranges hold together, without those that Google alone speaks from.

    What is no range, such as a reference, counts as none.
    """
    four: list[IPv4Network] = []
    six: list[IPv6Network] = []
    for one in networks(ranges):
        if isinstance(one, IPv6Network):
            six += [] if any(one.subnet_of(own) for own in _OWN_OF_6) else [one]
        else:
            four += [] if any(one.subnet_of(known) for known in _OF_GOOGLE) else [one]
    of_six = sum(max(1, one.num_addresses >> _HOLDER_OF_6) for one in collapse_addresses(six))
    return public_addresses(four) + of_six


def networks(values: Iterable[Any]) -> Iterator[IPv4Network | IPv6Network]:
    """The values that are ranges; what is none, such as a reference, is left out."""
    for value in values:
        with suppress(ValueError):
            yield ip_network(value)


def _everybody(body: Mapping[str, Any], sources: Iterable[str]) -> list[str]:
    return [] if any(body.get(key) for key in sources) else [EVERYBODY]


def _blocks(body: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    value = body.get(key) or []
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]


def _texts(body: Mapping[str, Any], *keys: str) -> list[str]:
    values = [body.get(key) or [] for key in keys]
    return [
        text
        for value in values
        for text in (value if isinstance(value, list) else [value])
        if isinstance(text, str)
    ]


def _security_group(body: Mapping[str, Any]) -> Iterator[str]:
    for rule in _blocks(body, "ingress"):
        yield from _texts(rule, "cidr_blocks", "ipv6_cidr_blocks")


def _security_group_rule(body: Mapping[str, Any]) -> Iterator[str]:
    if body.get("type") == "ingress":
        yield from _texts(body, "cidr_blocks", "ipv6_cidr_blocks")


def _ingress_rule(body: Mapping[str, Any]) -> Iterator[str]:
    yield from _texts(body, "cidr_ipv4", "cidr_ipv6")


def _eks(body: Mapping[str, Any]) -> Iterator[str]:
    for network in _blocks(body, "vpc_config"):
        if network.get("endpoint_public_access") is True:
            yield from _texts(network, "public_access_cidrs") or [EVERYBODY]


def _gke(body: Mapping[str, Any]) -> Iterator[str]:
    for networks in _blocks(body, "master_authorized_networks_config"):
        for block in _blocks(networks, "cidr_blocks"):
            yield from _texts(block, "cidr_block")


def _firewall(body: Mapping[str, Any]) -> Iterator[str]:
    if body.get("direction", "INGRESS") == "INGRESS" and body.get("allow"):
        yield from _texts(body, _SOURCES[0]) or _everybody(body, _SOURCES)


def _policy_rule(body: Mapping[str, Any]) -> Iterator[str]:
    if body.get("direction") == "INGRESS" and body.get("action") == "allow":
        for match in _blocks(body, "match"):
            sources = [key for key in match if key.startswith("src_")]
            yield from _texts(match, "src_ip_ranges") or _everybody(match, sources)


_RANGES: Final[Mapping[str, Callable[[Mapping[str, Any]], Iterator[str]]]] = {
    "aws_default_security_group": _security_group,
    "aws_eks_cluster": _eks,
    "aws_security_group": _security_group,
    "aws_security_group_rule": _security_group_rule,
    "aws_vpc_security_group_ingress_rule": _ingress_rule,
    "google_compute_firewall": _firewall,
    "google_compute_network_firewall_policy_rule": _policy_rule,
    "google_container_cluster": _gke,
}
TYPES: Final = tuple(_RANGES)
"""Types that let ranges in."""
