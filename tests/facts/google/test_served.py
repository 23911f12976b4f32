"""What the restricted address serves."""

from __future__ import annotations

from datetime import date

import pytest

from estate.facts.google.served import Served


@pytest.mark.parametrize(
    ("host", "lacks"),
    [
        ("container.googleapis.com", False),
        ("iam.googleapis.com", False),
        ("anthos.googleapis.com", True),
        ("europe-north1-gkeconnect.googleapis.com", True),
        ("accounts.google.com", False),
    ],
)
def test_what_is_not_listed_is_not_served(host: str, *, lacks: bool) -> None:
    """An endpoint of a listed service is asked by the service's name; other domains are not asked at all."""
    assert Served.by_restricted().lacks(host) is lacks


def test_the_list_says_where_and_when_it_was_read() -> None:
    """Google adds to it every month."""
    served = Served.by_restricted()

    assert served.source.startswith("https://docs.cloud.google.com/vpc-service-controls/")
    assert date.fromisoformat(served.updated) < date(2026, 12, 1)
    assert len(served.names) > 200
