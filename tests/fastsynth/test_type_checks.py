"""The checks of arguments: what is accepted at once, and what typeguard still decides."""

from __future__ import annotations

import typing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastsynth.type_checks import _is_settled
from tests.fastsynth.interpreter import run


class Struct:
    """A class, as a binding's struct is one."""


class Special(Struct):
    """A kind of it."""


DECLARED = [
    str,
    float,
    typing.Optional[str],  # noqa: UP045 - as bindings declare it
    typing.Union[bool, Struct],  # noqa: UP007
    typing.Optional[typing.Union[Struct, dict[str, Any]]],  # noqa: UP007, UP045
    typing.Sequence[str],
    typing.Optional[typing.Sequence[typing.Union[Struct, dict[str, Any]]]],  # noqa: UP007, UP045
    typing.Mapping[str, str],
    typing.Mapping[int, str],
    typing.Any,
]


@pytest.mark.parametrize(
    ("value", "declared"),
    [
        ("a", str),
        (None, typing.Optional[str]),  # noqa: UP045
        (["a", "b"], typing.Sequence[str]),
        ([], typing.Sequence[str]),
        ({"a": "b"}, typing.Optional[typing.Mapping[str, str]]),  # noqa: UP045
        ([Struct()], typing.Sequence[typing.Union[Struct, dict[str, Any]]]),  # noqa: UP007
    ],
)
def test_a_declared_type_is_settled(value: Any, declared: Any) -> None:
    """What is exactly of a declared class is accepted, in a list and in a map as well."""
    assert _is_settled(value, declared)


@pytest.mark.parametrize(
    ("value", "declared"),
    [
        (1, float),
        (True, int),
        (Special(), Struct),
        (("a",), typing.Sequence[str]),
        ([1], typing.Sequence[str]),
        ({1: "a"}, typing.Mapping[str, str]),
        ({1: "a"}, typing.Mapping[int, str]),
        ({"a": 1}, typing.Mapping[str, str]),
        ({}, str),
        ([], str),
        ("a", typing.Any),
    ],
)
def test_anything_else_is_left_to_typeguard(value: Any, declared: Any) -> None:
    """Subclasses, numbers that stand for others and what is wrong are not decided here."""
    assert not _is_settled(value, declared)


_SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(), st.builds(Struct), st.builds(Special)
)


@given(
    st.one_of(_SCALARS, st.lists(_SCALARS), st.dictionaries(st.one_of(st.text(), st.integers()), _SCALARS)),
    st.sampled_from(DECLARED),
)
def test_settles_nothing_that_typeguard_refuses(value: Any, declared: Any) -> None:
    """Whatever is accepted at once, typeguard accepts."""
    import typeguard

    # What install() put in its place is a wrapper of it.
    check = getattr(typeguard.check_type, "__wrapped__", typeguard.check_type)

    if _is_settled(value, declared):
        check(argname="argument", value=value, expected_type=declared)


def test_typeguard_still_refuses_in_its_own_words() -> None:
    """A list that holds something else is refused as without fastsynth."""
    message = run(
        """
        from fastsynth import activation
        activation.install()
        from cdktf_cdktf_provider_aws.vpc_endpoint import VpcEndpointConfig
        try:
            VpcEndpointConfig(service_name="s3", vpc_id="vpc-1", route_table_ids=["a", 1])
        except TypeError as error:
            result = str(error)
        """
    )

    assert message == (
        "type of argument route_table_ids must be one of (Sequence[str], NoneType); got list instead"
    )
