"""A node pool as Terraform reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from estate.model.vmware.vcenter import VcenterConfig
from tests.constructs_lib.vmware.defined import synthesize_pool

TYPE = "google_gkeonprem_vmware_node_pool"
CLUSTER = "google_gkeonprem_vmware_cluster"


def test_a_pool_belongs_to_its_cluster_by_name_and_waits_for_it(tmp_path: Path) -> None:
    """The id would be pasted into the address twice; another name means another pool."""
    synthesized = synthesize_pool(tmp_path, {"replicas": 3}, VcenterConfig(datastore="ds1"))

    cluster = synthesized.address(CLUSTER)
    assert synthesized.one(TYPE) == {
        "name": "workers",
        "project": "kl-dev-host",
        "location": "europe-north1",
        "vmware_cluster": f"${{{cluster}.name}}",
        "annotations": {},
        "config": {
            "cpus": 4,
            "memory_mb": 8192,
            "replicas": 3,
            "boot_disk_size_gb": 40,
            "image_type": "ubuntu_cgv2",
            "enable_load_balancer": False,
            "vsphere_config": {"datastore": "ds1"},
        },
        "timeouts": {"create": "2h", "update": "4h", "delete": "2h"},
        "depends_on": [cluster],
        "lifecycle": {"replace_triggered_by": [f"{cluster}.name"], "ignore_changes": ["on_prem_version"]},
    }


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"labels": {"tier": "web", "example.com/someKey": "a"}},
            {"labels": {"tier": "web", "example.com/someKey": "a"}},
        ),
        (
            {"taints": [{"key": "dedicated", "value": "db", "effect": "NO_EXECUTE"}]},
            {"taints": [{"key": "dedicated", "value": "db", "effect": "NO_EXECUTE"}]},
        ),
        ({"load_balancer": True}, {"enable_load_balancer": True}),
        ({"cpus": 8, "memory_mb": 16384}, {"cpus": 8, "memory_mb": 16384}),
        ({"boot_disk_size_gb": 100}, {"boot_disk_size_gb": 100}),
        ({"image_type": "cos_cgv2"}, {"image_type": "cos_cgv2"}),
        ({"datastore": "ds2"}, {"vsphere_config": {"datastore": "ds2"}}),
        (
            {"host_groups": ["racks-1"], "tags": [{"category": "owner", "tag": "k8s"}]},
            {
                "vsphere_config": {
                    "datastore": "ds1",
                    "host_groups": ["racks-1"],
                    "tags": [{"category": "owner", "tag": "k8s"}],
                }
            },
        ),
    ],
)
def test_an_option_changes_what_it_names(
    tmp_path: Path, changes: dict[str, Any], expected: dict[str, Any]
) -> None:
    """And nothing else."""
    vcenter = VcenterConfig(datastore="ds1")
    without = synthesize_pool(tmp_path / "a", {"replicas": 3}, vcenter).one(TYPE)

    found = synthesize_pool(tmp_path / "b", {"replicas": 3, **changes}, vcenter).one(TYPE)

    assert found == {**without, "config": {**without["config"], **expected}}


def test_the_autoscaler_may_change_what_it_changes(tmp_path: Path) -> None:
    """The number of nodes is ignored then, and nothing else."""
    autoscaling = {"min_replicas": 4, "max_replicas": 9}

    found = synthesize_pool(tmp_path, {"autoscaling": autoscaling}, VcenterConfig(datastore="ds1")).one(TYPE)

    assert found["node_pool_autoscaling"] == autoscaling
    assert found["config"]["replicas"] == 4
    assert found["lifecycle"]["ignore_changes"] == ["on_prem_version", "config[0].replicas"]


def test_a_place_that_nobody_says_is_left_to_the_service(tmp_path: Path) -> None:
    """It fills one in, and the provider would want to take it away again."""
    found = synthesize_pool(tmp_path, {"replicas": 3}).one(TYPE)

    assert "vsphere_config" not in found["config"]
    assert found["lifecycle"]["ignore_changes"] == ["on_prem_version", "config[0].vsphere_config"]
