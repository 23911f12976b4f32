"""What Config Sync may read where somebody else applies the tree."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.environment import Environment
from estate.model.rules import broken_rules
from tests.model.access.estates import environment, estate, organization
from tests.model.google.documents import ENVIRONMENT

TREE = "https://git.example.com/platform/clusters.git"
OTHER = "https://git.example.com/platform/policies.git"
AT = "dev.fleet.features.config_sync"


def refused(
    gitops: dict[str, Any] | None,
    git: dict[str, Any],
    *,
    argo_cd: str | None = None,
    **clusters: dict[str, Any],
) -> dict[str, str]:
    """What dev is refused for, whose Config Sync reads this."""
    argo: dict[str, Any] = {"argo_cd": {"repo": argo_cd}} if argo_cd else {}
    shared = organization(gitops=gitops, **argo)
    own = {key: {"git": {"secret_type": "none", **said}} for key, said in clusters.items()}
    feature = {"git": {"secret_type": "none", **git}, "clusters": own}
    dev = Environment.model_validate({**ENVIRONMENT, "fleet": {"features": {"config_sync": feature}}})
    return {
        ".".join(map(str, violation.path)): violation.message
        for violation in broken_rules(estate(shared, dev, environment("prod", fleet=None)))
        if violation.path[-1] == "directory"
    }


@pytest.mark.parametrize("applier", ["none", "argo_cd"])
def test_the_whole_tree_is_read_by_no_cluster(applier: str) -> None:
    """As it would be when the applier changes from config_sync, which names no folder."""
    found = refused({"applier": applier}, {"repo": TREE}, argo_cd=TREE)

    assert list(found) == [f"{AT}.git.directory"]
    assert (
        f"the whole of {TREE}, a repository of the tree, and gitops.applier is {applier}"
        in found[f"{AT}.git.directory"]
    )


@pytest.mark.parametrize("folder", ["clusters", "./clusters/", ".", "config/../clusters"])
def test_a_folder_that_holds_the_tree(folder: str) -> None:
    """At it or above it, however it is written."""
    found = refused({"repo": TREE}, {"repo": "git@git.example.com:platform/clusters", "directory": folder})

    assert found[f"{AT}.git.directory"].startswith(f"must not hold clusters, got {folder}:")


def test_settings_of_one_cluster() -> None:
    """Stand in place of the fleet's."""
    found = refused({"repo": TREE}, {"repo": OTHER}, apps={"repo": TREE})

    assert list(found) == [f"{AT}.clusters.apps.git.directory"]


def test_a_tree_whose_url_nobody_says() -> None:
    """May be what is read; a folder that is named was chosen."""
    found = refused({}, {"repo": TREE})

    assert "that may be the tree's" in found[f"{AT}.git.directory"]
    assert refused({}, {"repo": TREE, "directory": "policies"}) == {}


@pytest.mark.parametrize(
    ("gitops", "git"),
    [
        (None, {"repo": TREE}),
        ({"applier": "config_sync"}, {"repo": TREE}),
        ({"repo": TREE}, {"repo": OTHER}),
        ({"repo": TREE}, {"repo": TREE, "directory": "policies"}),
        ({"repo": TREE}, {"repo": TREE, "directory": "clusters-of-before"}),
    ],
    ids=["no tree", "its applier", "another repository", "beside it", "its name goes on"],
)
def test_what_may_be_read(gitops: dict[str, Any] | None, git: dict[str, Any]) -> None:
    """Whatever holds no manifests of other clusters."""
    assert refused(gitops, git) == {}


def test_an_image_is_no_tree() -> None:
    """It is built of whatever somebody puts into it."""
    feature = {"oci": {"repo": "europe-north1-docker.pkg.dev/p/config/cluster", "secret_type": "none"}}
    dev = environment("dev", fleet={"features": {"config_sync": feature}})

    found = broken_rules(estate(organization(gitops={}), dev, environment("prod")))

    assert [one for one in found if one.path[-1] == "directory"] == []
