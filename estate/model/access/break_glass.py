"""A person who may administer clusters when everything else fails, until a day.

The person stands among each cluster's own administrators, which needs no other part of the platform to
work. Clusters know no days: it is the Connect gateway that lets nobody through who is past theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, StringConstraints

from estate.model.access.values import Day, UserEmail
from estate.model.base import EnvironmentName, Model
from estate.model.lists import stands_once
from estate.model.rules import Violation, rule


class BreakGlass(Model):
    """Administrator rights of one person, for a time, past all groups."""

    user: UserEmail
    """The person's address."""
    environments: Annotated[tuple[EnvironmentName, ...], Field(min_length=1)]
    """Where: in all user clusters of these environments."""
    expires: Day
    """Day from whose beginning in UTC the Connect gateway lets the person through no more; quoted."""
    reason: Annotated[str, StringConstraints(min_length=1)]
    """Why, for the auditor."""

    @rule
    def _environments_stand_once(self) -> Iterator[Violation]:
        """An entry names each environment once."""
        yield from stands_once("environments", self.environments)
