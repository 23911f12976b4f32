"""How long a cluster is open to maintenance beside the days that are frozen."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from estate.model.google.maintenance import MaintenanceConfig

WEEKEND: dict[str, Any] = {"days": ["sat", "sun"], "start": "01:00", "hours": 6}
LATE: dict[str, Any] = {"days": ["sat"], "start": "20:00", "hours": 12}


@pytest.mark.parametrize(
    ("window", "exclusions", "expected"),
    [
        # Any 32 days have eight days of weekends at least, or four Saturdays.
        (WEEKEND, {}, None),
        (WEEKEND, {"a": {"first": "2026-12-21", "last": "2026-12-25"}}, (48, "2026-11-23")),
        (WEEKEND, {"a": {"first": "2026-12-18", "last": "2027-01-04"}}, (12, "2026-12-07")),
        (
            WEEKEND,
            {
                "a": {"first": "2026-12-18", "last": "2026-12-21"},
                "b": {"first": "2026-12-25", "last": "2026-12-28"},
            },
            (24, "2026-11-30"),
        ),
        (WEEKEND, {"a": {"first": "2026-01-01", "last": "2026-03-31"}}, (0, "2025-12-29")),
        (
            WEEKEND,
            {"a": {"first": "2026-12-18", "last": "2027-01-04", "scope": "no_minor_or_node_upgrades"}},
            None,
        ),
        # It ends on the Sunday that is frozen; one that ends at midnight does not.
        (LATE, {"a": {"first": "2026-12-20", "last": "2026-12-20"}}, (36, "2026-11-22")),
        (
            {**LATE, "days": ["fri", "sat", "sun"], "hours": 4},
            {"a": {"first": "2026-12-20", "last": "2026-12-20"}},
            (44, "2026-11-23"),
        ),
    ],
    ids=[
        "none",
        "no weekend",
        "a month",
        "two",
        "ninety days",
        "patches come",
        "over midnight",
        "to midnight",
    ],
)
def test_the_tightest_days_are_found(
    window: dict[str, Any], exclusions: dict[str, Any], expected: tuple[int, str] | None
) -> None:
    """What a freeze leaves of the 32 days that it takes most of."""
    found = MaintenanceConfig.model_validate({**window, "exclusions": exclusions}).tightest()

    assert found == (expected and (expected[0], date.fromisoformat(expected[1])))
