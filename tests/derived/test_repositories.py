"""Which URLs are of one repository."""

from __future__ import annotations

import pytest

from estate.derived.repositories import same_repository, tree_urls
from tests.model.access.estates import organization

TREE = "https://git.example.com/platform/clusters.git"


@pytest.mark.parametrize(
    "url",
    [
        TREE,
        "https://git.example.com/platform/clusters",
        "https://git.example.com:8443/Platform/clusters.git/",
        "https://bot@git.example.com/platform/clusters.git",
        "ssh://git@git.example.com:2222/platform/clusters.git",
        "git@git.example.com:platform/clusters.git",
    ],
)
def test_ways_to_one_repository(url: str) -> None:
    """Whichever way leads there."""
    assert same_repository(TREE, url)


@pytest.mark.parametrize(
    "url", ["https://git.example.com/platform/cluster.git", "https://git.example.org/platform/clusters.git"]
)
def test_another_repository(url: str) -> None:
    """By its host or by its name."""
    assert not same_repository(TREE, url)


def test_what_is_known_of_the_tree() -> None:
    """Either key says it, both, or nobody."""
    assert tree_urls(organization()) == []
    assert tree_urls(organization(gitops={})) == []
    assert tree_urls(organization(gitops={"repo": TREE}, argo_cd={"repo": "git@g.example.com:c.git"})) == [
        TREE,
        "git@g.example.com:c.git",
    ]
