"""Windows of maintenance, in the forms that GKE has."""

from __future__ import annotations

from typing import Any

import pytest

from tests.operations.adopt.terraform.recognizers.google.foreign import left
from tests.operations.adopt.terraform.recognizers.google.test_gke_clusters import POOL, cluster, made


def window(
    recurrence: str, start: str = "2025-01-04T01:00:00Z", end: str = "2025-01-04T09:00:00Z"
) -> dict[str, Any]:
    """A policy whose window comes back."""
    return {"recurring_window": [{"start_time": start, "end_time": end, "recurrence": recurrence}]}


def maintenance(policy: dict[str, Any]) -> Any:
    """What is said of a cluster."""
    draft = made(cluster(maintenance_policy=[policy]), POOL)
    return draft.at("google", "gke_clusters", "main").get("maintenance"), list(left(draft))


@pytest.mark.parametrize(
    ("policy", "days", "start", "hours"),
    [
        (window("FREQ=WEEKLY;BYDAY=SA,SU"), ["sat", "sun"], "01:00", 8),
        (window("FREQ=DAILY"), ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "01:00", 8),
        (
            window("FREQ=WEEKLY;BYDAY=MO", "2025-01-04T23:30:00+01:00", "2025-01-05T03:30:00+01:00"),
            ["mon"],
            "22:30",
            4,
        ),
        (
            {"daily_maintenance_window": [{"start_time": "03:00", "duration": "PT4H0M0S"}]},
            ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
            "03:00",
            4,
        ),
    ],
)
def test_a_window_is_days_and_hours(policy: dict[str, Any], days: list[str], start: str, hours: int) -> None:
    """In UTC, whatever the state says it in."""
    assert maintenance(policy) == ({"days": days, "start": start, "hours": hours}, [])


@pytest.mark.parametrize(
    "policy",
    [
        window("FREQ=MONTHLY;BYDAY=1SA"),
        window("FREQ=WEEKLY;BYDAY=1SA"),
        window("FREQ=WEEKLY;INTERVAL=2;BYDAY=SA"),
        window("FREQ=DAILY", end="2025-01-04T09:30:00Z"),
        window("FREQ=DAILY", start="soon"),
        window("FREQ=DAILY", end=""),
        {},
    ],
)
def test_a_window_of_another_form_is_listed(policy: dict[str, Any]) -> None:
    """None is said in its place."""
    assert maintenance(policy) == (None, ["container_cluster.main: maintenance_policy"])


def test_exclusions_are_of_whole_days() -> None:
    """Of any scope; what begins within a day is listed."""
    days = {"start_time": "2026-12-21T00:00:00Z", "end_time": "2027-01-02T00:00:00Z"}
    exclusions = [
        {"exclusion_name": "Year's end", **days},
        {"exclusion_name": "minor", **days, "exclusion_options": [{"scope": "NO_MINOR_UPGRADES"}]},
        {"exclusion_name": "noon", **days, "start_time": "2026-12-21T12:00:00Z"},
        {"exclusion_name": "open", **days, "end_time": None},
    ]

    found, listed = maintenance({**window("FREQ=DAILY"), "maintenance_exclusion": exclusions})

    assert found["exclusions"] == {
        "year-s-end": {"first": "2026-12-21", "last": "2027-01-01"},
        "minor": {"first": "2026-12-21", "last": "2027-01-01", "scope": "no_minor_upgrades"},
    }
    assert listed == [
        f"container_cluster.main: maintenance_policy.maintenance_exclusion.{name}"
        for name in ("noon", "open")
    ]
