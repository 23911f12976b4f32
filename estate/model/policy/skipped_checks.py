"""Checks of checkov that are asked of nothing here: this project's own ones, and `environments/policy/skipped_checks.yaml`.

For what is wrong about a check itself. What one resource may break is a waiver. Left out: rules of this
project, which are mended instead.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from estate.model.base import Model
from estate.model.words import Words

CheckId = Annotated[
    str,
    StringConstraints(pattern=r"^CKV2?(_[A-Z0-9]+)+$"),
    Words("the id of a check of checkov, such as CKV_AWS_135"),
]
"""Id of a check of checkov."""


class SkippedChecks(Model):
    """Every check that is skipped everywhere."""

    skipped_checks: dict[CheckId, Annotated[str, StringConstraints(min_length=1)]] = {}
    """Why, by the check's id."""
