"""The files in which people take responsibility for findings of a gate, for a time."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import StringConstraints

from estate.model.access.values import Day
from estate.model.base import EnvironmentName, Model
from estate.model.words import Words
from estate.reading.loader import validate
from estate.reading.paths import shown
from estate.reading.yaml_source import read

FindingId = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][-a-z0-9]{2,49}$"),
    Words("3 to 50 lower-case letters, digits and hyphens, a letter first"),
]
"""What findings of one kind are called, which acknowledgements may name."""

_Line = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class Acknowledgement(Model):
    """One finding that may pass."""

    address: _Line
    """Address that the finding names: of a resource, of a line in an environment's file, or plan for a plan as a
    whole."""
    reason: _Line
    """Why it may pass."""
    who: _Line
    """Who takes responsibility."""
    expires: Day
    """Day from which it counts no more; quoted."""
    environment: EnvironmentName | None = None
    """The environment; any when absent. With it, a review of other environments does not miss it."""
    finding: FindingId | None = None
    """Id of the finding; every finding of the address when absent, also those nobody has seen yet."""

    @property
    def word(self) -> str:
        """Who says so, until when and why."""
        return f"{self.who} until {self.expires}: {self.reason}"

    def covers(self, environment: str, address: str, finding: str) -> bool:
        """Whether it is about a finding."""
        return (
            self.address == address
            and self.environment in {None, environment}
            and self.finding in {None, finding}
        )

    def is_expired(self, today: date) -> bool:
        """Whether its day has begun."""
        return date.fromisoformat(self.expires) <= today


class Acknowledgements(Model):
    """All acknowledgements of one gate, of all environments."""

    acknowledgements: tuple[Acknowledgement, ...] = ()
    """The findings that may pass; none when absent."""


def load_acknowledgements(path: Path, *, may_be_absent: bool = False) -> tuple[Acknowledgement, ...]:
    """Read an acknowledgements file.

    Args:
        path: the file.
        may_be_absent: whether no file means no acknowledgement.

    Raises:
        InvalidInput: it cannot be read or is wrong; every mistake with its line.
    """
    if may_be_absent and not path.exists():
        return ()
    return validate(read(path, shown(path), may_be_empty=True), Acknowledgements).whole().acknowledgements
