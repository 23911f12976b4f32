"""What each cluster's Argo CD is told."""

from __future__ import annotations

from typing import Any

import pytest

from estate.derived.access.grants import Binding, grants
from estate.derived.clusters.argo_cd import ArgoCdContents, Source, Syncing, syncing
from estate.derived.clusters.contents import clusters
from estate.model.access.values import AccessLevel
from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.fleet.argo_cd import ArgoCdInstances
from tests.manifests.example_tree import TREE_URL, with_teams_repositories, with_tree
from tests.model.access.estates import SEEIENDOM, environment, estate, organization
from tests.model.google.documents import ENVIRONMENT


def told(whole: Estate, name: str) -> ArgoCdContents:
    """What the Argo CD of an environment's first cluster is told."""
    first = next(clusters(whole, [name])).argo_cd
    assert first is not None
    return first


def test_a_team_s_level_and_role_are_those_of_its_scope() -> None:
    """In every environment, so that all ways into a cluster give the same."""
    whole = with_teams_repositories("none")

    by_scope = {
        (grant.holder, grant.scope, grant.role)
        for grant in grants(whole)
        if grant.binding is Binding.SCOPE_RBAC
    }
    by_argo_cd = {
        (one.environment, team.kit.team, team.kit.role)
        for one in clusters(whole, list(whole.environments))
        for team in (one.argo_cd.teams if one.argo_cd else ())
    }

    assert by_argo_cd
    assert by_argo_cd == by_scope


def test_a_team_with_a_repository() -> None:
    """Its directory names the environment, because clusters of two may have one key; its claim is what the provider says."""
    grunnbok, seeiendom = told(with_teams_repositories("none"), "prod").teams

    assert (grunnbok.group, seeiendom.group) == ("grunnbok@example.com", "4f7a")
    assert (grunnbok.level, grunnbok.kit.role) == (AccessLevel.EDIT, "workload-restarter")
    assert seeiendom.directory == "env/prod/apps"
    assert seeiendom.kit_path == "clusters/prod/apps/teams/seeiendom/kit"
    assert seeiendom.listed == ("seeiendom-api", "seeiendom-web")
    assert seeiendom.sources == (
        Source("", "https://git.example.com/seeiendom/apps.git", "main"),
        Source("ops", "git@git.example.com:seeiendom/ops.git", "stable"),
    )
    assert seeiendom.kit.name == ""


def test_a_renamed_team_keeps_the_names_of_its_objects() -> None:
    """Another name would be another set, and the applications of the old one would go."""
    team = {**SEEIENDOM, "name": "old", "apps_repo": {"url": "https://git.example.com/a.git"}}
    teams = {
        "new": team,
        "other": {**SEEIENDOM, "group": "other@example.com", "namespace_prefix": "o-", "namespaces": []},
    }
    shared = organization(
        promotion=("dev",),
        teams=teams,
        gitops={"repo": TREE_URL, "path": "tree"},
        argo_cd={"revision": "live"},
    )

    found = told(estate(shared, Environment.model_validate(ENVIRONMENT)), "dev")

    [one] = found.teams
    assert (one.kit.team, one.kit.label, one.kit_path) == ("new", "old", "tree/dev/apps/teams/old/kit")
    assert found.tree == Source("", TREE_URL, "live")
    assert (found.url, found.sign_in, found.administrators) == ("", None, None)


def test_argo_cd_applies_the_folder_where_it_is_said() -> None:
    """Beside another applier it is for teams alone."""
    by_argo_cd, by_hand = (told(with_teams_repositories(one), "dev") for one in ("argo_cd", "none"))

    assert (by_argo_cd.synced, by_hand.synced) == ("clusters/dev/apps/synced", None)
    assert by_hand.administrators == "platform@example.com"
    assert by_hand.url == "https://argo-dev-apps.example.com"


def test_the_platform_s_group_as_the_provider_says_it() -> None:
    """Where that is not its address."""
    shared = organization(
        promotion=("dev",),
        platform_team={"group": "platform@example.com", "argo_group": "77"},
        gitops={},
        argo_cd={"repo": TREE_URL},
    )

    assert told(estate(shared, Environment.model_validate(ENVIRONMENT)), "dev").administrators == "77"


def test_where_there_is_none() -> None:
    """No section says so."""
    assert {one.argo_cd for one in clusters(with_tree("none"), ["dev"])} == {None}


@pytest.mark.parametrize(
    ("name", "said", "expected"),
    [
        ("dev", {}, Syncing(automated=True, prune=True, self_heal=True)),
        ("prod", {}, Syncing(automated=False, prune=False, self_heal=False)),
        ("prod", {"autosync": True}, Syncing(automated=True, prune=True, self_heal=True)),
        ("prod", {"autosync": True, "prune": False}, Syncing(automated=True, prune=False, self_heal=True)),
        ("dev", {"self_heal": False}, Syncing(automated=True, prune=True, self_heal=False)),
        ("dev", {"autosync": False}, Syncing(automated=False, prune=False, self_heal=False)),
    ],
    ids=["by default", "last by default", "last", "kept", "by hand left", "by hand"],
)
def test_what_it_does_by_itself(name: str, said: dict[str, Any], expected: Syncing) -> None:
    """On, but in the last environment of promotion."""
    assert syncing(organization(), name, ArgoCdInstances(**said)) == expected
    assert environment(name, fleet={"argo_cd": said}).fleet is not None
