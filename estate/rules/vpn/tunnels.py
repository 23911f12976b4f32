"""Rules on tunnels of several environments, which meet on the same on-prem devices."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network
from itertools import combinations
from typing import Final

from estate.model.estate import Estate
from estate.model.rules import Path, Violation, rule
from estate.model.vpn.tunnel import Tunnel
from estate.model.vpn.values import LINK_LOCALS, LINK_PREFIX, RESERVED_LINKS

# AWS keeps single ranges below.
_FIRST_PROPOSED: Final = IPv4Network("169.254.6.0/30")
_ONPREM_ASN: Final[Path] = ("onprem", "asn")


def _tunnels(estate: Estate) -> Iterator[tuple[str, Path, Tunnel]]:
    for name, environment in estate.environments.items():
        for path, tunnel in environment.vpn.all_tunnels() if environment.vpn else ():
            yield name, (name, "vpn", *path, "link_local"), tunnel


@rule(on=Estate)
def link_locals_are_chosen(estate: Estate) -> Iterator[Violation]:
    """Every tunnel has a link-local range; a free one is proposed where it is missing."""
    taken = {tunnel.link_local for _, _, tunnel in _tunnels(estate)} | RESERVED_LINKS
    free = (
        link
        for link in LINK_LOCALS.subnets(new_prefix=LINK_PREFIX)
        if link >= _FIRST_PROPOSED and link not in taken
    )
    for _, path, tunnel in _tunnels(estate):
        if tunnel.link_local is None:
            yield Violation(path, f"is missing; add link_local: {next(free)}, which is free")


@rule(on=Estate)
def link_locals_of_environments_differ(estate: Estate) -> Iterator[Violation]:
    """No two tunnels of the estate have the same link-local range: they meet on the same devices."""
    for (one, path, mine), (other, place, theirs) in combinations(_tunnels(estate), 2):
        if one != other and mine.link_local and mine.link_local == theirs.link_local:
            yield Violation(
                place,
                f"must differ from {'.'.join(map(str, path[1:]))} of {one}, got {theirs.link_local} for both; leave it "
                "out, and hybrid check proposes a free one",
            )


@rule(on=Estate)
def asns_of_environments_differ(estate: Estate) -> Iterator[Violation]:
    """Every side of a VPN has an ASN of its own in the estate, but for the on-prem one, which is the same for all."""
    asns = [
        (name, path, asn)
        for name, environment in estate.environments.items()
        for path, asn in (environment.vpn.asns() if environment.vpn else ())
    ]
    for (one, path, mine), (other, place, theirs) in combinations(asns, 2):
        if one != other and mine == theirs and not path == place == _ONPREM_ASN:
            yield Violation(
                (other, "vpn", *place),
                f"must differ from vpn.{'.'.join(map(str, path))} of {one}, got {theirs} for both; choose another "
                "private ASN",
            )
