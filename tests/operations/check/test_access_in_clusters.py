"""Rows of what the tree of manifests makes, counted against the tree itself."""

from __future__ import annotations

import pytest

from estate.derived.clusters.contents import clusters
from estate.model.environment import Environment
from estate.model.gitops import Applier
from operations.check.access import what_may, who_can
from tests.manifests.example_tree import objects, with_tree, without_tree
from tests.model.access.estates import SEEIENDOM, estate, organization
from tests.model.google.documents import ENVIRONMENT

BY_HAND = "hand, with kubectl (hybrid prerequisites prod)"


@pytest.mark.parametrize("applier", [Applier.ARGO_CD, Applier.NONE])
def test_every_binding_of_the_tree_has_its_row_in_its_cluster(applier: Applier) -> None:
    """And no row is there that no binding makes."""
    whole = with_tree(applier)
    made: dict[str, set[tuple[str, str, str]]] = {}
    for name, found in objects(whole).items():
        _, environment, cluster, *_ = name.split("/")
        for one in found:
            if one["kind"] in {"RoleBinding", "ClusterRoleBinding"}:
                [subject] = one["subjects"]
                through = "role binding" if one["kind"] == "RoleBinding" else "cluster role binding"
                row = (subject["name"], one["roleRef"]["name"], through)
                made.setdefault(f"{environment}/{cluster}", set()).add(row)

    said = {
        cluster: {
            (row.address, row.role, row.through)
            for row in who_can(whole, cluster)
            if row.through in {"role binding", "cluster role binding"}
        }
        for cluster in made
    }

    assert len(made) == len(list(clusters(whole, list(whole.environments))))
    assert said == made


def test_who_brings_it_is_said() -> None:
    """Argo CD, or a person by the commands that prerequisites print; clusters of one maker stand together."""
    by_argo_cd, by_hand = (
        [row for row in what_may(with_tree(one), "seeiendom", ["prod"]) if row.through == "role binding"]
        for one in ("argo_cd", "none")
    )

    assert [(row.role, row.where, row.made_by) for row in by_argo_cd] == [
        (
            "view",
            "namespaces seeiendom-api, seeiendom-web; clusters apps, data, cloud, aws",
            "the tree, by Argo CD",
        )
    ]
    assert [row.made_by for row in by_hand] == [BY_HAND]
    assert what_may(with_tree("none"), "platform", ["prod"])[-2].made_by == BY_HAND


def test_one_cluster_shows_its_own() -> None:
    """Not what the team may do in the others."""
    found = [row for row in who_can(with_tree("argo_cd"), "prod/aws") if row.through == "role binding"]

    assert {row.where.partition("; ")[2] for row in found} == {"clusters aws"}


def test_config_sync_brings_what_it_reads() -> None:
    """One cluster reads its folder, the other one something else."""
    git = {"repo": "https://git.example.com/c.git", "secret_type": "none"}
    feature = {
        "git": {**git, "directory": "elsewhere"},
        "clusters": {"apps": {"git": {**git, "directory": "clusters/dev/apps/synced"}}},
    }
    one = Environment.model_validate({**ENVIRONMENT, "fleet": {"features": {"config_sync": feature}}})
    team = {**SEEIENDOM, "access": {"dev": "edit"}}
    gitops = {"applier": "config_sync"}
    whole = estate(organization(promotion=("dev",), teams={"web": team}, gitops=gitops), one)

    found = [row for row in what_may(whole, "web", ["dev"]) if row.through == "role binding"]

    assert [(row.where, row.made_by) for row in found] == [
        ("namespaces seeiendom-web; clusters apps", "the tree, by Config Sync"),
        ("namespaces seeiendom-web; clusters cloud", "hand, with kubectl (hybrid prerequisites dev)"),
    ]


def test_a_role_that_nobody_makes_is_said_beside_what_binds_it() -> None:
    """A scope's binding to a role that is not there gives nothing."""
    [scoped] = [row for row in what_may(without_tree(), "grunnbok", ["prod"]) if row.through == "scope RBAC"]
    [made] = [row for row in what_may(with_tree("none"), "grunnbok", ["prod"]) if row.through == "scope RBAC"]

    assert scoped.made_by == "prod; ClusterRole workload-restarter by hand (hybrid prerequisites prod)"
    assert made.made_by == "prod"
