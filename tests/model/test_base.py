"""The value types that every model may use."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from estate.model.base import Cidr, Model
from estate.model.environment import Environment
from estate.model.organization import Organization
from tests.model.refusals import refusals


@given(st.integers(0, 2**32 - 1), st.integers(0, 32))
def test_every_range_is_valid_when_it_names_its_first_address(address: int, prefix: int) -> None:
    """And any other address of the range is answered with the right one."""
    network = IPv4Network((address, prefix), strict=False)
    written = f"{IPv4Network(address).network_address}/{prefix}"

    found = refusals(Cidr, written)

    assert refusals(Cidr, str(network)) == {}
    assert (
        [f"did you mean {network}?" in message for message in found.values()] or [written == str(network)]
    ) == [True]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("10.0.0.0", "CIDR form"),
        ("10.0.0.0/33", "prefix at most 32"),
        ("10.0.0.256/24", "at most 255"),
        ("10.0.0.0/255.255.0.0", "CIDR form"),
        ("fd00::/8", "CIDR form"),
        (167772160, "CIDR form"),
        ("", "CIDR form"),
    ],
    ids=["no prefix", "prefix", "number", "netmask", "IPv6", "number alone", "empty"],
)
def test_refuses_what_is_no_range(value: object, words: str) -> None:
    """Each with an example of what one looks like."""
    assert words in refusals(Cidr, value)[""]


def test_a_range_that_is_one_already_stays() -> None:
    """Defaults are written as networks."""
    assert refusals(Cidr, IPv4Network("10.0.0.0/8")) == {}


def test_a_range_is_taken_as_it_is() -> None:
    """Whoever changes a model in Python hands one on."""
    assert refusals(Cidr, IPv4Network("10.0.0.0/16")) == {}


def _defaults() -> Iterator[tuple[type[Model], Model]]:
    """What models are where a file says nothing of them, with the class that says so."""
    seen: set[type[Model]] = set()
    waiting: list[type[Model]] = [Environment, Organization, *Model.__subclasses__()]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += one.__subclasses__()
            yield from (
                (one, field.default)
                for field in one.model_fields.values()
                if isinstance(field.default, Model)
            )


def test_what_is_unsaid_is_what_an_empty_section_says() -> None:
    """It is made without asking what checks it: the same values come out, and no rule speaks against them."""
    found = {
        type(default): default for owner, default in _defaults() if owner.__module__.startswith("estate.")
    }

    assert len(found) > 10
    for model, default in found.items():
        asked = model.model_validate({})
        assert (default, default.model_fields_set) == (asked, asked.model_fields_set), model.__name__
        assert default.model_dump() == asked.model_dump(), model.__name__
