"""What the google section says of itself, beside its parts."""

from __future__ import annotations

import pytest

from estate.model.google.google import GoogleConfig
from tests.model.google.documents import GOOGLE
from tests.model.refusals import refusals


@pytest.mark.parametrize("version", ["7.45.0", "6.50.0"])
def test_takes_a_proven_provider(version: str) -> None:
    """The default, and the way back."""
    assert refusals(GoogleConfig, {**GOOGLE, "provider_version": version}) == {}


@pytest.mark.parametrize("version", ["7.44.0", "~> 7.0", ""])
def test_refuses_a_provider_that_nobody_proved(version: str) -> None:
    """What the stacks say may be unknown to it, and what it does with them nobody has seen."""
    assert refusals(GoogleConfig, {**GOOGLE, "provider_version": version}) == {
        "provider_version": f"must be one of 7.45.0, 6.50.0, got {version}; leave it out for 7.45.0, or add a proven one "
        "to estate/facts/providers.json"
    }
