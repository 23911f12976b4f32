"""Folders, resource pools and port groups."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cdktf import TerraformStack

from constructs_lib.vsphere.inventory import VsphereCluster
from constructs_lib.vsphere.port_group import PortGroup
from constructs_lib.vsphere.resource_pool import ResourcePool
from constructs_lib.vsphere.vm_folder import VmFolder
from estate.model.vmware.vsphere.folder import FolderConfig
from estate.model.vmware.vsphere.port_group import PortGroupConfig
from estate.model.vmware.vsphere.resource_pool import ResourcePoolConfig
from tests.constructs_lib.vsphere.defined import NAMING, inventory, synthesize, tags
from tests.synth import Synthesized

PROTECTED = {"lifecycle": {"prevent_destroy": True}}
IDS = {"datacenters": {"DC1": "datacenter-2"}, "switches": {"dvs": "a86ec114-1915-5fba-b48e-5c2b06075be0"}}


def folder(outdir: Path, config: dict[str, Any], *, tagged: bool = False, **options: Any) -> Synthesized:
    """A folder, with one for the cluster apps in it."""

    def define(stack: TerraformStack) -> None:
        VmFolder(
            stack,
            "Folder",
            config=FolderConfig.model_validate(config),
            naming=NAMING,
            inventory=inventory(stack, IDS),
            tags=tags(stack) if tagged else None,
            **options,
        ).add_cluster("apps", "kl-dev-apps")

    return synthesize(outdir, define)


def pool(outdir: Path, config: dict[str, Any], *, tagged: bool = False, **options: Any) -> dict[str, Any]:
    """The pool of the cluster apps."""

    def define(stack: TerraformStack) -> None:
        ResourcePool(
            stack,
            "apps",
            config=ResourcePoolConfig.model_validate(config),
            name="kl-dev-apps",
            vsphere_cluster=VsphereCluster("domain-c8", "resgroup-9"),
            tags=tags(stack) if tagged else None,
            **options,
        )

    return synthesize(outdir, define).one("vsphere_resource_pool")


def port_group(
    outdir: Path, config: dict[str, Any], *, tagged: bool = False, **options: Any
) -> dict[str, Any]:
    """The port group vlan-210."""

    def define(stack: TerraformStack) -> None:
        PortGroup(
            stack,
            "vlan-210",
            config=PortGroupConfig.model_validate({"switch": "dvs", "vlan_id": 210, **config}),
            name="vlan-210",
            inventory=inventory(stack, IDS),
            tags=tags(stack) if tagged else None,
            **options,
        )

    return synthesize(outdir, define).one("vsphere_distributed_port_group")


def test_each_level_of_a_path_is_a_folder_that_refers_to_its_parent(tmp_path: Path) -> None:
    """The provider makes no parents, and a reference has them made first."""
    found = folder(tmp_path, {"parent": "GKE"}).resources("vsphere_folder")

    (name,) = (name for name, body in found.items() if body["path"] == "GKE/kl-dev")
    common = {"type": "vm", "datacenter_id": "datacenter-2", **PROTECTED}
    assert list(found.values()) == [
        {"path": "GKE/kl-dev", **common},
        {"path": f"${{vsphere_folder.{name}.path}}/kl-dev-apps", **common},
    ]


def test_folders_are_tagged_by_environment_and_cluster(tmp_path: Path) -> None:
    """The whole and its part."""
    found = folder(tmp_path, {}, tagged=True).resources("vsphere_folder")

    assert [len(body["tags"]) for body in found.values()] == [1, 2]


def test_a_pool_says_everything_that_a_provider_would_otherwise_choose(tmp_path: Path) -> None:
    """-1 is the provider's word for no limit; scaling is switched off for vCenters before 7.0."""
    assert pool(tmp_path, {}) == {
        "name": "kl-dev-apps",
        "parent_resource_pool_id": "resgroup-9",
        "cpu_share_level": "normal",
        "cpu_reservation": 0,
        "cpu_expandable": True,
        "cpu_limit": -1,
        "memory_share_level": "normal",
        "memory_reservation": 0,
        "memory_expandable": True,
        "memory_limit": -1,
        "scale_descendants_shares": "disabled",
        **PROTECTED,
    }


def test_a_pool_has_its_shares_and_limits(tmp_path: Path) -> None:
    """In MHz and MB."""
    found = pool(
        tmp_path,
        {
            "cpu": {"share_level": "custom", "shares": 9000, "reservation_mhz": 1000, "limit_mhz": 2000},
            "memory": {"share_level": "low", "reservation_mb": 3, "limit_mb": 4, "expandable": False},
        },
    )

    expected = {
        "cpu_share_level": "custom",
        "cpu_shares": 9000,
        "cpu_reservation": 1000,
        "cpu_limit": 2000,
        "memory_share_level": "low",
        "memory_reservation": 3,
        "memory_limit": 4,
        "memory_expandable": False,
    }
    assert {key: found[key] for key in expected} == expected
    assert "memory_shares" not in found


def test_a_pool_is_tagged_with_its_cluster(tmp_path: Path) -> None:
    """Which its id names."""
    assert len(pool(tmp_path, {}, tagged=True)["tags"]) == 2


def test_a_port_group_is_one_vlan_of_a_switch(tmp_path: Path) -> None:
    """Uplinks and policies are the switch's."""
    assert port_group(tmp_path, {}) == {
        "name": "vlan-210",
        "distributed_virtual_switch_uuid": "a86ec114-1915-5fba-b48e-5c2b06075be0",
        "vlan_id": 210,
        **PROTECTED,
    }


def test_a_port_group_has_ports_and_a_tag(tmp_path: Path) -> None:
    """Where they are asked for."""
    found = port_group(tmp_path, {"number_of_ports": 64}, tagged=True)

    assert (found["number_of_ports"], len(found["tags"])) == (64, 1)


@pytest.mark.parametrize("make", [pool, port_group], ids=["pool", "port group"])
def test_places_of_a_throw_away_environment_can_be_destroyed(tmp_path: Path, make: Any) -> None:
    """The others hold machines that Terraform does not know."""
    assert make(tmp_path, {}, prevent_destroy=False)["lifecycle"] == {"prevent_destroy": False}


def test_folders_of_a_throw_away_environment_can_be_destroyed(tmp_path: Path) -> None:
    """Both levels."""
    found = folder(tmp_path, {}, prevent_destroy=False).resources("vsphere_folder")

    assert [body["lifecycle"] for body in found.values()] == [{"prevent_destroy": False}] * 2
