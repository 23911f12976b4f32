"""When GKE may upgrade a cluster, and when it may not.

https://docs.cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations
from typing import Annotated, Final

from pydantic import Field, StrictInt, StringConstraints

from estate.model.access.values import Day
from estate.model.base import Key, Model
from estate.model.lists import stands_once
from estate.model.rules import Violation, rule
from estate.model.words import Words

_DAYS: Final = 32
_WEEKS: Final = _DAYS // 7  # whole weeks in the days that GKE looks at
FEWEST_HOURS: Final = 48
"""Hours in any 32 days that are open to maintenance: "You must allow at least 48 hours of maintenance availability in a
32-day rolling window", https://docs.cloud.google.com/kubernetes-engine/docs/how-to/maintenance-windows-and-exclusions
(excerpt, 2026-11-30)."""
_LONGEST_FREEZE_DAYS: Final = 90
_MOST_FREEZES: Final = 3


class Weekday(StrEnum):
    """A day of the week, in UTC."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


class ExclusionScope(StrEnum):
    """What does not happen."""

    NO_UPGRADES = "no_upgrades"
    NO_MINOR_UPGRADES = "no_minor_upgrades"
    NO_MINOR_OR_NODE_UPGRADES = "no_minor_or_node_upgrades"


class ExclusionConfig(Model):
    """Days on which something does not happen."""

    first: Day
    """First day, in quotes; from its beginning in UTC."""
    last: Day
    """Last day, in quotes; until its end in UTC."""
    scope: ExclusionScope = ExclusionScope.NO_UPGRADES
    """What does not happen: no_upgrades, no_minor_upgrades or no_minor_or_node_upgrades; no_upgrades when
    absent."""

    @property
    def days(self) -> int:
        """How many days it has."""
        return (date.fromisoformat(self.last) - date.fromisoformat(self.first)).days + 1

    @rule
    def _first_is_before_last(self) -> Iterator[Violation]:
        """An exclusion ends no earlier than it begins."""
        if self.days < 1:
            yield Violation(("last",), f"must not be before first {self.first}, got {self.last}")

    @rule
    def _freeze_ends(self) -> Iterator[Violation]:
        """A time without any upgrade, security fixes included, is no longer than GKE takes."""
        if self.scope is ExclusionScope.NO_UPGRADES and self.days > _LONGEST_FREEZE_DAYS:
            yield Violation(
                ("last",),
                f"must be at most {_LONGEST_FREEZE_DAYS} days after first with scope no_upgrades, which holds back "
                f"security fixes, got {self.days}; say scope: no_minor_or_node_upgrades, or end it earlier",
            )


class MaintenanceConfig(Model):
    """A window that comes back every week, and days without it."""

    days: Annotated[tuple[Weekday, ...], Field(min_length=1)]
    """Days on which the window opens, in UTC: mon to sun."""
    start: Annotated[
        str,
        StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"),
        Words('a time in quotes such as "01:00"'),
    ]
    """When it opens, in UTC and in quotes."""
    hours: Annotated[StrictInt, Field(ge=4, le=24)]
    """How long it is open, 4 hours or more; GKE counts no shorter one."""
    exclusions: dict[Key, ExclusionConfig] = {}
    """Days without maintenance, by name; none when absent."""

    def tightest(self) -> tuple[int, date] | None:
        """The fewest hours in 32 days that freezes leave open, and the first of these days; None without a freeze.

        An opening that a freeze takes a part of counts as none. Exclusions that let patches through take nothing.
        """
        frozen = {
            date.fromisoformat(one.first) + timedelta(days=day)
            for one in self.exclusions.values()
            if one.scope is ExclusionScope.NO_UPGRADES
            for day in range(one.days)
        }
        starts = {day - timedelta(days=before) for day in frozen for before in range(_DAYS)}
        return min(((self._hours_from(first, frozen), first) for first in starts), default=None)

    def _hours_from(self, first: date, frozen: AbstractSet[date]) -> int:
        """Hours of the openings that begin on one of 32 days and that no frozen day touches."""
        days = [first + timedelta(days=day) for day in range(_DAYS)]
        hour, minute = map(int, self.start.split(":"))
        over = timedelta(hours=hour + self.hours, minutes=minute) > timedelta(days=1)
        weekdays = [*Weekday]
        return self.hours * sum(
            weekdays[day.weekday()] in self.days
            and day not in frozen
            and not (over and day + timedelta(days=1) in frozen)
            for day in days
        )

    @rule
    def _days_stand_once(self) -> Iterator[Violation]:
        """Each day stands once."""
        yield from stands_once("days", self.days)

    @rule
    def _is_open_long_enough(self) -> Iterator[Violation]:
        """The window is open for as many hours in any 32 days as GKE wants."""
        hours = _WEEKS * len(set(self.days)) * self.hours
        if hours < FEWEST_HOURS:
            yield Violation(
                ("hours",),
                f"must add up to {FEWEST_HOURS} hours in any 32 days, got {len(set(self.days))} a week of "
                f"{self.hours} hours, {hours} in all; add a day, or hours",
                ("days",),
            )

    @rule
    def _freezes_are_few(self) -> Iterator[Violation]:
        """There are no more times without any upgrade than GKE takes."""
        freezes = [key for key, one in self.exclusions.items() if one.scope is ExclusionScope.NO_UPGRADES]
        for key in freezes[_MOST_FREEZES:]:
            yield Violation(
                ("exclusions", key),
                f"is one too many with scope no_upgrades, of which GKE takes {_MOST_FREEZES}; take those out that "
                "are over, or say another scope",
            )

    @rule
    def _freezes_do_not_join(self) -> Iterator[Violation]:
        """No two exclusions of the same scope overlap."""
        for (one, mine), (other, theirs) in combinations(self.exclusions.items(), 2):
            if mine.scope is theirs.scope and mine.first <= theirs.last and theirs.first <= mine.last:
                yield Violation(
                    ("exclusions", other),
                    f"must not overlap {one}, which has the same scope; make one of the two",
                )
