"""Values that are the same in another spelling."""

from __future__ import annotations

from typing import Any

import pytest

from operations.strangers.same import is_said, same

_PATH = "projects/p-1/global/networks/dev"
_LINK = f"https://www.googleapis.com/compute/v1/{_PATH}"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(None, "", id="nothing and an empty text"),
        pytest.param([], None, id="an empty list and nothing"),
        pytest.param(_PATH, _LINK, id="an id and its link"),
        pytest.param(_LINK, f"https://www.googleapis.com/compute/beta/{_PATH}", id="two versions of a link"),
        pytest.param(f"//compute.googleapis.com/{_PATH}", _PATH, id="a full resource name"),
        pytest.param("dev", _LINK, id="a name in the same project"),
        pytest.param([{"a": 1}, {"b": 2}], [{"b": 2}, {"a": 1}], id="another order"),
        pytest.param(1, 1.0, id="a number in two types"),
    ],
)
def test_same(one: Any, other: Any) -> None:
    """Nobody did anything."""
    assert same(one, other, "p-1")
    assert same(other, one, "p-1")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(False, 0, id="false and zero"),
        pytest.param(True, 1, id="true and one"),
        pytest.param(None, False, id="nothing and false"),
        pytest.param("dev", f"{_LINK}-2", id="another name"),
        pytest.param(_PATH, f"https://evilgoogleapis.com/compute/v1/{_PATH}", id="a host with a longer name"),
        pytest.param("dev", "https://evil.example.com/projects/p-1/global/networks/dev", id="a foreign link"),
        pytest.param("dev", "projects/p-2/global/networks/dev", id="a name in another project"),
        pytest.param(_PATH, _PATH.replace("p-1", "p-2"), id="two projects"),
        pytest.param([1], [1, 1], id="one more"),
        pytest.param([1], [2], id="another item"),
        pytest.param(["a"], "a", id="a list and its item"),
    ],
)
def test_not_the_same(one: Any, other: Any) -> None:
    """When in doubt, somebody did it."""
    assert not same(one, other, "p-1")
    assert not same(other, one, "p-1")


def test_name_without_a_project_is_not_a_link() -> None:
    """Where the object does not say its project, the name may mean any."""
    assert not same("dev", _LINK)


@pytest.mark.parametrize(
    ("said", "value", "is_it"),
    [
        pytest.param({"constant_value": 100}, 100, True, id="the same"),
        pytest.param({"constant_value": "100"}, 100, True, id="a number as text"),
        pytest.param({"constant_value": "true"}, True, True, id="true as text"),
        pytest.param({"constant_value": 100}, 101, False, id="another"),
        pytest.param({"constant_value": ["a"]}, "a", False, id="a list and a text"),
        pytest.param({"references": ["var.a"]}, 100, False, id="a reference"),
        pytest.param([], 100, False, id="no expression"),
    ],
)
def test_said(said: Any, value: Any, is_it: bool) -> None:  # noqa: FBT001 - a case
    """Only a constant says in so many words."""
    assert is_said(said, value) is is_it
