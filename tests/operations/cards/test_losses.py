"""What goes with a resource is said where somebody is about to lose it."""

from __future__ import annotations

import pytest

from estate.model.refactoring import Refactoring
from operations.artifacts.stateful import lost_addresses
from operations.cards.losses import loss

CLUSTER = "google_gkeonprem_vmware_cluster.UserClusters_apps_1A2B3C4D"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (CLUSTER, "its nodes, its etcd, the volumes that no retain policy keeps, and its fleet membership"),
        ("google_gke_hub_namespace.Teams_a_1A2B3C4D", "all that runs there"),
        ("google_gke_hub_fleet.Fleet_1A2B3C4D", "only once it has no member"),
    ],
)
def test_what_goes_along_is_named(address: str, words: str) -> None:
    """A resource's name says none of it."""
    assert words in loss(address)


def test_a_key_is_a_key() -> None:
    """Nothing is added where the name says it all."""
    assert loss("aws_kms_key.KmsKeys_1A2B3C4D") == ""


def test_a_cluster_whose_key_is_gone_says_what_would_go_along() -> None:
    """Before it is too late, with the ways out behind."""
    [problem] = lost_addresses("dev", frozenset({CLUSTER}), {}, Refactoring())

    assert f"because its key is gone from the file{loss(CLUSTER)}; put the key back" in problem.message
