"""Node pools of GKE clusters."""

from __future__ import annotations

from typing import Any

import pytest

from operations.adopt.terraform.found import FoundObject
from tests.operations.adopt.terraform.recognizers.google.foreign import left
from tests.operations.adopt.terraform.recognizers.google.test_gke_clusters import (
    CLUSTER,
    POOL,
    cluster,
    made,
    pool,
)


def pools(*objects: FoundObject) -> Any:
    """The pools of the cluster."""
    return made(*objects).at("google", "gke_clusters", "main", "node_pools")


def test_a_pool_is_said_with_what_differs() -> None:
    """Labels, taints, disks, upgrades; a name that is no key."""
    taint = {"key": "dedicated", "value": "batch", "effect": "NO_SCHEDULE"}
    node = {
        "disk_size_gb": 200,
        "disk_type": "pd-ssd",
        "preemptible": True,
        "labels": {"workload": "batch"},
        "taint": [taint],
    }

    found = pools(CLUSTER, pool("Batch_1", node, upgrade_settings=[{"max_surge": 0, "max_unavailable": 1}]))

    assert found == {
        "batch-1": {
            "name": "Batch_1",
            "machine_type": "e2-standard-4",
            "min_nodes": 3,
            "max_nodes": 9,
            "disk_size_gb": 200,
            "disk_type": "pd-ssd",
            "spot": True,
            "labels": {"workload": "batch"},
            "taints": [taint],
            "max_surge": 0,
            "max_unavailable": 1,
        }
    }


@pytest.mark.parametrize(
    ("attributes", "least", "most"),
    [
        ({"autoscaling": [{"min_node_count": 1, "max_node_count": 4}]}, 3, 12),
        ({"autoscaling": [{"min_node_count": 1, "max_node_count": 4}], "node_locations": ["a", "b"]}, 2, 8),
        ({"autoscaling": [], "node_count": 2}, 6, 6),
        ({"autoscaling": [], "initial_node_count": 0}, 0, 1),
    ],
)
def test_sizes_are_those_of_all_zones(attributes: dict[str, Any], least: int, most: int) -> None:
    """The provider says some of them by zone."""
    found = pools(CLUSTER, pool(**attributes))["default"]

    assert (found["min_nodes"], found["max_nodes"]) == (least, most)


def test_zones_are_the_cluster_s_where_a_pool_says_none() -> None:
    """Two of them."""
    two = cluster(node_locations=["europe-west4-a", "europe-west4-b"])

    assert pools(two, pool(autoscaling=[], node_count=1))["default"]["min_nodes"] == 2


@pytest.mark.parametrize(
    ("node", "where"),
    [
        ({"guest_accelerator": [{"type": "nvidia-l4", "count": 1}]}, ""),
        ({"disk_type": "hyperdisk-extreme"}, ""),
        ({"taint": [{"key": "x", "value": "", "effect": "NO_SCHEDULE"}]}, ": node_config.taint.x"),
    ],
)
def test_what_pools_here_have_not_is_listed(node: dict[str, Any], where: str) -> None:
    """A pool as a whole, or what there is of it."""
    draft = made(CLUSTER, POOL, pool("other", node))

    assert f"container_node_pool.other{where}" in left(draft)


def test_pools_inside_a_cluster_s_resource_are_listed() -> None:
    """An import takes objects of their own; those of another cluster are none of this one's."""
    draft = made(
        cluster(node_pool=[{"name": "default"}, {"name": "inside"}]),
        POOL,
        pool("elsewhere", location="europe-west1"),
        pool("foreign", project="acme-lab"),
    )

    assert list(draft.at("google", "gke_clusters", "main", "node_pools")) == ["default"]
    assert list(left(draft)) == ["container_cluster.main: node_pool.inside"]
