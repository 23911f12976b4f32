"""What people wrote about findings: waivers, and checks of checkov that are not asked.

Both stand in environments/policy/; checks that are wrong about what this project makes come with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from estate.model.policy.skipped_checks import SkippedChecks
from estate.model.policy.waivers import Waivers
from estate.reading.loader import validate
from estate.reading.paths import shown
from estate.reading.problems import InvalidInput, Problem
from estate.reading.yaml_source import Source, empty_source, examine

FOLDER = "policy"
WAIVERS = "waivers.yaml"
SKIPPED = "skipped_checks.yaml"

_OF_THE_PROJECT = Path(__file__).parent / SKIPPED

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class PolicyFiles:
    """What people wrote about findings.

    Attributes:
        waivers: findings that may stay for a time.
        waivers_source: their file, for the line of each.
        skipped: why a check is skipped, by its id: this project's and the estate's.
        not_counting: positions of waivers that waive nothing.
    """

    waivers: Waivers
    waivers_source: Source
    skipped: dict[str, str]
    not_counting: frozenset[int] = frozenset()


def read_policy_files(folder: Path) -> PolicyFiles:
    """Read the files; one that is not there says nothing.

    Args:
        folder: the folder of the environment files.

    Raises:
        InvalidInput: a file cannot be read or says what it cannot say; all problems of both.
    """
    problems: list[Problem] = []
    source, waivers = _read(folder / FOLDER / WAIVERS, Waivers(), problems)
    _, everywhere = _read(_OF_THE_PROJECT, SkippedChecks(), problems)
    _, skipped = _read(folder / FOLDER / SKIPPED, SkippedChecks(), problems)
    if problems:
        raise InvalidInput(problems)
    return PolicyFiles(waivers, source, {**everywhere.skipped_checks, **skipped.skipped_checks})


def _read(path: Path, nothing: M, problems: list[Problem]) -> tuple[Source, M]:
    display = shown(path)
    if not path.exists():
        return empty_source(display), nothing
    source, found = examine(path, display, may_be_empty=True)
    problems += found
    if source is None:
        return empty_source(display), nothing
    validated = validate(source, type(nothing))
    problems += validated.problems
    return source, validated.model or nothing
