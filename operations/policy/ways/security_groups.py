"""What the security groups of a stack let through, inline and by rules of their own.

A group lets in and out what one of its rules allows and nothing else, and answers with it:
https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html, 2026-11-30, not read again.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network
from typing import Any, Final

from operations.policy.stacks import Block, Place, Resource, Stack, blocks_of
from operations.policy.ways.layers import Layer, aws_layer
from operations.policy.ways.prefixes import networks, uncovered
from operations.policy.ways.references import made, same

_BY_ITSELF: Final = {
    "ingress": "aws_vpc_security_group_ingress_rule",
    "egress": "aws_vpc_security_group_egress_rule",
}


def groups(stack: Stack, values: Any) -> list[Resource]:
    """The groups that a list of references names; those made elsewhere are left out."""
    found = [made(stack, value) for value in values or []]
    return [one for one in found if one is not None and one.type == "aws_security_group"]


def opened(stack: Stack, group: Resource, direction: str) -> Iterator[tuple[Place, Block]]:
    """The rules of a group in a direction, ingress or egress, with where each stands."""
    for block in blocks_of(group.body, direction):
        yield group.place, block
    for rule in stack.resources(_BY_ITSELF[direction]):
        if same(stack, rule.body.get("security_group_id"), group):
            yield rule.place, rule.body


def cidrs(rule: Block) -> list[IPv4Network]:
    """The ranges that a rule names."""
    return networks([*(rule.get("cidr_blocks") or []), rule.get("cidr_ipv4")])


def refused(
    stack: Stack,
    found: list[Resource],
    direction: str,
    others: tuple[IPv4Network, ...],
    layer: Layer,
    *,
    group: Resource | None = None,
) -> str | None:
    """Why groups together do not let packets through; None when they do.

    Args:
        stack: the stack.
        found: the groups.
        direction: ingress or egress.
        others: who is at the other end.
        layer: what is sent.
        group: a group that the other end is in; None where it is in none of the stack.
    """
    ranges: list[IPv4Network] = []
    for one in found:
        for _, rule in opened(stack, one, direction):
            if not aws_layer(rule).holds(layer):
                continue
            if group is not None and _names(stack, rule, group):
                return None
            ranges.extend(cidrs(rule))
    left = uncovered(others, ranges)
    if not left and others:
        return None
    names = ", ".join(one.place.address for one in found) or "no security group that is made here"
    way = "in from" if direction == "ingress" else "out to"
    who = group.place.address if group else ", ".join(map(str, left))
    return f"{names} lets no {layer} {way} {who}"


def _names(stack: Stack, rule: Block, group: Resource) -> bool:
    named = [*(rule.get("security_groups") or []), rule.get("referenced_security_group_id")]
    return any(same(stack, one, group) for one in named)
