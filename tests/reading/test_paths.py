"""How paths and values are shown to a person."""

from __future__ import annotations

import pytest

from estate.model.rules import Path
from estate.reading.paths import differences, dotted, first_few, nearest, printable, quoted


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ((), ""),
        (("aws", "kms_keys", "a-b"), "aws.kms_keys.a-b"),
        (("a", 0, "b", 1, 2), "a[0].b[1][2]"),
        (("labels", "a.b", "c"), 'labels["a.b"].c'),
        (("a b",), '["a b"]'),
        (("",), '[""]'),
        (("x" * 100,), "x" * 57 + "..."),
    ],
)
def test_path_reads_as_one_word(path: Path, expected: str) -> None:
    """Dots between keys, brackets around positions and odd keys."""
    assert dotted(path) == expected


def test_differences_go_as_deep_as_both_sides_do() -> None:
    """Into mappings and lists of one length; what one side lacks is None, and another length is another list."""
    before = {"same": 1, "map": {"a": 1, "gone": 2}, "list": [1, {"b": 2}], "longer": [1], "other": "x"}
    after = {"same": 1, "map": {"a": 1, "come": 3}, "list": [1, {"b": 3}], "longer": [1, 2], "other": []}

    assert list(differences(before, after)) == [
        (("map", "gone"), 2, None),
        (("map", "come"), None, 3),
        (("list", 1, "b"), 2, 3),
        (("longer",), [1], [1, 2]),
        (("other",), "x", []),
    ]


@pytest.mark.parametrize(
    ("words", "expected"), [([], ""), (["a", "b"], "a; b"), (["a", "b", "c", "d"], "a; b and 2 more")]
)
def test_a_long_list_is_cut_and_says_so(words: list[str], expected: str) -> None:
    """Nobody takes the first few for all."""
    assert first_few(words, 2, "; ") == expected


def test_quoted_text_stays_on_one_line() -> None:
    """Nothing in a file can break a line or steer the terminal."""
    assert quoted('a"\\\n\t\r\x1b\u202e') == '"a\\"\\\\\\n\\t\\r\\u001b\\u202e"'
    assert printable("plain é") == "plain é"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("deletion_window_day", "deletion_window_days"),
        ("SANDBOX", "sandbox"),
        ("production", "prod"),
        ("sand", "sandbox"),
        ("sa", None),
        ("quality", None),
        ("", None),
    ],
)
def test_nearest_word_is_what_was_meant(word: str, expected: str | None) -> None:
    """Typing mistakes, other case and shortened words are recognised; anything else is not guessed."""
    assert nearest(word, ["sandbox", "prod", "deletion_window_days"]) == expected
