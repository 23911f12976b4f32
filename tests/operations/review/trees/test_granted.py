"""What the environment files grant, as the rules for bindings compare it."""

from __future__ import annotations

from operations.review.trees.granted import granted
from tests.manifests.example_tree import with_teams_repositories


def test_a_team_s_role_stands_in_its_namespaces_and_in_its_kit() -> None:
    """In the kit without a namespace: Argo CD puts it into each that the team makes."""
    assert granted(with_teams_repositories("argo_cd"), "dev", "apps") == {
        ("", "grunnbok-batch", "ClusterRole admin", "Group grunnbok@example.com"),
        ("", "seeiendom-api", "ClusterRole edit", "Group seeiendom@example.com"),
        ("", "seeiendom-web", "ClusterRole edit", "Group seeiendom@example.com"),
        ("teams/grunnbok/kit", "", "ClusterRole admin", "Group grunnbok@example.com"),
        ("teams/seeiendom/kit", "", "ClusterRole edit", "Group seeiendom@example.com"),
    }
