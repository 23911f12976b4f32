"""The rules that VPNs of several environments share: they meet on the same on-prem devices."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network
from itertools import combinations, permutations
from typing import TYPE_CHECKING

from estate.model.estate_violation import EstateViolation
from estate.model.google.environment_rules import cloud_ranges
from estate.model.google.private_access import PrivateGoogleAccess
from estate.model.networks import Range
from estate.model.rules import Path
from estate.model.vpn.tunnel import Tunnel
from estate.model.vpn.values import LINK_LOCALS, LINK_PREFIX, RESERVED_LINKS

if TYPE_CHECKING:
    from estate.model.environment import Environment
    from estate.model.estate import Estate

# AWS keeps single ranges below.
_FIRST_PROPOSED = IPv4Network("169.254.6.0/30")
_ONPREM_ASN: Path = ("onprem", "asn")


def vpn_estate_violations(estate: Estate) -> Iterator[EstateViolation]:
    """Check the VPNs of all environments against each other."""
    yield from _link_locals_are_chosen(estate)
    yield from _link_locals_differ(estate)
    yield from _asns_differ(estate)
    yield from _ranges_are_advertised_once(estate)


def _tunnels(estate: Estate) -> Iterator[tuple[str, Path, Tunnel]]:
    for name, environment in estate.environments.items():
        for path, tunnel in environment.vpn.all_tunnels() if environment.vpn else ():
            yield name, ("vpn", *path, "link_local"), tunnel


def _link_locals_are_chosen(estate: Estate) -> Iterator[EstateViolation]:
    taken = {tunnel.link_local for _, _, tunnel in _tunnels(estate)} | RESERVED_LINKS
    free = (
        link
        for link in LINK_LOCALS.subnets(new_prefix=LINK_PREFIX)
        if link >= _FIRST_PROPOSED and link not in taken
    )
    for name, path, tunnel in _tunnels(estate):
        if tunnel.link_local is None:
            yield EstateViolation(name, path, f"is missing; add link_local: {next(free)}, which is free")


def _link_locals_differ(estate: Estate) -> Iterator[EstateViolation]:
    for (one, path, mine), (other, place, theirs) in combinations(_tunnels(estate), 2):
        if one != other and mine.link_local and mine.link_local == theirs.link_local:
            yield EstateViolation(
                other,
                place,
                f"must differ from {'.'.join(map(str, path))} of {one}, got {theirs.link_local} for both; leave it "
                "out, and hybrid check proposes a free one",
            )


def _asns_differ(estate: Estate) -> Iterator[EstateViolation]:
    """The on-prem side is the same for all; every other side is one of its own."""
    asns = [
        (name, path, asn)
        for name, environment in estate.environments.items()
        for path, asn in (environment.vpn.asns() if environment.vpn else ())
    ]
    for (one, path, mine), (other, place, theirs) in combinations(asns, 2):
        if one != other and mine == theirs and not path == place == _ONPREM_ASN:
            yield EstateViolation(
                other,
                ("vpn", *place),
                f"must differ from vpn.{'.'.join(map(str, path))} of {one}, got {theirs} for both; choose another "
                "private ASN",
            )


def _ranges_are_advertised_once(estate: Estate) -> Iterator[EstateViolation]:
    """On-prem devices that hear of a range from two environments send what is meant for one to the other."""
    for (one, mine), (other, theirs) in permutations(estate.environments.items(), 2):
        advertised = mine.vpn.advertise if mine.vpn else ()
        for position, cidr in enumerate(advertised):
            for taken in (*cloud_ranges(theirs), *_advertised(other, theirs)):
                if cidr.overlaps(taken.cidr) and not any(
                    cidr.subnet_of(api.cidr) for api in PrivateGoogleAccess
                ):
                    yield EstateViolation(
                        one,
                        ("vpn", "advertise", position),
                        f"must not overlap {taken} of {other}, got {cidr}: one range would be advertised from two "
                        "sides; leave it out",
                    )


def _advertised(name: str, environment: Environment) -> Iterator[Range]:
    for position, cidr in enumerate(environment.vpn.advertise if environment.vpn else ()):
        yield Range(name, ("vpn", "advertise", position), cidr)
