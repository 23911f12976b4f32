"""The section as a whole, and against the rest of the on-prem section."""

from __future__ import annotations

from typing import Any

import pytest

from estate.derived.vmware.vsphere.inventory_names import used_names
from estate.model.vmware.vmware import VmwareConfig
from estate.model.vmware.vsphere.vsphere import VsphereConfig
from tests.model.refusals import refusals
from tests.model.vmware.documents import CLUSTER, changed
from tests.model.vmware.vsphere.documents import VMWARE, VSPHERE, WORKSTATION


def test_the_documents_of_these_tests_are_valid() -> None:
    """Or every refusal below would prove nothing."""
    assert refusals(VmwareConfig, VMWARE) == {}


def test_a_server_alone_is_a_retired_section() -> None:
    """It makes nothing, needs no data center, and keeps the provider declared."""
    assert refusals(VmwareConfig, {"location": "europe-north1", "vsphere": {"server": "10.1.2.3"}}) == {}


@pytest.mark.parametrize(
    ("server", "endpoint"),
    [
        ("vcenter.example.com", ("vcenter.example.com", 443)),
        ("10.1.2.3:8443", ("10.1.2.3", 8443)),
    ],
)
def test_a_plan_reaches_the_server(server: str, endpoint: tuple[str, int]) -> None:
    """On the port of https unless another is said."""
    assert VsphereConfig(server=server).endpoint == endpoint


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        ({"server": "https://vcenter.example.com"}, "server", "pattern"),
        ({"server": "vcenter.example.com:65536"}, "server", "at most 65535"),
        ({"password": "secret"}, "password", "Extra inputs"),
        ({"resource_pools__Apps": {}}, "resource_pools.Apps.[key]", "pattern"),
        ({"port_groups__a/b": {"switch": "s", "vlan_id": 1}}, "port_groups.a/b.[key]", "pattern"),
        (
            {"workstations__second__resource_pool": "data"},
            "workstations.second.resource_pool",
            "add it there",
        ),
        ({"workstations__second__ip": "10.20.21.2"}, "workstations.second.ip", "differ from that of first"),
        (
            {"anti_affinity_rules__workstations__workstations": ["first", "kl-dev-apps-worker-1"]},
            "anti_affinity_rules.workstations.workstations.1",
            "kept apart by the product",
        ),
    ],
)
def test_section_refuses(changes: dict[str, Any], path: str, words: str) -> None:
    """Each mistake is reported at the field that has to change."""
    found = refusals(VsphereConfig, changed(VSPHERE, **changes))

    assert list(found) == [path]
    assert words in found[path]


@pytest.mark.parametrize("key", ["user", "username", "password", "credentials"])
def test_credentials_are_refused_with_what_to_do(key: str) -> None:
    """The wording shows the reason beside the unknown key."""
    assert "export VSPHERE_USER and VSPHERE_PASSWORD" in VsphereConfig.refused[key]


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        ({"vcenter__datacenter": None}, "vcenter", "needs datacenter, in which vsphere.folder stands"),
        ({"vcenter__folder": "gke"}, "vcenter.folder", "must be left out with vsphere.folder"),
        (
            {"user_clusters__apps": changed(CLUSTER, vcenter={"resource_pool": "old"})},
            "user_clusters.apps.vcenter.resource_pool",
            "a running cluster stays where it is",
        ),
        (
            {"user_clusters__apps": changed(CLUSTER, vcenter={"datacenter": "DC2"})},
            "user_clusters.apps.vcenter.datacenter",
            "where vsphere.folder is made",
        ),
        (
            {"user_clusters__apps": changed(CLUSTER, vcenter={"datacenter": "DC2", "folder": "own"})},
            "user_clusters.apps.vcenter.datacenter",
            "where vsphere.resource_pools.apps is made",
        ),
        (
            {
                "user_clusters__apps": changed(CLUSTER, vcenter={"datacenter": "DC2", "folder": "own"}),
                "vsphere__resource_pools": {"admin": {}},
            },
            "user_clusters.apps.vcenter.datacenter",
            "where vsphere.port_groups.vlan-210 is made",
        ),
        (
            {"vsphere__resource_pools__aps": {}},
            "vsphere.resource_pools.aps",
            "must be the key of a user cluster (apps) or admin",
        ),
        (
            {"vsphere__workstations__first__ip": "10.20.21.5"},
            "vsphere.workstations.first.ip",
            "outside admin_cluster.addresses 10.20.21.5",
        ),
        (
            {"vcenter__hosts": 1, "vsphere__anti_affinity_rules__workstations__mandatory": True},
            "vsphere.anti_affinity_rules.workstations.mandatory",
            "one of them stays off",
        ),
        (
            {"vsphere__ids": {"datastores": {"ds-1": "datastore-15"}}},
            "vsphere.ids.datastores.ds-1",
            "used are: ds1",
        ),
        (
            {"vsphere__ids": {"networks": {"vlan-210": "dvportgroup-1"}}},
            "vsphere.ids.networks.vlan-210",
            "used are: vlan-21",
        ),
        (
            {
                "vsphere__workstations__first": {
                    **WORKSTATION,
                    "ip": "10.21.0.25",
                    "network": {**WORKSTATION["network"], "cidr": "10.21.0.0/24", "gateway": "10.21.0.1"},
                }
            },
            "user_clusters.apps.network.node_ips.0",
            "workstation first",
        ),
    ],
    ids=[
        "no data center",
        "folder said twice",
        "pool said twice",
        "folder in another data center",
        "pool in another data center",
        "port group in another data center",
        "pool of no cluster",
        "address of the admin cluster",
        "more machines than hosts",
        "mistyped id",
        "id of what is made here",
        "address of a node",
    ],
)
def test_on_prem_section_refuses(changes: dict[str, Any], path: str, words: str) -> None:
    """Each mistake is reported at the field that has to change."""
    found = refusals(VmwareConfig, changed(VMWARE, **changes))

    assert path in found
    assert words in found[path]


def test_what_stands_in_a_vsphere_cluster_needs_its_name() -> None:
    """Without it, only gkectl knows which one it is."""
    found = refusals(VmwareConfig, changed(VMWARE, vcenter__cluster=None, vsphere__anti_affinity_rules={}))

    assert sorted(found) == [
        "vsphere.resource_pools.admin",
        "vsphere.resource_pools.apps",
        "vsphere.workstations.first",
        "vsphere.workstations.second",
    ]
    assert all("needs vcenter.cluster" in message for message in found.values())


def test_a_workstation_needs_a_datastore() -> None:
    """Its own, or the one of all machines."""
    found = refusals(VmwareConfig, changed(VMWARE, vcenter__datastore=None))

    assert sorted(found) == ["vsphere.workstations.first", "vsphere.workstations.second"]


def test_access_alone_needs_a_data_center() -> None:
    """The permissions that are printed name it."""
    section = {"location": "europe-north1", "vsphere": {"server": "v", "access": {"account": "A\\b"}}}

    assert "in which vsphere.access stands" in refusals(VmwareConfig, section)["vcenter"]


def test_pools_may_come_before_their_clusters() -> None:
    """They are made before the first user cluster is written."""
    section = changed(VMWARE, user_clusters={}, vsphere__resource_pools={"apps": {}, "admin": {}})

    assert refusals(VmwareConfig, section) == {}


def test_a_cluster_in_another_data_center_may_use_nothing_of_it() -> None:
    """Then everything of its own is said with it."""
    elsewhere = changed(CLUSTER, vcenter={"datacenter": "DC2", "folder": "own"}, network__port_group="vlan-9")
    section = changed(VMWARE, user_clusters__apps=elsewhere, vsphere__resource_pools={"admin": {}})

    assert refusals(VmwareConfig, section) == {}


def test_ids_may_stand_for_every_look_up() -> None:
    """So that an environment can be planned in pieces."""
    ids = {
        "datacenters": {"DC1": "datacenter-2"},
        "clusters": {"GKE": {"cluster": "domain-c8", "resource_pool": "resgroup-9"}},
        "datastores": {"ds1": "datastore-15"},
        "networks": {"vlan-21": "dvportgroup-21"},
        "switches": {"dvs-main": "a86ec114-1915-5fba-b48e-5c2b06075be0"},
    }

    assert refusals(VmwareConfig, changed(VMWARE, vsphere__ids=ids)) == {}


def test_without_a_section_nothing_is_looked_up() -> None:
    """And no id has a name to stand beside."""
    assert used_names(VmwareConfig.model_validate({"location": "europe-north1"})) == {}
