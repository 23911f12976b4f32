"""What a cluster's new key is to its manifests."""

from __future__ import annotations

from dataclasses import replace

import pytest

from estate.model.estate import Estate
from operations.rename.manifests import in_the_cluster
from operations.rename.target import find_target
from tests.example import ENVIRONMENTS, ESTATE
from tests.manifests.example_tree import with_tree, without_tree


def order(whole: Estate, words: str) -> list[str]:
    """What is said of a new key, web."""
    return list(in_the_cluster(whole, find_target(ENVIRONMENTS, list(whole.environments), words, "web")))


def test_the_order_of_a_member_s_new_key() -> None:
    """Directories first, for what Argo CD finds no more goes; then the tree, then who reads it."""
    head, copy, written, applied, away = order(with_tree("argo_cd"), "dev:vmware.user_clusters.apps")

    assert head.startswith("the manifests of apps go by its key")
    assert "teams copy env/dev/apps of their repositories to env/dev/web" in copy
    assert "released: [{object: apps, reason: called web}] in environments/refactoring/dev.yaml" in written
    assert applied.endswith(
        "kubectl apply --server-side -f clusters/dev/web/install/20-cluster-application.yaml"
    )
    assert "teams what is left of env/dev/apps" in away


def test_whoever_else_applies_reads_the_new_folder() -> None:
    """Nothing is applied anew."""
    assert not [line for line in order(ESTATE, "dev:vmware.user_clusters.apps") if "kubectl" in line]


@pytest.mark.parametrize(
    "words",
    [
        "dev:vmware.user_clusters.apps.node_pools.workers",
        "organization:teams.seeiendom",
        "dev:aws.kms_keys.secrets",
    ],
)
def test_other_keys_are_no_folder_s(words: str) -> None:
    """Nor is a cluster's where there is no tree."""
    assert order(ESTATE, words) == []
    assert order(without_tree(), "dev:vmware.user_clusters.apps") == []


def test_without_an_argo_cd_or_a_fleet() -> None:
    """No repository of a team's is read; a cluster that is no member has no manifests."""
    alone = replace(ESTATE, organization=ESTATE.organization.model_copy(update={"argo_cd": None}))
    test = ESTATE.environments["test"]
    assert test.aws is not None
    loose = {key: one.model_copy(update={"attach": None}) for key, one in test.aws.eks_clusters.items()}
    aws = test.aws.model_copy(update={"eks_clusters": loose})
    apart = replace(
        ESTATE, environments={**ESTATE.environments, "test": test.model_copy(update={"aws": aws})}
    )

    assert not [line for line in order(alone, "dev:vmware.user_clusters.apps") if "teams copy" in line]
    assert order(apart, "test:aws.eks_clusters.aws") == []
