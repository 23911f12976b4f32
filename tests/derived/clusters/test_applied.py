"""Where a cluster's manifests lie, and who applies them."""

from __future__ import annotations

from typing import Any

import pytest

from estate.derived.clusters.applied import applier, by_applier
from estate.derived.clusters.folder import tree_folder
from estate.model.environment import Environment
from estate.model.gitops import Applier, GitOps
from tests.model.access.estates import environment, organization
from tests.model.google.documents import ENVIRONMENT

REPO = "https://git.example.com/c.git"
FOLDER = "clusters/dev/apps/synced"


def reading(directory: str | None, **clusters: Any) -> Environment:
    """An environment whose Config Sync reads a folder, of single clusters another one."""
    git = {"repo": REPO, "secret_type": "none", **({"directory": directory} if directory else {})}
    feature: dict[str, Any] = {"git": git, "clusters": clusters}
    return Environment.model_validate({**ENVIRONMENT, "fleet": {"features": {"config_sync": feature}}})


def test_the_folder_of_a_cluster() -> None:
    """Below the path, the environment and the cluster."""
    assert tree_folder(GitOps(path="config/clusters"), "dev", "apps") == "config/clusters/dev/apps/synced"


@pytest.mark.parametrize(
    ("gitops", "one", "expected"),
    [
        (None, reading(FOLDER), Applier.NONE),
        ({}, reading(FOLDER), Applier.NONE),
        ({"applier": "argo_cd"}, environment("dev"), Applier.ARGO_CD),
        ({"applier": "config_sync"}, reading(FOLDER), Applier.CONFIG_SYNC),
        ({"applier": "config_sync", "repo": REPO}, reading(FOLDER), Applier.CONFIG_SYNC),
        ({"applier": "config_sync"}, reading("environments/dev"), Applier.NONE),
        ({"applier": "config_sync", "repo": f"{REPO}x"}, reading(FOLDER), Applier.NONE),
        ({"applier": "config_sync"}, environment("dev"), Applier.NONE),
        ({"applier": "config_sync"}, environment("dev", fleet=None), Applier.NONE),
    ],
    ids=[
        "no tree",
        "nobody",
        "argo cd",
        "reads the folder",
        "reads it there",
        "reads another folder",
        "reads another repository",
        "no config sync",
        "no fleet",
    ],
)
def test_who_applies(gitops: dict[str, Any] | None, one: Environment, expected: Applier) -> None:
    """Config Sync only what it reads; a person the rest."""
    argo_cd = {"repo": REPO} if expected is Applier.ARGO_CD else None

    assert applier(organization(promotion=("dev",), gitops=gitops, argo_cd=argo_cd), one, "apps") is expected


def test_an_image_is_no_folder_of_a_repository() -> None:
    """What is in it nobody sees here."""
    oci = {"oci": {"repo": "europe-docker.pkg.dev/p/r/c", "secret_type": "none", "directory": FOLDER}}
    one = reading("clusters/dev/cloud/synced", apps=oci)
    shared = organization(promotion=("dev",), gitops={"applier": "config_sync"})

    assert by_applier(shared, one, ["apps", "cloud"]) == {
        Applier.NONE: ["apps"],
        Applier.CONFIG_SYNC: ["cloud"],
    }
