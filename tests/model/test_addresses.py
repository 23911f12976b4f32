"""Arithmetic of addresses."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from estate.model.addresses import Address, Addresses, AddressRange, overlapping, usable
from tests.model.refusals import refusals

HIGHEST = 2**32 - 1


@st.composite
def ranges(draw: st.DrawFn, low: int = 0, high: int = HIGHEST) -> AddressRange:
    """Any range between two addresses."""
    ends = sorted((draw(st.integers(low, high)), draw(st.integers(low, high))))
    return AddressRange(*map(IPv4Address, ends))


@pytest.mark.parametrize(
    ("text", "first", "last", "written"),
    [
        ("10.21.0.5", "10.21.0.5", "10.21.0.5", "10.21.0.5"),
        ("10.21.0.5/32", "10.21.0.5", "10.21.0.5", "10.21.0.5"),
        ("10.21.0.20-10.21.0.39", "10.21.0.20", "10.21.0.39", "10.21.0.20-10.21.0.39"),
        ("10.21.0.32/27", "10.21.0.32", "10.21.0.63", "10.21.0.32-10.21.0.63"),
        ("10.21.0.5-10.21.0.5", "10.21.0.5", "10.21.0.5", "10.21.0.5"),
    ],
)
def test_a_range_is_written_in_three_ways(text: str, first: str, last: str, written: str) -> None:
    """As one address, from first to last, or as a CIDR; the host part of that may be all of it."""
    parsed = AddressRange.parse(text)

    assert (parsed.first, parsed.last) == (IPv4Address(first), IPv4Address(last))
    assert str(parsed) == written


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("10.21.0.39-10.21.0.20", "turn it round"),
        ("10.21.0.20-39", "must be an address, a range or a CIDR"),
        ("10.21.0.20 - 10.21.0.39", "must be an address, a range or a CIDR"),
        ("10.21.0.33/27", "did you mean 10.21.0.32/27"),
        ("10.21.0.0/33", "the prefix at most 32"),
        ("10.21.0.256", "at most 255"),
        ("10.21.0.020", "without leading zeros"),
        ("10.21.0.20-10.21.0.300", "at most 255"),
        (5, "must be an address, a range or a CIDR"),
    ],
    ids=["backwards", "short", "spaces", "host bits", "prefix", "octet", "octal", "last octet", "number"],
)
def test_refuses_what_is_no_range(value: object, words: str) -> None:
    """Each mistake in its own words."""
    assert words in refusals(Addresses, value)[""]


@pytest.mark.parametrize("value", ["10.21.0.5/32", "10.21.0", "10.21.0.05", "vip", 5, None])
def test_refuses_what_is_no_address(value: object) -> None:
    """A number would be taken for an address by the standard library."""
    assert "must be an IPv4 address such as 10.21.0.5" in refusals(Address, value)[""]


def test_what_was_read_may_be_read_again() -> None:
    """A model that is built from another's values takes them as they are."""
    one, many = IPv4Address("10.0.0.1"), AddressRange.parse("10.0.0.1-10.0.0.4")

    assert TypeAdapter[object](Address).validate_python(one) == one
    assert TypeAdapter[object](Addresses).validate_python(many) == many
    assert TypeAdapter[object](Addresses).dump_python(many) == "10.0.0.1-10.0.0.4"


@given(ranges())
def test_a_range_reads_as_it_is_written(one: AddressRange) -> None:
    """Text is the whole of it."""
    assert AddressRange.parse(str(one)) == one


@given(ranges(0, 300), ranges(0, 300))
def test_ranges_are_sets(one: AddressRange, other: AddressRange) -> None:
    """Length, membership, overlap and containment are those of the set of addresses."""
    mine, theirs = set(one), set(other)

    assert len(one) == len(mine)
    assert all(address in one for address in mine)
    assert one.overlaps(other) == bool(mine & theirs)
    assert one.within(other) == (mine <= theirs)


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        (["10.0.0.2-10.0.0.3"], ["10.0.0.1", "10.0.0.4"]),
        (["10.0.0.1-10.0.0.9"], []),
        (["10.0.0.7", "10.0.0.4"], ["10.0.0.1-10.0.0.3"]),
    ],
)
def test_what_is_taken_leaves_the_rest(taken: list[str], left: list[str]) -> None:
    """Wherever it stands: inside, over the end, and behind it."""
    found = AddressRange.parse("10.0.0.1-10.0.0.4").without(map(AddressRange.parse, taken))

    assert [str(one) for one in found] == left


@given(ranges(0, 300), st.lists(ranges(0, 300), max_size=6))
def test_what_is_left_is_the_difference(one: AddressRange, taken: list[AddressRange]) -> None:
    """In order, without gaps between neighbours that could be one range."""
    left = list(one.without(taken))

    assert {a for r in left for a in r} == set(one) - {a for r in taken for a in r}
    assert all(int(a.last) + 1 < int(b.first) for a, b in pairwise(left))


@given(st.lists(ranges(0, 60), max_size=6), st.lists(ranges(0, 60), max_size=6))
def test_overlapping_ranges_are_those_that_overlap(
    ones: list[AddressRange], others: list[AddressRange]
) -> None:
    """The same as comparing each with each, which takes too long for thousands."""
    expected = [
        (first, second)
        for first, one in enumerate(ones)
        for second, other in enumerate(others)
        if one.overlaps(other)
    ]

    assert overlapping(ones, others) == expected


@pytest.mark.parametrize(
    ("network", "expected"),
    [
        ("10.21.0.0/24", "10.21.0.1-10.21.0.254"),
        ("10.21.0.0/30", "10.21.0.1-10.21.0.2"),
        ("10.21.0.0/31", "10.21.0.0-10.21.0.1"),
        ("10.21.0.7/32", "10.21.0.7"),
    ],
)
def test_hosts_get_neither_the_first_nor_the_last_address(network: str, expected: str) -> None:
    """Except where a network is too small to have those."""
    assert str(usable(IPv4Network(network))) == expected
