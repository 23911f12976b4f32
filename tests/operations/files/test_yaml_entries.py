"""Entries are added to a file's text, and everything else in it stays as it was."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from operations.files.yaml_entries import insert, remove

NEW = ["new:", "  - 1"]


@pytest.mark.parametrize(
    ("before", "path", "after"),
    [
        ("a:\n  b: 1  # one\n\n# c\nc: 2\n", ("a",), "a:\n  b: 1  # one\n  new:\n    - 1\n\n# c\nc: 2\n"),
        ("a:\n    b:\n        c: 1\nd: 2", ("a",), "a:\n    b:\n        c: 1\n    new:\n      - 1\nd: 2"),
        ("a: 1", (), "a: 1\nnew:\n  - 1\n"),
        ("a:\n  - 1\n  - {b: 2}  # x\n", (), "a:\n  - 1\n  - {b: 2}  # x\nnew:\n  - 1\n"),
        ("a: |\n  text\n", (), "a: |\n  text\nnew:\n  - 1\n"),
        ("a: {b: 1, c: [1,\n  2]}  # one\n", ("a",), "a:  # one\n  b: 1\n  c: [1, 2]\n  new:\n    - 1\n"),
        ("a: {b: {}}\n", ("a", "b"), "a:\n  b:\n    new:\n      - 1\n"),
        ("# head\n{}\n", (), "# head\nnew:\n  - 1\n"),
        ("# head\n", (), "# head\nnew:\n  - 1\n"),
        ("a: {}\r\nb: 1\r\n", ("a",), "a:\r\n  new:\r\n    - 1\r\nb: 1\r\n"),
        ("a: {b: '#', c: \"x # y\"}\n", ("a",), "a:\n  b: '#'\n  c: \"x # y\"\n  new:\n    - 1\n"),
    ],
    ids=[
        *("block", "wide", "top", "list before", "literal", "braces", "nested braces", "empty", "comments"),
        *("Windows", "quoted hash"),
    ],
)
def test_a_mapping_takes_an_entry_at_its_end(before: str, path: tuple[str, ...], after: str) -> None:
    """With the indentation of its neighbours; braces are opened only where an entry goes in."""
    assert insert(before, path, NEW) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import:\n  - 1\nmoved: []\n", "import:\n  - 1\n  - 2\nmoved: []\n"),
        ("import:\n- 1  # one\n\nmoved: []\n", "import:\n- 1  # one\n- 2\n\nmoved: []\n"),
        ("import: [1, {a: b}]\n", "import:\n  - 1\n  - {a: b}\n  - 2\n"),
        ("import: []\n", "import:\n  - 2\n"),
    ],
    ids=["indented", "at the margin", "brackets", "empty"],
)
def test_a_list_takes_an_entry_at_its_end(before: str, after: str) -> None:
    """In either of YAML's ways to indent one."""
    assert insert(before, ("import",), ["- 2"]) == after


def test_an_entry_comes_after_those_it_belongs_behind() -> None:
    """Which are there or not; at the end when none is."""
    text = "a: 1\n# of b\nb:\n  c: 2\n\n# of d\nd: 3\n"

    assert insert(text, (), ["new: 1"], after=("a", "b", "z")).startswith(
        "a: 1\n# of b\nb:\n  c: 2\nnew: 1\n\n# of d"
    )
    assert insert(text, (), ["new: 1"], after=("z",)) == f"{text}new: 1\n"


def test_a_comment_in_braces_is_refused() -> None:
    """It would be lost."""
    with pytest.raises(ValueError, match="has a comment between its braces"):
        insert("a: {b: 1,  # one\n  c: 2}\n", ("a",), NEW)


@pytest.mark.parametrize(
    ("before", "position", "after"),
    [
        ("a:\n  # of 1\n  - 1  # one\n\n  # of 2\n  - 2\nb: 3\n", 0, "a:\n\n  # of 2\n  - 2\nb: 3\n"),
        ("a:\n  # of 1\n  - 1  # one\n  # of\n  # 2\n  - 2\nb: 3\n", 1, "a:\n  # of 1\n  - 1  # one\nb: 3\n"),
        ("a:\n- x: 1\n  y: 2\n-\n  # in 2\n  x: 2\n# of b\nb: 3\n", 1, "a:\n- x: 1\n  y: 2\n# of b\nb: 3\n"),
        ("a: [ 1, {x:   2},3 ]  # all\n", 0, "a: [ {x:   2},3 ]  # all\n"),
        ("a: [ 1, {x:   2},3 ]  # all\n", 2, "a: [ 1, {x:   2} ]  # all\n"),
        ("a: [1 # one\n , 2]\n", 0, "a: [2]\n"),
        ("# head\na:\n  # of 1\n  - 1\n# of b\nb:   3\n", 0, "# head\n# of b\nb:   3\n"),
        ("{a: [1], b: 3}\n", 0, "{b: 3}\n"),
        ("# head\na: [1]\n", 0, ""),
        ("\ufeffa:\r\n  - 1\r\n  - 2", 1, "\ufeffa:\r\n  - 1\r\n"),
    ],
    ids=[
        *(
            "first",
            "comments above",
            "dash on a line of its own",
            "brackets",
            "last in brackets",
            "comment inside",
        ),
        *("only one of a list", "only one in braces", "only one of a file", "Windows"),
    ],
)
def test_an_entry_goes_with_its_comments(before: str, position: int, after: str) -> None:
    """And nothing else changes, however wide or narrow it is written."""
    assert remove(before, "a", position) == after


KEYS = st.text("abc", min_size=1, max_size=3)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.integers(), st.booleans(), st.text("ab #:'\"\n", max_size=6)),
    lambda below: st.one_of(st.lists(below, max_size=3), st.dictionaries(KEYS, below, max_size=3)),
    max_leaves=8,
)


@settings(max_examples=50)
@given(
    inner=st.dictionaries(KEYS, VALUES, max_size=3),
    outer=st.dictionaries(KEYS, VALUES, max_size=3),
    flow=st.sampled_from([None, True, False]),
    indent=st.sampled_from([1, 2, 4]),
)
def test_only_the_entry_is_added(
    inner: dict[str, Any], outer: dict[str, Any], *, flow: bool | None, indent: int
) -> None:
    """Whatever the file holds and however it is written, it reads the same, with the entry in it."""
    outer.pop("vmware", None)
    data = {**outer, "vmware": inner, "zz": 1}
    text = yaml.safe_dump(data, default_flow_style=flow, indent=indent, sort_keys=False, width=20)
    # Not quite what was dumped: PyYAML writes some texts over several lines otherwise than it reads them.
    there = yaml.safe_load(text)

    added = insert(text, ("vmware",), ["NEW: {x: 1}"])

    assert yaml.safe_load(added) == {**there, "vmware": {**there["vmware"], "NEW": {"x": 1}}}


@settings(max_examples=50)
@given(
    entries=st.lists(VALUES, min_size=1, max_size=4),
    outer=st.dictionaries(KEYS, VALUES, max_size=3),
    flow=st.sampled_from([None, True, False]),
    data=st.data(),
)
def test_only_the_entry_is_removed(
    entries: list[Any], outer: dict[str, Any], *, flow: bool | None, data: st.DataObject
) -> None:
    """Whatever else the file holds, it reads the same."""
    text = yaml.safe_dump(
        {**outer, "moved": entries, "zz": 1}, default_flow_style=flow, sort_keys=False, width=20
    )
    there = yaml.safe_load(text)
    position = data.draw(st.integers(0, len(entries) - 1))

    left = yaml.safe_load(remove(text, "moved", position))

    rest = [one for index, one in enumerate(there["moved"]) if index != position]
    assert left == {**there, "moved": rest} if rest else {**outer_of(there)}


def outer_of(there: dict[str, Any]) -> dict[str, Any]:
    """All but the list."""
    return {key: value for key, value in there.items() if key != "moved"}
