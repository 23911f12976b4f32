"""What stands in a made estate for what nobody told: values that the model takes and no cloud has.

Every line that holds one ends with :data:`MARK` and what to put there, so that it can be found by its text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

MARK: Final = "# PLACEHOLDER: "
"""Begins the comment of such a line."""

PROJECT_NUMBER: Final = 111111111111
"""Number of a project that is not known yet."""

ACCOUNT_ID: Final = "000000000000"
"""Id of an AWS account that is not known yet."""


def project_id(environment: str) -> str:
    """Id of a project that is not known yet; one for each environment, since two may not own one project."""
    return f"placeholder-{environment}"


def still(path: str) -> str:
    """The warning that a placeholder stands at ``path``."""
    return f"{path} is a placeholder still: no cloud has it; put your own value in and take the mark out"


def marked(text: str) -> Iterator[tuple[int, str]]:
    """Every line that holds a placeholder: its number from 1, and what to put there."""
    for number, line in enumerate(text.splitlines(), 1):
        _, mark, what = line.partition(MARK)
        if mark:
            yield number, what
