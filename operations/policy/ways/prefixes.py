"""Arithmetic of prefixes: where a table sends each part of a range, what is left of one."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Network
from typing import Any, TypeVar

from operations import inbound

Hop = TypeVar("Hop")


def networks(values: Iterable[Any]) -> list[IPv4Network]:
    """The values that are ranges; references and IPv6 are left out."""
    return [one for one in inbound.networks(values) if isinstance(one, IPv4Network)]


def without(ranges: Iterable[IPv4Network], taken: IPv4Network) -> list[IPv4Network]:
    """What is left of ranges when another one is taken out."""
    left: list[IPv4Network] = []
    for one in ranges:
        if not one.overlaps(taken):
            left.append(one)
        elif not one.subnet_of(taken):
            left.extend(one.address_exclude(taken))
    return left


def uncovered(ranges: Iterable[IPv4Network], by: Iterable[IPv4Network]) -> list[IPv4Network]:
    """What of ranges is in none of others, in order."""
    left = list(ranges)
    for one in by:
        left = without(left, one)
    return sorted(left)


def looked_up(
    table: Iterable[tuple[IPv4Network, Hop]], destination: IPv4Network
) -> list[tuple[IPv4Network, Hop | None]]:
    """Where a table sends each part of a range by its longest prefixes; None for what it has no route to.

    Args:
        table: ranges and where they lead; of equal ones the first counts.
        destination: the range.
    """
    found: list[tuple[IPv4Network, Hop | None]] = []
    left = [destination]
    # Sorting is stable: of equally long prefixes the first stays first.
    for prefix, hop in sorted(table, key=lambda route: -route[0].prefixlen):
        met = [part for part in left if part.overlaps(prefix)]
        found.extend((part if part.subnet_of(prefix) else prefix, hop) for part in met)
        left = without(left, prefix)
    return [*found, *((part, None) for part in left)]
