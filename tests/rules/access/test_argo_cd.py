"""What organization.yaml says of Argo CD and of repositories, and what that needs."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.organization import Organization
from tests.model.access.estates import SEEIENDOM
from tests.model.refusals import refusals

TREE = "https://git.example.com/platform/clusters.git"
REPO = {"url": "https://git.example.com/web/apps.git"}
THERE: dict[str, Any] = {"gitops": {}, "argo_cd": {"repo": TREE}}


def refused(**fields: Any) -> dict[str, str]:
    """What an organization with these fields is refused for."""
    document = {"name": "kl", "domain": "example.com", "promotion": ["dev", "prod"], **fields}
    return refusals(Organization, document)


def team(name: str, **fields: Any) -> dict[str, Any]:
    """A team with a group and a prefix of its own."""
    return {
        **SEEIENDOM,
        "group": f"{name}@example.com",
        "namespace_prefix": f"{name}x-",
        "namespaces": [],
        **fields,
    }


@pytest.mark.parametrize(
    ("fields", "path", "words"),
    [
        ({"argo_cd": {"repo": TREE}}, "argo_cd", "is told by manifests, and there is no tree of them"),
        (
            {"gitops": {}, "argo_cd": {}},
            "argo_cd.repo",
            "must say the URL by which Argo CD reads this repository",
        ),
        ({"gitops": {"applier": "argo_cd"}}, "gitops.applier", "is argo_cd, and nothing says which"),
        (
            {"teams": {"web": team("web", apps_repo=REPO)}},
            "teams.web.apps_repo",
            "there is none; add argo_cd",
        ),
        (
            {"teams": {"web": team("web", argo_group="1")}},
            "teams.web.argo_group",
            "there is none; add argo_cd",
        ),
        (
            {"platform_team": {"group": "ops@example.com", "argo_group": "1"}},
            "platform_team.argo_group",
            "there is none; add argo_cd",
        ),
    ],
    ids=["no tree", "no URL", "no Argo CD", "a repository", "a claim", "the platform's claim"],
)
def test_what_argo_cd_needs_and_what_needs_it(fields: dict[str, Any], path: str, words: str) -> None:
    """Nothing is promised that nothing would make."""
    found = refused(**fields)

    assert list(found) == [path]
    assert words in found[path]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        THERE,
        {"gitops": {"repo": TREE}, "argo_cd": {}},
        {"gitops": {"applier": "argo_cd"}, "argo_cd": {"repo": TREE}},
        {**THERE, "teams": {"web": team("web", apps_repo=REPO), "api": team("api")}},
        {"platform_team": {"group": "ops@example.com"}},
    ],
    ids=[
        "neither",
        "beside another applier",
        "a repository of the tree",
        "the applier",
        "a team",
        "no claim",
    ],
)
def test_what_goes_together(fields: dict[str, Any]) -> None:
    """An Argo CD for teams stands beside any applier."""
    assert refused(**fields) == {}


def test_two_teams_objects_of_one_name() -> None:
    """One would take the other's project; without a repository there is none."""
    further = {**REPO, "further": {"ops": REPO}}
    found = refused(
        **THERE,
        teams={
            "web": team("web", apps_repo=further),
            "web-namespaces": team("webn", apps_repo=REPO),
            "web-apps-ops": team("webo", apps_repo=REPO),
            "web-apps": team("weba"),
            "default": team("def", apps_repo=REPO),
        },
    )

    assert list(found) == [
        "teams.web-namespaces.apps_repo",
        "teams.web-apps-ops.apps_repo",
        "teams.default.apps_repo",
    ]
    assert found["teams.web-namespaces.apps_repo"] == (
        "cannot be brought in by Argo CD under the name web-namespaces, which is taken by web; say another name at the team"
    )
    assert "taken by Argo CD itself" in found["teams.default.apps_repo"]


@pytest.mark.parametrize("name", ["kit", "software"])
def test_a_repository_that_is_called_as_the_platform_s_applications(name: str) -> None:
    """A set writes over whichever application has the name."""
    further = {name: REPO, "ops": REPO}

    found = refused(**THERE, teams={"web": team("web", apps_repo={**REPO, "further": further})})

    assert list(found) == [f"teams.web.apps_repo.further.{name}"]


@pytest.mark.parametrize(
    ("repo", "path"),
    [
        ({"url": "git@git.example.com:platform/clusters"}, "url"),
        ({**REPO, "further": {"ops": {"url": TREE}, "more": {"url": f"{TREE}x"}}}, "further.ops.url"),
    ],
    ids=["the first one", "a further one"],
)
def test_a_team_does_not_write_the_platform_s_tree(repo: dict[str, Any], path: str) -> None:
    """By whichever URL the tree is meant."""
    found = refused(**THERE, teams={"web": team("web", apps_repo=repo), "other": team("other")})

    assert list(found) == [f"teams.web.apps_repo.{path}"]
    assert found[f"teams.web.apps_repo.{path}"].startswith(
        "must not be the repository of the platform's tree"
    )
