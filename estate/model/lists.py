"""Lists that people write: what stands in one stands there once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from estate.model.rules import Violation


def stands_once(field: str, values: Sequence[object]) -> Iterator[Violation]:
    """Find values that a list has already.

    Args:
        field: the list's key in the model that owns it.
        values: what stands in it, as a person reads it.
    """
    for position, value in enumerate(values):
        if value in values[:position]:
            yield Violation((field, position), f"{value} stands here a second time; take it out")
