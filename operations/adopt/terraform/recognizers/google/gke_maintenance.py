"""When a GKE cluster may be upgraded, out of what the provider says of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from operations.adopt.terraform.draft import Draft
from operations.adopt.terraform.found import FoundObject
from operations.adopt.terraform.recognizers.google.places import key_beside, said, unless

_DAYS: Final = {"MO": "mon", "TU": "tue", "WE": "wed", "TH": "thu", "FR": "fri", "SA": "sat", "SU": "sun"}
_HOURS_OF_A_DAILY_WINDOW: Final = 4
"""What GKE opens every day where no more than a start is said: https://docs.cloud.google.com/kubernetes-engine/docs/how-to/maintenance-windows-and-exclusions
(excerpt, 2026-11-30)."""
_POLICY: Final = ("maintenance_policy", 0)


def maintenance(draft: Draft, cluster: FoundObject) -> dict[str, Any] | None:
    """The window and the days without it; None where nothing is said."""
    if not cluster.blocks("maintenance_policy"):
        return None
    window = _weekly(cluster) or _daily(cluster)
    if window is None:
        draft.leave(
            cluster,
            "maintenance_policy",
            "has no window that comes back on days of the week, for whole hours",
            "say maintenance of the cluster by hand; none is said, and it may be upgraded at any time",
        )
        return None
    return {**window, **said(exclusions=_exclusions(draft, cluster) or None)}


def _weekly(cluster: FoundObject) -> dict[str, Any] | None:
    window = (*_POLICY, "recurring_window", 0)
    start, end = _moment(cluster.text(*window, "start_time")), _moment(cluster.text(*window, "end_time"))
    rule = dict(pair.split("=", 1) for pair in cluster.text(*window, "recurrence").split(";") if "=" in pair)
    days = rule.pop("BYDAY", "").split(",") if rule.get("FREQ") == "WEEKLY" else [*_DAYS]
    known = rule in ({"FREQ": "WEEKLY"}, {"FREQ": "DAILY"}) and all(day in _DAYS for day in days)
    if start is None or end is None or not known:
        return None
    hours, rest = divmod((end - start).total_seconds(), 3600)
    return None if rest else _window([_DAYS[day] for day in days], start, int(hours))


def _daily(cluster: FoundObject) -> dict[str, Any] | None:
    start = cluster.text(*_POLICY, "daily_maintenance_window", 0, "start_time")
    moment = _moment(f"2026-01-01T{start}:00Z") if start else None
    return _window([*_DAYS.values()], moment, _HOURS_OF_A_DAILY_WINDOW) if moment else None


def _window(days: list[str], start: datetime, hours: int) -> dict[str, Any]:
    return {"days": days, "start": f"{start:%H:%M}", "hours": hours}


def _exclusions(draft: Draft, cluster: FoundObject) -> dict[str, Mapping[str, object]]:
    found: dict[str, Mapping[str, object]] = {}
    for block in cluster.blocks(*_POLICY, "maintenance_exclusion"):
        name = str(block.get("exclusion_name"))
        start, end = _moment(str(block.get("start_time"))), _moment(str(block.get("end_time")))
        if start is None or end is None or not all(map(_at_midnight, (start, end))):
            draft.leave(
                cluster,
                f"maintenance_policy.maintenance_exclusion.{name}",
                "begins or ends within a day in UTC, and exclusions here are of whole days",
                "say it by hand in whole days",
            )
            continue
        options = block.get("exclusion_options") or [{}]
        scope = str(options[0].get("scope") or "NO_UPGRADES").lower()
        key = key_beside(found, name)
        found[key] = said(
            first=f"{start:%Y-%m-%d}",
            last=f"{end - timedelta(days=1):%Y-%m-%d}",
            scope=unless(scope, "no_upgrades"),
        )
    return found


def _at_midnight(moment: datetime) -> bool:
    return (moment.hour, moment.minute, moment.second) == (0, 0, 0)


def _moment(text: str) -> datetime | None:
    """A moment in UTC; None for anything else."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return None
