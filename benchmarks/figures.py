"""Arithmetic with measurements, and how they are written."""

from __future__ import annotations

from collections.abc import Sequence


def median(values: Sequence[float]) -> float:
    """The middle value; the mean of the two in the middle when their number is even.

    Raises:
        ValueError: there is no value.
    """
    if not values:
        raise ValueError("a median needs at least one value, got none")
    ordered = sorted(values)
    upper = len(ordered) // 2
    lower = upper if len(ordered) % 2 else upper - 1
    return (ordered[lower] + ordered[upper]) / 2


def seconds(value: float | None) -> str:
    """A duration for a table: two significant places below ten seconds."""
    if value is None:
        return "-"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"  # noqa: PLR2004 - as the docstring says


def spread(values: Sequence[float]) -> str:
    """From the fastest to the slowest."""
    return f"{seconds(min(values))} to {seconds(max(values))}" if values else "-"


def mib(value: float | None) -> str:
    """Memory for a table."""
    return "-" if value is None else f"{value:.0f}"


def milliseconds(value: float | None) -> str:
    """A part of a second, for a table."""
    return "-" if value is None else f"{value * 1000:.2f}"
