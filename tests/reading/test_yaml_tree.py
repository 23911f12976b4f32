"""Plain data with places from YAML text, and what is refused to keep files literal."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from estate.reading.yaml_source import Source
from estate.reading.yaml_tree import build
from tests.reading.parsers import BOTH_PARSERS, found

REFUSED = {
    "duplicate keys": (
        "a: 1\nb: {c: 1, c: 2}\na: 2\n",
        [
            "f.yaml:2:11: b.c: stands here a second time, first in line 2; keep one",
            "f.yaml:3:1: a: stands here a second time, first in line 1; keep one",
        ],
    ),
    "keys that are no text": (
        "no: 1\n4711: 2\nnull: 3\n1.30: 4\n",
        [
            'f.yaml:1:1: no: must be text; YAML reads no as false; quote it: "no"',
            'f.yaml:2:1: 4711: must be text; quote it: "4711"',
            'f.yaml:3:1: null: must be text; quote it: "null"',
            'f.yaml:4:1: ["1.30"]: must be text; quote it: "1.30"',
        ],
    ),
    "empty key": ('a: {"": 1}\n', ["f.yaml:1:5: a: has an empty key; write a key before the colon"]),
    "list as a key": (
        "? [a, {b: c}]\n: d\nx: {? {k: z} : [1]}\n",
        [
            "f.yaml:1:3: has a list as a key; keys must be text",
            "f.yaml:3:7: x: has a mapping as a key; keys must be text",
        ],
    ),
    "list as a key of a key": (
        "? {? [a] : b}\n: c\n",
        ["f.yaml:1:3: has a mapping as a key; keys must be text"],
    ),
    "anchors": (
        "a: &x [1]\nb: *x\nc: {? *x : 1}\nd: &y {}\ne: &z 1\nf: &q 2\n",
        [
            'f.yaml:1:4: a: has "&x", also in line 2, 3, 4, 5 and 1 more: anchors, aliases and merge keys are '
            "not allowed; write the value out in each place"
        ],
    ),
    "anchor that contains itself": (
        "a: &x [*x]\n",
        [
            'f.yaml:1:4: a: has "&x": anchors, aliases and merge keys are not allowed; '
            "write the value out in each place"
        ],
    ),
    "merge key": (
        "a:\n  <<: {b: 1}\n",
        [
            'f.yaml:2:3: a: has "<<": anchors, aliases and merge keys are not allowed; '
            "write the value out in each place"
        ],
    ),
    "tags": (
        "a: !!python/object/apply:os.system [echo]\nb: !mine x\n? !!str c\n: 1\n",
        [
            'f.yaml:1:4: a: has the tag "!!python/object/apply:os.system"; tags are not allowed, '
            "write the plain value",
            'f.yaml:2:4: b: has the tag "!mine"; tags are not allowed, write the plain value',
            'f.yaml:3:3: c: has the tag "!!str"; tags are not allowed, write the plain value',
        ],
    ),
    "two documents": (
        "a: 1\n---\nb: 2\n",
        ["f.yaml:2:1: begins a second document (---); write one document a file"],
    ),
    "list at the top": ("- a\n", ["f.yaml:1:1: must be a mapping (key: value), got a list"]),
    "prose": ("hello world\n", ["f.yaml:1:1: must be a mapping (key: value), got text without a key"]),
    "33 levels": (
        "a: " + "[" * 32 + "]" * 32 + "\n",
        ["f.yaml:1:35: nests deeper than 32 levels; no environment needs that"],
    ),
    "100,000 brackets": (
        "a: " + "[" * 100_000,
        ["f.yaml:1:35: nests deeper than 32 levels; no environment needs that"],
    ),
    "100,000 braces": (
        "{a: " * 100_000,
        ["f.yaml:1:129: nests deeper than 32 levels; no environment needs that"],
    ),
    "100,000 dashes": (
        "- " * 100_000,
        ["f.yaml:1:65: nests deeper than 32 levels; no environment needs that"],
    ),
    "problems before the end": (
        "a: 1\na: 2\nb: [\n",
        [
            "f.yaml:2:1: a: stands here a second time, first in line 1; keep one",
            "f.yaml:3:4: opens a bracket that is never closed",
        ],
    ),
}


@BOTH_PARSERS
@pytest.mark.parametrize(("text", "expected"), REFUSED.values(), ids=REFUSED)
def test_refuses_what_is_more_than_literals(text: str, expected: list[str], parser: Any) -> None:
    """Every mistake with its line and column, all of them at once."""
    assert found(text, parser) == expected


@BOTH_PARSERS
def test_refuses_an_alias_bomb_in_one_line(parser: Any) -> None:
    """Nine levels of nine aliases are a billion values when followed."""
    bomb = "a0: &a0 [x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
    )

    assert found(bomb, parser) == [
        'f.yaml:1:5: a0: has "&a0", also in line 2, 3, 4, 5 and 5 more: anchors, aliases and merge keys are not '
        "allowed; write the value out in each place"
    ]


@BOTH_PARSERS
@pytest.mark.parametrize("line", ["a: 1\n", "k{0}: &a{0} !x 1\n"])
def test_stops_after_two_hundred_problems(line: str, parser: Any) -> None:
    """A file with more was not written by a person, and nobody would read on."""
    problems = found("".join(line.format(number) for number in range(1000)), parser)

    assert problems[0] == "f.yaml: has more than 200 problems, the rest is left out; is this the right file?"
    assert len([problem for problem in problems if "anchors" not in problem]) == 201


POSITIONED = """\
# comment
a: 1.30
b:
  - x
  - {c: "012", d: }
é: [ø, 1.50]
"""


@BOTH_PARSERS
def test_every_value_and_key_has_its_place(parser: Any) -> None:
    """Lines and columns begin at 1 and count characters, not bytes."""
    root = build("f.yaml", POSITIONED, parser).root
    assert root
    source = Source("f.yaml", root.data, root)

    places = {
        path: (source.position(path, key=True), source.position(path), source.written(path))
        for path in [(), ("a",), ("b",), ("b", 0), ("b", 1, "c"), ("b", 1, "d"), ("é", 0), ("é", 1)]
    }

    assert places == {
        (): ((2, 1), (2, 1), ""),
        ("a",): ((2, 1), (2, 4), "1.30"),
        ("b",): ((3, 1), (4, 3), ""),
        ("b", 0): ((4, 5), (4, 5), "x"),
        ("b", 1, "c"): ((5, 6), (5, 9), '"012"'),
        ("b", 1, "d"): ((5, 16), (5, 16), ""),
        ("é", 0): ((6, 5), (6, 5), "ø"),
        ("é", 1): ((6, 8), (6, 8), "1.50"),
    }


def test_problems_leave_what_can_be_had() -> None:
    """A duplicate keeps its first value; what a refused construct stood for is unknown."""
    tree = build("f.yaml", "a: 1\na: {x: [2]}\nb: *c\nd: {<<: {e: 1}, f: no}\n")

    assert tree.root
    assert tree.root.data == {"a": 1, "b": None, "d": {"f": tree.surprises["d", "f"]}}
    assert tree.refused == {("b",), ("d",)}


JSON_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), max_codepoint=0xFFFF), max_size=20
)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | JSON_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(JSON_TEXT.filter(bool), inner, max_size=4),
    max_leaves=20,
)


@BOTH_PARSERS
@given(data=st.dictionaries(JSON_TEXT.filter(bool), JSON_VALUES, max_size=4))
def test_json_is_read_as_itself(parser: Any, data: dict[str, Any]) -> None:
    """JSON is YAML; whatever it holds comes back, from either parser."""
    tree = build("f.yaml", json.dumps(data, ensure_ascii=False), parser)

    assert (tree.root and tree.root.data, tree.problems) == (data, [])


@BOTH_PARSERS
@given(text=st.text(st.sampled_from("ab:- \n\t'\"[]{}&*!|>%@#?,<~01\\"), max_size=60))
def test_no_text_ends_in_anything_but_data_or_problems(parser: Any, text: str) -> None:
    """Whatever stands in a file: a mapping, emptiness or at least one problem."""
    tree = build("f.yaml", text, parser)

    assert tree.root or tree.empty or tree.problems
