"""Which routes a BGP session takes, by the import policies of its router that it names.

A session takes what no term drops; terms are asked in the order of their priorities, policies in that of their names,
and the first that matches decides. Terms are read as far as they compare the destination with prefixes; any other drops
what it may be about. https://docs.cloud.google.com/network-connectivity/docs/router/reference/bgp-route-policy-reference,
not read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Final

from operations.policy.stacks import Block, Resource, Stack, blocks_of
from operations.policy.ways.prefixes import networks
from operations.policy.ways.references import made

_TO: Final = re.compile(r"destination\.inAnyRange\(prefix\('([0-9./]+)'\)\.orLonger\(\)\)")
_EVERYWHERE: Final = IPv4Network("0.0.0.0/0")


@dataclass(frozen=True)
class Term:
    """One term.

    Attributes:
        to: the range whose routes it is about.
        accepts: whether it takes them.
    """

    to: IPv4Network
    accepts: bool


def terms(stack: Stack, peer: Resource) -> tuple[Term, ...]:
    """The terms that what a session is told goes through, in order; none where it takes everything."""
    return tuple(_terms(stack, peer))


def taken(ranges: list[IPv4Network], by: tuple[Term, ...]) -> list[IPv4Network]:
    """The routes of a list that are taken."""
    return [one for one in ranges if next((term.accepts for term in by if one.subnet_of(term.to)), True)]


def _terms(stack: Stack, peer: Resource) -> Iterator[Term]:
    for name in peer.body.get("import_policies") or []:
        policy = made(stack, name)
        if policy is None:
            yield Term(_EVERYWHERE, accepts=False)  # made elsewhere, so that nobody knows what it drops
            continue
        found = sorted(policy.blocks("terms"), key=lambda term: int(term.get("priority", 0)))
        yield from map(_term, found)


def _term(block: Block) -> Term:
    actions = {str(action.get("expression")) for action in blocks_of(block, "actions")}
    matches = [_TO.fullmatch(str(match.get("expression"))) for match in blocks_of(block, "match")]
    ranges = networks(match[1] for match in matches if match)
    if len(ranges) == 1 and actions <= {"accept()", "drop()"}:
        return Term(ranges[0], accepts=actions == {"accept()"})
    return Term(_EVERYWHERE, accepts=False)
