"""Where a rule comes from, as far as the code says it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.model.rules import Rule, Violation
from operations.rules.sources import addresses, sources

# The table of sizes: https://example.com/sizes and .../more
_LEAST: Final = 1
_MOST: Final = 9  # https://example.com/most?for=all.

_FEW: Final = 3
"""What fits: https://example.com/few."""


def _check(judged: object) -> Iterator[Violation]:
    """Numbers are right, by https://example.com/rule (2026-11-30)."""
    if judged not in (_LEAST, _MOST, _FEW):
        yield Violation((), f"must be {_LEAST}, {_FEW} or {_MOST}; take one")


def test_a_rule_rests_on_its_own_text_and_on_that_of_its_constants() -> None:
    """What stands above several constants is said of each that says nothing itself."""
    rule = Rule("here.numbers-are-right", object, "Numbers are right.", _check)

    assert list(_check(1)) == []
    assert set(sources(rule)) == {
        "https://example.com/rule",
        "https://example.com/sizes",
        "https://example.com/most?for=all",
        "https://example.com/few",
    }


def test_nothing_said_is_nothing() -> None:
    """Many rules rest on nobody's document."""
    assert addresses(None) == ()
