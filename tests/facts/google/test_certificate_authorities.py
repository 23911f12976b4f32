"""What an authority costs, and where that is from."""

from __future__ import annotations

from datetime import date

from estate.facts.google.certificate_authorities import AuthorityPrices
from estate.model.fleet.mesh_trust import Tier


def test_each_tier_has_a_price_with_source_and_day() -> None:
    """A number that nobody can look up is none."""
    known = AuthorityPrices.known()

    assert sorted(known.monthly_usd) == sorted(Tier)
    assert known.source.startswith("https://")
    assert known.page.startswith("https://cloud.google.com/")
    assert date.fromisoformat(known.updated) <= date(2026, 12, 1)
    assert known.said("devops", 3).startswith(f"60 USD a month as of {known.updated} ")
