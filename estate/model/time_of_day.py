"""A time of day at which something is done every day, in UTC."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import StringConstraints

from estate.model.words import Words

TimeOfDay = Annotated[
    str,
    StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"),
    Words('a time in UTC such as "01:30", in quotes'),
]
"""A time of day in UTC."""


_HOURS_A_DAY: Final = 24


def hours(days: int) -> str:
    """A number of days as a duration of Kubernetes, which has no days."""
    return f"{days * _HOURS_A_DAY}h"


def every_day(at: str) -> str:
    """The schedule of something that is done every day at that time, as cron writes it."""
    hour, minute = map(int, at.split(":"))
    return f"{minute} {hour} * * *"
