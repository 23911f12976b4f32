"""What counts for coverage, and what does not."""

from __future__ import annotations

import os

import pytest
from coverage import Coverage

from operations.imports.import_ids import known_types
from tests import measuring


@pytest.mark.unmeasured
def test_nothing_is_measured_where_nothing_counts() -> None:
    """A process of xdist's began three measurements, one in the other: with one stopped, the next went on."""
    assert Coverage.current() is None
    assert "COVERAGE_PROCESS_CONFIG" not in os.environ


def test_what_was_asked_while_nothing_counted_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines that a test reaches would be missing, by which test came first in its process."""
    monkeypatch.setattr(measuring, "_keeping", [known_types])
    known_types.cache_clear()

    kept = []
    for _ in range(2):
        with measuring.forgetting():
            known_types()
        kept.append(known_types.cache_info().currsize)
        known_types()

    assert kept == [0, 1]
