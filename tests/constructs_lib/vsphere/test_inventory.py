"""Objects of others: looked up once by name, or known by id."""

from __future__ import annotations

from pathlib import Path

from cdktf import Fn, TerraformLocal, TerraformStack

from constructs_lib.vsphere.inventory import Inventory
from tests.constructs_lib.vsphere.defined import inventory, reference, synthesize

IDS = {
    "datacenters": {"DC1": "datacenter-2"},
    "clusters": {"GKE": {"cluster": "domain-c8", "resource_pool": "resgroup-9"}},
    "datastores": {"ds1": "datastore-15"},
    "networks": {"vlan-21": "dvportgroup-21"},
    "switches": {"dvs-main": "a86ec114-1915-5fba-b48e-5c2b06075be0"},
}


def ask(found: Inventory) -> list[str]:
    """Ask for one object of each kind, twice."""
    for _ in range(2):
        cluster = found.cluster("GKE")
        answers = [
            found.datacenter_id(),
            cluster.cluster_id,
            cluster.resource_pool_id,
            found.datastore_id("ds1"),
            found.network_id("vlan-21"),
            found.switch_uuid("dvs-main"),
        ]
    return answers


def test_each_object_is_looked_up_once_in_the_data_center(tmp_path: Path) -> None:
    """However many ask for it."""

    def define(stack: TerraformStack) -> None:
        TerraformLocal(stack, "asked", Fn.join(",", ask(inventory(stack))))

    found = synthesize(tmp_path, define)

    datacenter = reference(found, "data", "vsphere_datacenter")
    assert list(found.data("vsphere_datacenter").values()) == [{"name": "DC1"}]
    for type_, name in (
        ("vsphere_compute_cluster", "GKE"),
        ("vsphere_datastore", "ds1"),
        ("vsphere_network", "vlan-21"),
        ("vsphere_distributed_virtual_switch", "dvs-main"),
    ):
        assert list(found.data(type_).values()) == [{"name": name, "datacenter_id": datacenter}]


def test_an_id_takes_the_place_of_a_look_up(tmp_path: Path) -> None:
    """Then a plan asks vCenter for nothing of others."""
    answers: list[str] = []

    found = synthesize(tmp_path, lambda stack: answers.extend(ask(inventory(stack, IDS))))

    assert answers == [
        "datacenter-2",
        "domain-c8",
        "resgroup-9",
        "datastore-15",
        "dvportgroup-21",
        "a86ec114-1915-5fba-b48e-5c2b06075be0",
    ]
    assert "data" not in found.json


def test_roles_are_looked_up_by_label_and_templates_by_name(tmp_path: Path) -> None:
    """A template's hardware is needed, so it has no id; a role's is a number of one vCenter."""

    def define(stack: TerraformStack) -> None:
        one = inventory(stack, IDS)
        TerraformLocal(
            stack, "asked", Fn.join(",", [one.role_id("Read-only"), one.template("templates/ubuntu").id])
        )

    found = synthesize(tmp_path, define)

    assert list(found.data("vsphere_role").values()) == [{"label": "Read-only"}]
    assert list(found.data("vsphere_virtual_machine").values()) == [
        {"name": "templates/ubuntu", "datacenter_id": "datacenter-2"}
    ]
