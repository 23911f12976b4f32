"""Where Skiperator can be, and what makes its configuration."""

from __future__ import annotations

from typing import Any

from estate.model.environment import Environment
from estate.rules.skiperator import skiperator_has_a_tree
from tests.model.access.estates import estate, organization
from tests.model.google.documents import ENVIRONMENT
from tests.model.refusals import refusals


def refused(skiperator: dict[str, Any]) -> dict[str, str]:
    """What is wrong with an environment that has it."""
    return refusals(Environment, {**ENVIRONMENT, "skiperator": skiperator})


def test_it_is_in_members_on_vmware_and_in_google_cloud() -> None:
    """All of them, or those that are named."""
    assert refused({}) == {}
    assert refused({"clusters": ["apps", "cloud"]}) == {}
    assert refused({"clusters": ["apps", "app"]}) == {
        "skiperator.clusters.1": "must be a member among vmware.user_clusters and google.gke_clusters: apps, cloud; got app"
    }


def test_its_configuration_needs_a_tree() -> None:
    """Nothing else would make it."""
    one = Environment.model_validate({**ENVIRONMENT, "skiperator": {}})

    def broken(**fields: Any) -> list[tuple[str | int, ...]]:
        whole = estate(organization(promotion=("dev",), **fields), one)
        return [found.path for found in skiperator_has_a_tree(whole)]

    assert broken() == [("dev", "skiperator")]
    assert broken(gitops={}) == []
