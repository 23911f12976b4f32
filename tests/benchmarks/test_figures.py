"""Arithmetic with measurements."""

from __future__ import annotations

import pytest

from benchmarks.figures import median, mib, milliseconds, seconds, spread


@pytest.mark.parametrize(
    ("values", "expected"), [([3.0, 1.0, 2.0], 2.0), ([4.0, 1.0, 2.0, 3.0], 2.5), ([7.0], 7.0)]
)
def test_median_is_the_middle(values: list[float], expected: float) -> None:
    """One outlier does not move it."""
    assert median(values) == expected


def test_refuses_the_median_of_nothing() -> None:
    """No measurement is no result, and not zero seconds."""
    with pytest.raises(ValueError, match="at least one value"):
        median([])


def test_figures_are_short() -> None:
    """Tables show as many places as mean something, and a dash for what was not measured."""
    texts = [
        seconds(1.234),
        seconds(12.34),
        seconds(None),
        spread([2.0, 1.0]),
        spread([]),
        mib(99.6),
        mib(None),
    ]

    assert texts == ["1.23", "12.3", "-", "1.00 to 2.00", "-", "100", "-"]
    assert (milliseconds(0.00123), milliseconds(None)) == ("1.23", "-")
