"""The regions that are known to transfer data between sites."""

from __future__ import annotations

import re
from datetime import date

from estate.facts.google.transit import Transit


def test_each_region_says_what_proves_it() -> None:
    """One a line, in order, read on a day."""
    known = Transit.between_sites()

    assert list(known.regions) == sorted(known.regions)
    assert all(re.fullmatch(r"[a-z]+-[a-z]+[0-9]+", region) for region in known.regions)
    assert all(proof.strip() for proof in known.regions.values())
    assert date.fromisoformat(known.read) >= date(2026, 11, 30)
    assert known.source.endswith("/concepts/locations")
