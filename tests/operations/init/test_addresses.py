"""Address plans of made estates."""

from __future__ import annotations

from ipaddress import IPv4Network
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from operations.init.addresses import MOST, Addresses, addresses


def ranges(plan: Addresses) -> list[IPv4Network]:
    """All ranges of an environment that must not meet."""
    subnets = [one for zone in plan.zones for one in zone]
    return [plan.machines, plan.services, plan.pods, plan.data_center, *subnets]


@given(st.integers(1, MOST))
def test_nothing_overlaps(count: int) -> None:
    """Neither within an environment nor between two, whatever their number."""
    found = [one for position in range(count) for one in ranges(addresses(position))]

    assert [(one, other) for one, other in combinations(found, 2) if one.overlaps(other)] == []


@given(st.integers(0, MOST - 1))
def test_an_environment_keeps_to_its_block(position: int) -> None:
    """And its zones to the VPC."""
    plan = addresses(position)

    assert all(one.subnet_of(plan.block) for one in (plan.vpc, *ranges(plan)))
    assert all(one.subnet_of(plan.vpc) for zone in plan.zones for one in zone)
