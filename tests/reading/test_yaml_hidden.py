"""Texts hold nothing that nobody sees, however it is written."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from estate.facts.characters import HIDDEN
from estate.reading.yaml_source import parse

SEEN = {0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2}


def refused(text: str, *, is_ours: bool = True) -> list[str]:
    """What is said of a file."""
    return [
        f"{one.line}:{one.column} {one.path}: {one.message}" for one in parse("x", text, is_ours=is_ours)[1]
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            'why: "a\\e[2J"',
            "1:6 why: holds U+001B, which nobody sees and which steers what shows the text; take it out",
        ),
        ('why: "a\\u202eb"', "1:6 why: holds U+202E, which"),
        ("why: a\u202eb", "1:6 why: holds U+202E, which"),
        ("why: a\u200bb", "1:6 why: holds U+200B, which"),
        ("why: [a, b\ufeff]", "1:10 why[1]: holds U+FEFF, which"),
        ('"a\\u2066": b', "holds U+2066, which"),
        ('why: "a\\x9b31m"', "1:6 why: holds U+009B, which"),
        ('why: "a\\U000e0041"', "1:6 why: holds U+E0041, which"),
        (
            'why: "a\\nb"',
            "1:6 why: holds a line break, and texts are one line here; write it on one line, a long one",
        ),
        ("why: |\n  a\n  b\n", "1:6 why: holds a line break, and"),
        ("why: >\n  a\n  b\n", "1:6 why: holds a line break, and"),
        ('why: "a\\rb"', "1:6 why: holds a line break, and"),
        ('why: "a\\tb"', "1:6 why: holds a tab, and"),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_what_nobody_sees_is_refused(text: str, said: str) -> None:
    """With its place and number; written as it is, or as YAML's escape."""
    (found,) = refused(text)

    assert said in found


@pytest.mark.parametrize(
    "text", ["why: über 日本語 עברית", "why: >-\n  a\n  b\n", "why: ➡️ x # \u202e", "why: a\xa0b"]
)
def test_what_is_seen_is_a_text(text: str) -> None:
    """In any script, on several lines of the file; comments are shown nowhere."""
    assert refused(text) == []


def test_files_of_others_may_have_lines() -> None:
    """A certificate, for example; not what steers."""
    assert refused('why: "a\\nb\\tc"', is_ours=False) == []
    assert len(refused('why: "a\\nb\\x1b"', is_ours=False)) == 1


@given(st.characters(categories=("Cc", "Cf", "Cs", "Zl", "Zp")))
def test_all_that_unicode_calls_so_is_meant(character: str) -> None:
    """But for a few that it counts among formats and that are drawn."""
    is_drawn = ord(character) in SEEN or (ord(character) >= 0x110BD and not HIDDEN.match(character))

    assert is_drawn or HIDDEN.fullmatch(character), unicodedata.name(character, hex(ord(character)))
