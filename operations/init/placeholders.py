"""What stands in a made estate for what nobody told: values that the model takes and no cloud has.

Every line that holds one ends with ``MARK`` of :mod:`estate.reading.placeholders` and what to put there; a test holds
that each value is known there for a placeholder, marked or not.
"""

from __future__ import annotations

from typing import Final

PROJECT_NUMBER: Final = 111111111111
"""Number of a project that is not known yet."""

ACCOUNT_ID: Final = "000000000000"
"""Id of an AWS account that is not known yet."""


def project_id(environment: str) -> str:
    """Id of a project that is not known yet; one for each environment, since two may not own one project."""
    return f"placeholder-{environment}"
