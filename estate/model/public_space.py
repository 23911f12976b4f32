"""How much of the public internet ranges hold: counted in addresses, because the internet is also 221 ranges of a /8.

Left out: IPv6, which no file of this project has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Network, collapse_addresses
from typing import Final

from estate.model.rules import Path, Violation

_OWN: Final = tuple(map(IPv4Network, ("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16")))
"""What is routed inside of organizations only: RFC 1918 and RFC 6598."""
MOST_PUBLIC: Final = 2**24
"""Public addresses of the widest block that a registry hands to one holder, a /8."""


def public_addresses(ranges: Iterable[IPv4Network]) -> int:
    """How many public addresses ranges hold together, each counted once."""
    return sum(
        one.num_addresses
        - sum(min(one.num_addresses, own.num_addresses) for own in _OWN if one.overlaps(own))
        for one in collapse_addresses(ranges)
    )


def not_the_internet(path: Path, ranges: Iterable[IPv4Network], what: str) -> Iterator[Violation]:
    """Refuse ranges that together hold more public addresses than anybody has.

    Args:
        path: where they stand.
        ranges: all of them.
        what: what they are let in to.
    """
    found = public_addresses(ranges)
    if found > MOST_PUBLIC:
        yield Violation(
            path,
            f"must not open {what} to the internet in parts, got {found} public addresses in all, and nobody has more than "
            f"{MOST_PUBLIC}, a /8; name the ranges that have to come in",
        )
