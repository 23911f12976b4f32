"""What in the environment files has ended, or soon will, by the date of a review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from estate.model.estate import Estate
from operations.review.findings import Finding
from operations.review.risks import Risks
from operations.review.rules import finding

_SOON = timedelta(days=14)
_LONGEST = timedelta(days=366)
"""What is longer is no emergency."""


def expiries(estate: Estate, environment: str, today: date, risks: Risks) -> Iterator[Finding]:
    """Judge the last days that an environment's files name.

    Args:
        estate: the environment files.
        environment: its name.
        today: the date of the review.
        risks: the rules.
    """
    for key, person in estate.organization.break_glass.items():
        if environment not in person.environments:
            continue
        ends = date.fromisoformat(str(person.expires))
        path = f"organization.yaml: break_glass.{key}"
        detail = f"{person.user} until {ends.isoformat()} ({person.reason})"
        if ends <= today:
            yield finding("expired", risks.fixed.expired, path, detail)
        elif ends > today + _LONGEST:
            yield finding("expires-late", risks.fixed.expires_late, path, detail)
        elif ends <= today + _SOON:
            yield finding("expires-soon", risks.fixed.expires_soon, path, detail)
