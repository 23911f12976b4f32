"""The file in which a person takes responsibility for a step out of turn, for a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Final

from pydantic import StringConstraints

from environments.loader import validate
from environments.model.access.values import Day
from environments.model.base import EnvironmentName, Key, Model
from environments.paths import shown
from environments.problems import InvalidInput
from environments.yaml_source import examine
from operations.promotion.compare import Finding

FILE: Final = Path("promotion") / "acknowledgements.yaml"
"""Where the file stands, below the folder of the environment files."""

_Line = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class Acknowledgement(Model):
    """One finding that may pass."""

    address: _Line
    """Dotted path that the finding names, such as vmware.user_clusters.apps.version."""
    reason: _Line
    """Why it may pass."""
    who: _Line
    """Who takes responsibility."""
    expires: Day
    """Day from which it counts no more; quoted."""
    environment: EnvironmentName | None = None
    """The environment; any when absent."""
    finding: Key | None = None
    """Id of the finding; every finding of the address when absent."""

    def covers(self, finding: Finding) -> bool:
        """Whether it is about a finding."""
        return (
            self.address == finding.address
            and self.environment in {None, finding.environment}
            and self.finding in {None, finding.rule}
        )


class Acknowledgements(Model):
    """All acknowledgements."""

    acknowledgements: tuple[Acknowledgement, ...] = ()
    """The findings that may pass; none when absent."""


@dataclass(frozen=True)
class Verdict:
    """What stands in the way.

    Attributes:
        open: findings that nobody took responsibility for.
        acknowledged: findings that somebody did, with who, until when and why.
        stale: acknowledgements that have to go, each with the reason.
    """

    open: tuple[Finding, ...]
    acknowledged: tuple[tuple[Finding, str], ...]
    stale: tuple[str, ...]

    @property
    def passes(self) -> bool:
        """Whether nothing stands in the way."""
        return not (self.open or self.stale)


def load_acknowledgements(path: Path, *, may_be_absent: bool) -> tuple[Acknowledgement, ...]:
    """Read the acknowledgements.

    Args:
        path: the file.
        may_be_absent: whether no file means no acknowledgement.

    Raises:
        InvalidInput: it cannot be read or is wrong; every mistake with its line.
    """
    if may_be_absent and not path.exists():
        return ()
    source, problems = examine(path, shown(path), may_be_empty=True)
    if source is None or problems:
        raise InvalidInput(problems)
    checked = validate(source, Acknowledgements)
    if checked.model is None or checked.problems:
        raise InvalidInput(checked.problems)
    return checked.model.acknowledgements


def judge(findings: Sequence[Finding], words: Sequence[Acknowledgement], today: date) -> Verdict:
    """Hold findings against acknowledgements; expired and unused ones stand in the way themselves."""
    valid = [word for word in words if date.fromisoformat(word.expires) > today]
    acknowledged = [
        (finding, f"{word.who} until {word.expires}: {word.reason}")
        for finding in findings
        for word in [next((one for one in valid if one.covers(finding)), None)]
        if word
    ]
    passed = [finding for finding, _ in acknowledged]
    stale = [
        f"{word.address}: the acknowledgement by {word.who} {problem}"
        for word in words
        if (problem := _problem(word, findings, valid=word in valid))
    ]
    return Verdict(tuple(one for one in findings if one not in passed), tuple(acknowledged), tuple(stale))


def _problem(word: Acknowledgement, findings: Sequence[Finding], *, valid: bool) -> str:
    if not valid:
        return f"expired on {word.expires}; take it out, or have somebody give a new one"
    used = any(word.covers(finding) for finding in findings)
    return "" if used else "is not needed; take it out, or correct its address"
