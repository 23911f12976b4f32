"""The file in which a person takes responsibility for a finding, for a time."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from environments.loader import validate
from environments.model.access.values import Day
from environments.model.base import EnvironmentName, Model
from environments.problems import InvalidInput
from environments.yaml_source import read
from operations.review.risks import RuleName

DEFAULT = Path("environments") / "review" / "acknowledgements.yaml"

_Line = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class Acknowledgement(Model):
    """One finding that may pass."""

    address: _Line
    """Address that the finding names: of a resource, or plan for the plan as a whole."""
    reason: _Line
    """Why it may pass."""
    who: _Line
    """Who takes responsibility."""
    expires: Day
    """Day from which it counts no more; quoted."""
    environment: EnvironmentName | None = None
    """The environment; any when absent. With it, a review of other environments does not miss it."""
    finding: RuleName | None = None
    """Id of the finding; every finding of the address when absent, also those nobody has seen yet."""


class Acknowledgements(Model):
    """All acknowledgements, of all environments."""

    acknowledgements: Annotated[tuple[Acknowledgement, ...], Field()] = ()
    """The findings that may pass; none when absent."""


def load_acknowledgements(path: Path) -> tuple[Acknowledgement, ...]:
    """Read an acknowledgements file.

    Raises:
        InvalidInput: it cannot be read or is wrong; every mistake with its line.
    """
    checked = validate(read(path, str(path)), Acknowledgements)
    if checked.model is None or checked.problems:
        raise InvalidInput(checked.problems)
    return checked.model.acknowledgements
