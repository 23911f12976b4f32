"""What Config Sync reads for each member, where the tree lives in the repository that it reads."""

from __future__ import annotations

from typing import Any

import pytest

from estate.derived.clusters.applied import by_applier
from estate.derived.fleet.config_sync import fleet_of, synced
from estate.model.environment import Environment
from estate.model.gitops import Applier
from tests.model.access.estates import environment, organization
from tests.model.google.documents import ENVIRONMENT

REPO = "https://git.example.com/c.git"
GIT: dict[str, Any] = {"repo": REPO, "secret_type": "token"}


def one(feature: dict[str, Any]) -> Environment:
    """An environment with two members and this feature."""
    return Environment.model_validate({**ENVIRONMENT, "fleet": {"features": {"config_sync": feature}}})


def folders(gitops: dict[str, Any] | None, feature: dict[str, Any]) -> dict[str, str | None]:
    """The folder that each member reads."""
    shared, there = organization(promotion=("dev",), gitops=gitops), one(feature)
    found = {key: synced(shared, there, key) for key in there.members}
    return {key: settings.git.directory for key, settings in found.items() if settings and settings.git}


def test_each_cluster_reads_its_own_folder() -> None:
    """Where the file names none, for a cluster with settings of its own, too; all else stays as it is said."""
    feature = {"git": GIT, "prevent_drift": True, "clusters": {"cloud": {"git": {**GIT, "branch": "x"}}}}
    shared, there = organization(promotion=("dev",), gitops={"applier": "config_sync"}), one(feature)

    found = fleet_of(shared, there)

    assert folders({"applier": "config_sync"}, feature) == {
        "apps": "clusters/dev/apps/synced",
        "cloud": "clusters/dev/cloud/synced",
    }
    assert found
    assert found.features.config_sync
    settings = found.features.config_sync.clusters
    assert {key: value.prevent_drift for key, value in settings.items()} == {"apps": True, "cloud": False}
    assert {key: value.git.branch for key, value in settings.items() if value.git} == {
        "apps": "main",
        "cloud": "x",
    }
    assert by_applier(shared, there, there.members) == {Applier.CONFIG_SYNC: ["apps", "cloud"]}


def test_a_cluster_begins_with_no_repository() -> None:
    """The whole of it holds every cluster's manifests, and a new one would be administered as all of them."""
    found = fleet_of(organization(promotion=("dev",), gitops={"applier": "config_sync"}), one({"git": GIT}))

    assert found
    assert found.features.config_sync
    assert (found.features.config_sync.git, found.features.config_sync.oci) == (None, None)


@pytest.mark.parametrize(
    ("gitops", "feature"),
    [
        (None, {"git": GIT}),
        ({"applier": "none"}, {"git": GIT}),
        ({"applier": "argo_cd"}, {"git": GIT}),
        ({"applier": "config_sync"}, {"git": {**GIT, "directory": "dev"}}),
        ({"applier": "config_sync", "repo": "https://git.example.com/d.git"}, {"git": GIT}),
        ({"applier": "config_sync"}, {"oci": {"repo": "europe-docker.pkg.dev/p/r/c", "secret_type": "none"}}),
    ],
    ids=["no tree", "a person", "argo cd", "another folder", "another repository", "an image"],
)
def test_what_the_file_says_stays(gitops: dict[str, Any] | None, feature: dict[str, Any]) -> None:
    """Nothing is derived for who reads something else, or for whom somebody else applies."""
    there = one(feature)

    assert fleet_of(organization(promotion=("dev",), gitops=gitops), there) == there.fleet


def test_without_the_feature_nobody_reads() -> None:
    """Nor without a fleet."""
    shared = organization(promotion=("dev",), gitops={"applier": "config_sync"})
    fleet, none = environment("dev"), environment("dev", fleet=None)

    assert (synced(shared, fleet, "apps"), synced(shared, none, "apps")) == (None, None)
    assert fleet_of(shared, fleet) is fleet.fleet
    assert fleet_of(shared, none) is None
