"""Words for what is not YAML, the same from either parser."""

from __future__ import annotations

from typing import Any

import pytest

from estate.reading.yaml_tree import build
from tests.reading.parsers import BOTH_PARSERS, found

MISTAKES = {
    "tab as indentation": (
        "a:\n\tb: 1\n",
        ["f.yaml:2:1: is indented with a tab, which YAML does not allow; use spaces"],
    ),
    "tab after spaces": (
        "a:\n  b: 1\n  \tc: 1\n",
        ["f.yaml:3:3: is indented with a tab, which YAML does not allow; use spaces"],
    ),
    "tab after a dash": ("a:\n-\tb: 1\n", ["f.yaml:2:2: has a tab where a key or value begins; use spaces"]),
    "open bracket at the end": ("a: {b: [1,\n", ["f.yaml:1:8: opens a bracket that is never closed"]),
    "open quote": (
        'a: "b\nc: 1\n',
        ["f.yaml:1:4: opens a quote that is never closed; close it on the same line"],
    ),
    "open bracket": (
        "a: [1, 2\nb: 3\n",
        ["f.yaml:1:4: opens [ that is not closed, or a comma is missing before line 2, column 2"],
    ),
    "open brace": (
        "a: {b: 1\nc: 3\n",
        ["f.yaml:1:4: opens { that is not closed, or a comma is missing before line 2, column 2"],
    ),
    "bracket too many": (
        "a: ]\n",
        ['f.yaml:1:4: has "]" where a value is expected; quote the text, or check brackets and commas'],
    ),
    "brace too many": (
        "{a: 1}}\n",
        ['f.yaml:1:7: has "}" after the end of the document; check brackets and indentation'],
    ),
    "text with a colon": (
        "a: see: below\n",
        ['f.yaml:1:7: has a second ": " on one line; quote the text, or put the inner key on its own line'],
    ),
    "no space after the colon": (
        "a:1\nb: 2\n",
        ["f.yaml:2:2: cannot follow line 1, which is not key: value; a space must follow the colon"],
    ),
    "indented below a value": (
        "a: 1\n  b: 2\n",
        [
            "f.yaml:2:4: has a key where none can stand; check the indentation, the line above has a value already"
        ],
    ),
    "indented too little": (
        "a:\n  b: 1\n c: 2\n",
        ["f.yaml:3:2: does not line up with the lines above; indent it like its neighbours"],
    ),
    "key without a colon": (
        "a: 1\nb\n",
        [
            "f.yaml:2:1: is neither key: value nor a list entry (- value); add the colon and a space, or quote "
            "the text above"
        ],
    ),
    "text after a quote": (
        "a: 'it's'\n",
        ["f.yaml:1:8: has text after the value has ended; quote the whole value"],
    ),
    "list on the key's line": (
        "a: - b\n",
        ["f.yaml:1:4: begins a list (- value) where none can stand; put it on its own line, below its key"],
    ),
    "at sign": (
        "a: @b\n",
        ['f.yaml:1:4: begins text with "@", which has a meaning of its own in YAML; quote the text'],
    ),
    "asterisk": (
        "a: *.example.com\n",
        ['f.yaml:1:4: begins text with "*", which has a meaning of its own in YAML; quote the text'],
    ),
    "exclamation mark": (
        "a: !b!c d\n",
        ['f.yaml:1:4: begins text with "!", which has a meaning of its own in YAML; quote the text'],
    ),
    "backslash": (
        'a: "\\d+"\n',
        ['f.yaml:1:5: holds a backslash that begins no escape of "..." text; put the text in single quotes'],
    ),
    "backslash x": (
        'a: "\\xyz"\n',
        ['f.yaml:1:7: holds a backslash that begins no escape of "..." text; put the text in single quotes'],
    ),
    "text beside a block": (
        "a: |b\n",
        ["f.yaml:1:5: has text beside | or >; begin the text on the next line, or quote it"],
    ),
    "other YAML": (
        "%YAML 3.0\n---\na: 1\n",
        ["f.yaml:1:1: names another version of YAML than 1.x; delete the line"],
    ),
}


@BOTH_PARSERS
@pytest.mark.parametrize(("text", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_mistake_has_a_place_and_a_remedy(text: str, expected: list[str], parser: Any) -> None:
    """In terms of what the person wrote, not of YAML's grammar."""
    assert found(text, parser) == expected


@BOTH_PARSERS
def test_what_the_parser_itself_cannot_read_is_one_line(parser: Any) -> None:
    """Characters that are refused before parsing would be refused by the parsers too."""
    (problem,) = build("f.yaml", "a: \x07\n", parser).problems

    assert str(problem).startswith("f.yaml: is not YAML: ")
    assert str(problem).isprintable()
