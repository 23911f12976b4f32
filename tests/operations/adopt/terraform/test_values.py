"""Values that are written differently and are the same, and those that are not."""

from __future__ import annotations

from typing import Any

import pytest

from operations.adopt.terraform.values import is_empty, plain, same

LINK = "https://www.googleapis.com/compute/v1/projects/p/global/networks/n"


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("50", 50),
        (50.0, 50),
        ("true", True),
        (None, ""),
        ([], None),
        (False, None),
        ([1, 2], [2, 1]),
        ({"a": 1, "b": None}, {"a": "1"}),
        ("projects/p/global/networks/n", LINK),
        ("n", LINK),
        (LINK, "n"),
        ("projects/p/global/networks/n", "//compute.googleapis.com/projects/p/global/networks/n"),
        ('{"Action": ["a", "b"], "Effect": "Allow"}', '{"Effect":"Allow","Action":["b","a"]}'),
        ('{"Action": ["a"]}', '{"Action": "a"}'),
    ],
)
def test_the_same(mine: Any, theirs: Any) -> None:
    """Whatever way round."""
    assert same(mine, theirs)
    assert same(theirs, mine)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("a", "b"),
        (1, 2),
        (True, None),
        ([1], [1, 1]),
        ([1, 1], [1, 2]),
        ({"a": 1}, {"a": 2}),
        ("projects/q/global/networks/n", LINK),
        ("m", LINK),
        ("a/n", LINK),
        ('{"Action": "a"}', '{"Action": "b"}'),
        ("https://example.com/a", "https://example.com/b"),
        ("a", 1),
    ],
)
def test_not_the_same(mine: Any, theirs: Any) -> None:
    """Whatever way round."""
    assert not same(mine, theirs)
    assert not same(theirs, mine)


def test_what_is_nothing() -> None:
    """A list of nothings too; a one is not a truth."""
    assert all(map(is_empty, (None, "", 0, False, [], {}, [None], [[]], "0", "false")))
    assert not any(map(is_empty, (1, True, "a", [1], {"a": None})))


def test_links_become_paths() -> None:
    """Those of Google; others stay."""
    assert plain(LINK) == "projects/p/global/networks/n"
    assert plain("https://example.com/x") == "https://example.com/x"
    assert plain("n") == "n"
