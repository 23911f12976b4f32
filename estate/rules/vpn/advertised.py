"""Rules on what Cloud Router advertises and takes: no range comes from two sides, and sessions hold them all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from estate.derived.ranges import cloud_ranges, onprem_ranges
from estate.derived.vpn.routes import MOST_ACCEPTED, MOST_RANGES, accepted, advertised
from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.google.private_access import PrivateGoogleAccess
from estate.model.networks import Range
from estate.model.rules import Violation, rule


@rule(on=Environment)
def no_range_comes_from_two_sides(environment: Environment) -> Iterator[Violation]:
    """No range is advertised that comes from another side too: a router would send what is meant for one to the other."""
    vpn = environment.vpn
    if vpn is None:
        return
    for position, cidr in enumerate(vpn.advertise):
        for other in (*cloud_ranges(environment), *onprem_ranges(environment)):
            if cidr.overlaps(other.cidr):
                yield Violation(
                    ("vpn", "advertise", position),
                    f"must not overlap {other}, got {cidr}: one range would be advertised from two sides; leave it "
                    "out, or name smaller ranges beside the other",
                )


@rule(on=Environment)
def sessions_take_what_is_advertised(environment: Environment) -> Iterator[Violation]:
    """No side is told more ranges than a BGP session advertises."""
    vpn = environment.vpn
    if vpn is None:
        return
    for key in vpn.peerings:
        count = len(advertised(environment, key))
        if count > MOST_RANGES:
            yield Violation(
                ("vpn", key),
                f"must be told at most {MOST_RANGES} ranges, as many as a BGP session advertises, got {count}; put "
                "several into a larger one",
            )


@rule(on=Environment)
def policies_hold_what_is_accepted(environment: Environment) -> Iterator[Violation]:
    """The sites of a VPN have no more ranges than policies of a Cloud Router hold."""
    vpn = environment.vpn
    if vpn is None or vpn.onprem is None:
        return
    count = len(accepted(environment, "onprem") or ())
    if count > MOST_ACCEPTED:
        yield Violation(
            ("google", "network", "onprem_prefixes"),
            f"must have at most {MOST_ACCEPTED} ranges, for which the policies of a Cloud Router have room, got "
            f"{count}; put several into a larger one, or say vpn.onprem.accepts: everything",
        )


@rule(on=Estate)
def ranges_are_advertised_once(estate: Estate) -> Iterator[Violation]:
    """No range is advertised by two environments: devices would send what is meant for one to the other."""
    for (one, mine), (other, theirs) in permutations(estate.environments.items(), 2):
        for said in _advertised(one, mine):
            if any(said.cidr.subnet_of(api.cidr) for api in PrivateGoogleAccess):
                continue
            for taken in (*cloud_ranges(theirs), *_advertised(other, theirs)):
                if said.cidr.overlaps(taken.cidr):
                    change, keep = (taken, said) if estate.yields(other, one) else (said, taken)
                    remedy = "leave it out" if change.path[0] == "vpn" else "choose another range"
                    yield Violation(
                        change.place,
                        f"must not overlap {keep} of {keep.environment}, got {change.cidr}: one range would be "
                        f"advertised from two sides; {remedy}",
                    )


def _advertised(name: str, environment: Environment) -> Iterator[Range]:
    for position, cidr in enumerate(environment.vpn.advertise if environment.vpn else ()):
        yield Range(name, ("vpn", "advertise", position), cidr)
