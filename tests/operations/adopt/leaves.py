"""What stands in a document, for tests that account for each value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from estate.model.rules import Path as ValuePath


def leaves(value: Any, path: ValuePath = ()) -> Iterator[tuple[ValuePath, Any]]:
    """Every value in a document that is no mapping or list, with its path."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from leaves(below, (*path, key))
    elif isinstance(value, list):
        for position, below in enumerate(value):
            yield from leaves(below, (*path, position))
    else:
        yield path, value
