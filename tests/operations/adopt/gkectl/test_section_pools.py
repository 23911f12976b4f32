"""The node pools of the section that gkectl's files become."""

from __future__ import annotations

from typing import Any

import pytest

from tests.operations.adopt.gkectl.samples import USER, changed
from tests.operations.adopt.gkectl.workplace import Workplace

POOL_PATH = ("nodePools", 0)


@pytest.mark.parametrize(
    ("path", "value", "at", "becomes"),
    [
        ((*POOL_PATH, "labels"), {"tier": "batch", "1": ""}, "labels", {"tier": "batch", "1": ""}),
        (
            (*POOL_PATH, "taints"),
            [
                {"key": "a", "value": "b", "effect": "NoExecute"},
                {"key": "c", "value": "d", "effect": "PreferNoSchedule"},
            ],
            "taints",
            [
                {"key": "a", "value": "b", "effect": "NO_EXECUTE"},
                {"key": "c", "value": "d", "effect": "PREFER_NO_SCHEDULE"},
            ],
        ),
        ((*POOL_PATH, "vSphere"), {"datastore": "ds9"}, "datastore", "ds9"),
        (
            (*POOL_PATH, "vsphere"),
            {"tags": [{"category": "c", "name": "n"}]},
            "tags",
            [{"category": "c", "tag": "n"}],
        ),
    ],
    ids=["labels", "taints", "datastore", "tags"],
)
def test_a_pool_keeps_what_it_says(
    work: Workplace, path: tuple[str | int, ...], value: Any, at: str, becomes: Any
) -> None:
    """In the section's words, and whatever the case of gkectl's key, as gkectl itself reads it."""
    pool = work.cluster(changed(USER, *path, to=value))["node_pools"]["pool-1"]

    assert pool[at] == becomes


def test_autoscaling_decides_on_the_number(work: Workplace) -> None:
    """Then the number of gkectl's file is only the one that it began with."""
    user = changed(USER, *POOL_PATH, "autoscaling", to={"minReplicas": 1, "maxReplicas": 3})

    pool = work.cluster(user)["node_pools"]["pool-1"]
    _, _, err = work.adopt("batch.yaml", "admin.yaml")

    assert pool["autoscaling"] == {"min_replicas": 1, "max_replicas": 3}
    assert "replicas" not in pool
    assert "nodePools[0].replicas: 3: autoscaling decides on the number of nodes" in err
