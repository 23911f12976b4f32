"""Why a field of somebody else's file is not carried over, from a table of fields."""

from __future__ import annotations

from collections.abc import Mapping

from estate.model.rules import Path


def why_of(known: Mapping[str, str], path: Path) -> str | None:
    """What a table says of a field, or of what is nearest around it; None when it knows neither.

    Args:
        known: reasons by field, with dots between keys and `*` for positions of lists; whatever their case.
        path: where the field stands.
    """
    by_lower_case = {pattern.lower(): why for pattern, why in known.items()}
    parts = ["*" if isinstance(part, int) else part.lower() for part in path]
    above = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((by_lower_case[place] for place in above if place in by_lower_case), None)
