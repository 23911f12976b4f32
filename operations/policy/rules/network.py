"""Who may come in from outside.

checkov asks by port, and passes a rule for all protocols, a group with one rule for itself, and a rule that
names a prefix list beside the internet; so the question is asked once more, of every port.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any

from operations.policy.finding import Level
from operations.policy.rules.rule import Broken, Rule
from operations.policy.stacks import Resource, Stacks, resources

_WIDEST = 8
"""Prefix length of the widest range that somebody can own, as 10.0.0.0/8; anything wider is the internet."""


def _is_internet(value: Any) -> bool:
    try:
        return ip_network(value).prefixlen < _WIDEST
    except ValueError:
        return False  # a reference or a mistake of another kind


def _ranges(resource: Resource) -> Iterator[Any]:
    """Ranges that a resource lets in."""
    body = resource.body
    match resource.type:
        case "aws_security_group" | "aws_default_security_group":
            for rule in resource.blocks("ingress"):
                yield from rule.get("cidr_blocks", [])
                yield from rule.get("ipv6_cidr_blocks", [])
        case "aws_security_group_rule":
            if body.get("type") == "ingress":
                yield from body.get("cidr_blocks", [])
                yield from body.get("ipv6_cidr_blocks", [])
        case "aws_vpc_security_group_ingress_rule":
            yield body.get("cidr_ipv4")
            yield body.get("cidr_ipv6")
        case "google_compute_firewall":
            if body.get("direction", "INGRESS") == "INGRESS" and body.get("allow"):
                yield from body.get("source_ranges", [])
        case _:
            if body.get("direction") == "INGRESS" and body.get("action") == "allow":
                for rule in resource.blocks("match"):
                    yield from rule.get("src_ip_ranges", [])


def _not_from_everywhere(stacks: Stacks) -> Iterator[Broken]:
    found = resources(
        stacks,
        "aws_security_group",
        "aws_default_security_group",
        "aws_security_group_rule",
        "aws_vpc_security_group_ingress_rule",
        "google_compute_firewall",
        "google_compute_network_firewall_policy_rule",
    )
    for resource in found:
        wide = [str(value) for value in _ranges(resource) if _is_internet(value)]
        if wide:
            yield resource.place, f"lets in {', '.join(wide)}; name the ranges that have to come in"


RULES = (Rule("HYB_NETWORK_INGRESS", Level.HIGH, "Nothing lets in the whole internet", _not_from_everywhere),)
