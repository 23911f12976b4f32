"""Rows of what Argo CD lets people do, counted against what it is told."""

from __future__ import annotations

import pytest

from estate.derived.clusters.contents import clusters
from estate.model.gitops import Applier
from operations.check.access import what_may, who_can
from tests.manifests.example_tree import teams_objects, with_teams_repositories, with_tree

BY_HAND = "hand, with kubectl (hybrid prerequisites prod)"


@pytest.mark.parametrize("applier", [Applier.ARGO_CD, Applier.NONE])
def test_every_role_of_a_project_has_its_row_in_its_cluster(applier: Applier) -> None:
    """And no row is there that no project has."""
    whole = with_teams_repositories(applier)
    made: dict[str, set[str]] = {}
    for name, found in teams_objects(applier).items():
        _, environment, cluster, *_ = name.split("/")
        for one in found:
            if one["kind"] == "AppProject" and "roles" in one["spec"]:
                made.setdefault(f"{environment}/{cluster}", set()).add(one["metadata"]["name"])

    said = {
        cluster: {row.who for row in who_can(whole, cluster) if row.through == "Argo CD"} - {"platform"}
        for cluster in made
    }

    assert len(made) == len(list(clusters(whole, list(whole.environments))))
    assert said == made


def test_a_team_sees_its_scope_the_tree_and_argo_cd() -> None:
    """Three ways, one level."""
    rows = what_may(with_teams_repositories("argo_cd"), "seeiendom", ["prod"])

    found = [(row.role, row.through, row.where, row.made_by) for row in rows][-3:]
    assert found == [
        (
            "view",
            "role binding",
            "namespaces seeiendom-api, seeiendom-web; clusters apps, data, cloud, aws",
            "the tree, by Argo CD",
        ),
        (
            "view",
            "Argo CD",
            "project seeiendom, for 4f7a; clusters apps, data, cloud, aws",
            "the tree, by Argo CD",
        ),
        (
            "view",
            "role binding",
            "namespaces seeiendom-* that https://git.example.com/seeiendom/apps.git makes; clusters apps, data, cloud, aws",
            "the tree, by Argo CD; the kit by Argo CD",
        ),
    ]


def test_the_platform_administers_each_argo_cd_by_hand() -> None:
    """Whoever applies the tree; where nobody signs in, nobody does."""
    [row] = [
        row
        for row in what_may(with_teams_repositories("none"), "platform", ["prod"])
        if row.through == "Argo CD"
    ]

    assert (row.role, row.where, row.made_by) == ("role:admin", "clusters apps, data, cloud, aws", BY_HAND)
    assert not [
        row for row in what_may(with_tree("argo_cd"), "platform", ["prod"]) if row.through == "Argo CD"
    ]


def test_one_cluster_shows_its_own() -> None:
    """Not those of others."""
    found = [row for row in who_can(with_teams_repositories("none"), "prod/aws") if row.through == "Argo CD"]

    assert {row.where.rpartition("clusters ")[2] for row in found} == {"aws"}
