"""What stands below a model's fields."""

from __future__ import annotations

from typing import ClassVar

from estate.model.base import Model
from estate.model.descriptions import descriptions


class Above(Model):
    """A model."""

    first: int
    """Text of
    two lines."""
    second: int
    third: int
    "In single quotes."


class Below(Above):
    """A model of its kind, which says one field again."""

    third: int
    """Said again."""

    def doubled(self) -> int:
        """Say nothing of a field."""
        return self.third * 2

    """Below what is no attribute."""
    constant: ClassVar[int] = 4
    """Below what is no field."""


def test_reads_what_stands_below_a_field() -> None:
    """Each field has the text right below it, with its indentation taken out, or none."""
    assert descriptions(Above) == {"first": "Text of\ntwo lines.", "third": "In single quotes."}


def test_fields_of_a_parent_are_described_there() -> None:
    """A model has its parent's texts and its own; what is no field has none."""
    assert descriptions(Below) == {"first": "Text of\ntwo lines.", "third": "Said again."}
