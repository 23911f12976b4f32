"""Where a hub may be."""

from __future__ import annotations

from typing import Any

import pytest

from estate.facts.google.transit import ASK
from estate.model.environment import Environment
from tests.model.refusals import refusals
from tests.model.vmware.documents import changed
from tests.model.vpn.documents import ENVIRONMENT

HUB: dict[str, Any] = changed(ENVIRONMENT, vpn__transit_by="hub")
ELSEWHERE = "europe-west3"


@pytest.mark.parametrize(
    "document",
    [
        HUB,
        changed(HUB, google__region=ELSEWHERE, vpn__transit_location_checked="2026-11-30"),
        changed(ENVIRONMENT, google__region=ELSEWHERE),
    ],
    ids=["known", "asked", "by advertisements"],
)
def test_a_hub_is_where_google_offers_one(document: dict[str, Any]) -> None:
    """Known by a page of Google's, or to somebody who asked; advertisements go anywhere."""
    assert "vpn.transit_by" not in refusals(Environment, document)


@pytest.mark.parametrize("by", ["hub", "both"])
def test_a_hub_elsewhere_is_refused(by: str) -> None:
    """With what asks Google, since the list is not whole."""
    said = refusals(Environment, changed(HUB, google__region=ELSEWHERE, vpn__transit_by=by))["vpn.transit_by"]

    assert f"got google.region {ELSEWHERE}" in said
    assert "europe-north1" in said
    assert said.endswith(ASK)
