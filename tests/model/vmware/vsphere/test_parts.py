"""Folders, resource pools, port groups, workstations and rules by themselves."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from estate.model.base import Model
from estate.model.vmware.vsphere.anti_affinity_rule import AntiAffinityRuleConfig
from estate.model.vmware.vsphere.folder import FolderConfig
from estate.model.vmware.vsphere.object_ids import ObjectIds
from estate.model.vmware.vsphere.port_group import PortGroupConfig
from estate.model.vmware.vsphere.resource_pool import ResourcePoolConfig, ShareLevel
from estate.model.vmware.vsphere.values import ObjectName
from estate.model.vmware.vsphere.workstation import WorkstationConfig
from tests.model.refusals import refusals
from tests.model.vmware.documents import changed
from tests.model.vmware.vsphere.documents import WORKSTATION

PORT_GROUP: dict[str, Any] = {"switch": "dvs-main", "vlan_id": 210}


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({}, "kl-dev"),
        ({"name": "Machines of dev"}, "Machines of dev"),
        ({"parent": "Kubernetes/GKE"}, "Kubernetes/GKE/kl-dev"),
    ],
    ids=["derived", "named", "in another"],
)
def test_a_folder_has_a_path(document: dict[str, Any], path: str) -> None:
    """Below the data center's folder for machines."""
    assert FolderConfig.model_validate(document).path_in("kl", "dev") == path


def test_a_pool_is_normal_and_free_by_itself() -> None:
    """As vSphere makes one: normal shares, nothing reserved, no limit, expandable."""
    pool = ResourcePoolConfig()

    assert (pool.cpu.share_level, pool.cpu.shares, pool.cpu.expandable) == (ShareLevel.NORMAL, None, True)
    assert (pool.cpu.reservation_mhz, pool.cpu.limit_mhz) == (0, None)
    assert (pool.memory.reservation_mb, pool.memory.limit_mb) == (0, None)


def test_a_workstation_has_the_size_that_google_asks_for() -> None:
    """Four processors, 8 GiB and 100 GiB."""
    machine = WorkstationConfig.model_validate(WORKSTATION)

    assert (machine.cpus, machine.memory_mb, machine.disk_gb, machine.login) == (4, 8192, 100, "ubuntu")
    assert machine.name_in("kl", "dev", "first") == "kl-dev-first"
    assert machine.model_copy(update={"name": "ws1"}).name_in("kl", "dev", "first") == "ws1"


@pytest.mark.parametrize(
    ("model", "document", "path", "words"),
    [
        (FolderConfig, {"name": "a/b"}, "name", "pattern"),
        (FolderConfig, {"name": "x" * 81}, "name", "pattern"),
        (FolderConfig, {"name": "50% of it"}, "name", "pattern"),
        (ResourcePoolConfig, {"cpu": {"share_level": "highest"}}, "cpu.share_level", "low"),
        (ResourcePoolConfig, {"cpu": {"share_level": "custom"}}, "cpu.shares", "is needed"),
        (ResourcePoolConfig, {"memory": {"shares": 4000}}, "memory.shares", "custom only"),
        (
            ResourcePoolConfig,
            {"memory": {"share_level": "custom", "shares": 4000001}},
            "memory.shares",
            "4000000",
        ),
        (ResourcePoolConfig, {"cpu": {"reservation_mhz": -1}}, "cpu.reservation_mhz", "0"),
        (
            ResourcePoolConfig,
            {"cpu": {"reservation_mhz": 4000, "limit_mhz": 2000}},
            "cpu.limit_mhz",
            "at least reservation_mhz 4000",
        ),
        (
            ResourcePoolConfig,
            {"memory": {"reservation_mb": 4000, "limit_mb": 3999}},
            "memory.limit_mb",
            "at least reservation_mb 4000",
        ),
        (ResourcePoolConfig, {"cpu": {"limit_mhz": -1}}, "cpu.limit_mhz", "1"),
        (PortGroupConfig, {**PORT_GROUP, "vlan_id": 0}, "vlan_id", "no VLAN at all"),
        (PortGroupConfig, {**PORT_GROUP, "vlan_id": 4095}, "vlan_id", "every VLAN"),
        (PortGroupConfig, {**PORT_GROUP, "vlan_id": 4096}, "vlan_id", "got 4096;"),
        (PortGroupConfig, {**PORT_GROUP, "vlan_id": "210"}, "vlan_id", "integer"),
        (AntiAffinityRuleConfig, {"workstations": ["a"]}, "workstations", "2"),
        (AntiAffinityRuleConfig, {"workstations": ["a", "a"]}, "workstations.1", "a second time"),
        (ObjectIds, {"datacenters": {"DC1": "DC1"}}, "datacenters.DC1", "pattern"),
        (ObjectIds, {"switches": {"dvs-main": "dvs-21"}}, "switches.dvs-main", "pattern"),
        (
            ObjectIds,
            {"clusters": {"GKE": {"cluster": "domain-c8"}}},
            "clusters.GKE.resource_pool",
            "required",
        ),
        (WorkstationConfig, changed(WORKSTATION, cpus=2), "cpus", "4"),
        (WorkstationConfig, changed(WORKSTATION, memory_mb=8193), "memory_mb", "write 8196"),
        (WorkstationConfig, changed(WORKSTATION, disk_gb=40), "disk_gb", "100"),
        (WorkstationConfig, changed(WORKSTATION, ip="10.20.22.2"), "ip", "network.cidr"),
        (WorkstationConfig, changed(WORKSTATION, ip="10.20.21.1"), "ip", "network.gateway"),
        (
            WorkstationConfig,
            changed(WORKSTATION, network__dns=["10.20.21.2"]),
            "ip",
            "network.dns",
        ),
        (WorkstationConfig, changed(WORKSTATION, network__gateway="10.20.22.1"), "network.gateway", "cidr"),
        (WorkstationConfig, changed(WORKSTATION, ssh_public_keys=[]), "ssh_public_keys", "1"),
        (
            WorkstationConfig,
            changed(WORKSTATION, ssh_public_keys=["-----BEGIN OPENSSH PRIVATE KEY-----"]),
            "ssh_public_keys.0",
            "pattern",
        ),
        (WorkstationConfig, changed(WORKSTATION, login="Administrator"), "login", "pattern"),
        (WorkstationConfig, changed(WORKSTATION, name="a" * 64), "name", "pattern"),
    ],
)
def test_refuses(model: type[Model], document: dict[str, Any], path: str, words: str) -> None:
    """Each mistake is reported at the field that has to change."""
    found = refusals(model, document)

    assert next(iter(found)) == path
    assert words in found[path]


@pytest.mark.parametrize("vlan", [1, 4094])
def test_the_first_and_the_last_vlan_are_vlans(vlan: int) -> None:
    """The others of the twelve bits mean something else."""
    assert PortGroupConfig.model_validate({**PORT_GROUP, "vlan_id": vlan}).vlan_id == vlan


@pytest.mark.parametrize(
    "uuid",
    ["50 2e 8b 1c 5d 3a 4f 6e-9a 7b 1c 2d 3e 4f 5a 6b", "a86ec114-1915-5fba-b48e-5c2b06075be0"],
    ids=["as vSphere shows it", "as other tools do"],
)
def test_a_switch_is_known_by_its_uuid(uuid: str) -> None:
    """Its managed object id is something else, which the provider does not take."""
    assert ObjectIds.model_validate({"switches": {"dvs-main": uuid}}).switches == {"dvs-main": uuid}


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("x", True),
        ("Machines of dev", True),
        ("x" * 80, True),
        ("x" * 81, False),
        (" x", False),
        ("a\\b", False),
    ],
)
def test_names_are_what_vsphere_does_not_escape(name: str, *, fits: bool) -> None:
    """A slash comes back as %2f, and a path with it leads nowhere."""
    adapter = TypeAdapter[str](ObjectName)

    if fits:
        assert adapter.validate_python(name) == name
    else:
        with pytest.raises(ValidationError):
            adapter.validate_python(name)
