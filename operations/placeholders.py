"""Placeholders: what is said of them, and the refusal to deploy them.

Deploying gives whoever holds the other half of a published key the machines, and whoever owns a published account the
trust; where that cannot happen, an emulator or a test, :data:`VARIABLE` says so.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Final

from estate.derived.stack_plan import environment_of
from estate.model.estate import Estate
from estate.model.placeholder import Placeholder
from estate.reading.estate_loader import load_estate
from estate.reading.problems import InvalidInput, Problem
from operations.texts.counting import count

VARIABLE: Final = "HYBRID_DEPLOY_PLACEHOLDERS"
"""Environment variable that lets placeholders be deployed, when it has the value ``emulator``."""

_ALLOWED: Final = "emulator"


def each(estate: Estate, environment: str) -> Iterator[str]:
    """Yield a sentence about each placeholder of an environment, what all share first."""
    for one in estate.placeholders_of([environment]):
        path = f"{one.path} " if one.path else ""
        yield f"{one.file}:{one.line}: {path}{one.message}"


def summed(estate: Estate, environments: Collection[str]) -> Iterator[str]:
    """Yield one sentence about all placeholders of environments, none when there are none."""
    found = estate.placeholders_of(environments)
    if found:
        files = Counter(Path(one.file).name for one in found)
        where = ", ".join(f"{number} in {file}" for file, number in files.items())
        first = next(name for name in estate.environments if name in environments)
        yield (
            f"{count(len(found), 'placeholder', 'placeholders')}, with which nothing is deployed: hybrid check {first} names "
            f"each ({where})"
        )


def refuse_placeholders(folder: Path, stacks: Collection[str]) -> None:
    """Refuse to deploy placeholders.

    Args:
        folder: the folder of the environment files.
        stacks: the stacks that would be planned or applied.

    Raises:
        InvalidInput: every placeholder of their environments; or the files cannot be read or are wrong.
    """
    if not is_emulated():
        problems = refusals(load_estate(folder), stacks)
        if problems:
            raise InvalidInput(problems)


def refusals(estate: Estate, stacks: Collection[str]) -> Sequence[Problem]:
    """Every placeholder of the stacks' environments, with its place, and at the end what they have in common."""
    found = estate.placeholders_of({environment_of(stack) for stack in stacks})
    return [*map(_problem, found), *_together(found)]


def is_emulated() -> bool:
    """Whether what is deployed goes to an emulator."""
    return os.environ.get(VARIABLE) == _ALLOWED


def _problem(one: Placeholder) -> Problem:
    return Problem(one.file, one.line, one.column, one.path, one.message)


def _together(found: Sequence[Placeholder]) -> Iterator[Problem]:
    if found:
        message = (
            f"must be {_ALLOWED} for placeholders to be deployed, which is for emulators and tests; for anything else put "
            "your own values where they stand"
        )
        yield Problem.of_file(VARIABLE, message)
