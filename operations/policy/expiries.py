"""Rights of people that are past their day.

IAM lets nobody through the gateway who is past theirs, by itself; but the clusters know no days, so whoever
comes to a cluster another way is its administrator until the entry is gone. Synthesis knows no clock, which is
why this is asked here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from estate.model.estate import Estate
from estate.reading.paths import shown
from estate.reading.problems import Problem
from estate.reading.yaml_source import read

ORGANIZATION = "organization.yaml"
_LONGEST = timedelta(days=366)
"""What is longer is no emergency."""


def past_expiries(estate: Estate, folder: Path, today: date) -> Iterator[Problem]:
    """Yield a problem for each break-glass entry that lets nobody through any more, or will for more than a year.

    Args:
        estate: as loaded from ``folder``.
        folder: the folder of the environment files, for the line of each entry.
        today: the day in UTC; an entry ends at the beginning of its day.
    """
    organization = folder / ORGANIZATION
    source = read(organization, shown(organization))
    for key, entry in estate.organization.break_glass.items():
        path, ends = ("break_glass", key, "expires"), date.fromisoformat(entry.expires)
        if ends > today + _LONGEST:
            yield source.problem(
                path,
                f"must be within a year, got {entry.expires}, and today is {today.isoformat()}; an emergency ends before, so name "
                "an earlier day and renew it then",
            )
        if ends > today:
            continue
        clusters = ", ".join(entry.environments)
        yield source.problem(
            path,
            f"must be a day to come, got {entry.expires}, and today is {today.isoformat()}; take the entry out, or the "
            f"clusters of {clusters} keep {entry.user} as administrator",
        )
