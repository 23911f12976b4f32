"""Recognizers, and the kinds of entities that have one."""

from __future__ import annotations

from operations.adopt.terraform.order import NONE, RECOGNIZERS
from operations.cards.registry import CARDS


def test_every_kind_has_a_recognizer_or_says_why_none() -> None:
    """A new kind of entity brings its own."""
    read = {card for one in RECOGNIZERS for card in one.cards}

    assert sorted(read | NONE.keys()) == sorted({card.path for card in CARDS})
    assert sorted(read & NONE.keys()) == []


def test_every_recognizer_says_what_it_reads() -> None:
    """In its docstring, which the table in the documents shows."""
    assert [one for one in RECOGNIZERS if not one.types or not (one.run.__doc__ or "").strip()] == []
