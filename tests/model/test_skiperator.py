"""What files say of Skiperator, and what is refused of it."""

from __future__ import annotations

import pytest

from estate.model.skiperator import SkiperatorConfig
from tests.model.refusals import refusals


def test_by_itself_it_keeps_applications_out_of_nodes() -> None:
    """And nothing else has to be said."""
    config = SkiperatorConfig.model_validate({})

    assert (config.clusters, config.nodes_are_reachable, config.webhooks) == ((), False, False)


@pytest.mark.parametrize("key", ["clusters", "excluded_namespaces"])
def test_what_is_listed_stands_once(key: str) -> None:
    """Twice is a mistake of somebody's."""
    assert list(refusals(SkiperatorConfig, {key: ["apps", "apps"]})) == [f"{key}.1"]


def test_what_it_cannot_be_told_is_refused() -> None:
    """It refuses keys that it does not know, and would not start."""
    assert list(refusals(SkiperatorConfig, {"registries": []})) == ["registries"]
    assert list(refusals(SkiperatorConfig, {"excluded_namespaces": ["Kube_System"]})) == [
        "excluded_namespaces.0"
    ]
