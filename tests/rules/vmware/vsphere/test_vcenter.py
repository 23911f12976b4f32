"""Estates of several environments in one vCenter."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.rules import broken_rules
from tests.model.vmware.documents import ADMIN, CLUSTER, changed, moved
from tests.model.vmware.vsphere.documents import VMWARE, environment, estate

PROD = changed(
    VMWARE,
    admin_cluster=changed(ADMIN, addresses=["10.20.22.5"]),
    admin_workstation={"ip": "10.20.21.12"},
    user_clusters={"apps": moved(CLUSTER, "10.31.0")},
    vsphere__port_groups={"vlan-310": {"switch": "dvs-main", "vlan_id": 310}},
    vsphere__tags={"owner": "dev"},
    vsphere__workstations__first__ip="10.20.21.12",
    vsphere__workstations__second__ip="10.20.21.13",
)
"""An estate beside VMWARE's in the same vCenter that shares nothing with it but the tag categories."""


def broken(**changes: Any) -> dict[str, str]:
    """Message by path of what is wrong with prod beside dev."""
    both = estate(environment(), environment("prod", changed(PROD, **changes)))
    return {
        ".".join(map(str, one.path[1:])): one.message for one in broken_rules(both) if one.path[0] == "prod"
    }


def test_two_estates_stand_side_by_side() -> None:
    """With every rule that crosses environments, or the refusals below would prove nothing."""
    both = estate(environment(), environment("prod", PROD))

    assert broken_rules(both) == []


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        ({"vsphere__folder": {"name": "KL-dev"}}, "vmware.vsphere.folder", "dev vmware.vsphere.folder makes"),
        (
            {"vsphere__resource_pools__admin": {"name": "kl-dev-apps"}},
            "vmware.vsphere.resource_pools.admin",
            "in vSphere cluster GKE",
        ),
        (
            {"vsphere__port_groups": {"vlan-210": {"switch": "dvs-2", "vlan_id": 310}}},
            "vmware.vsphere.port_groups.vlan-210",
            "leave it out here and refer to it by name",
        ),
        (
            {"user_clusters__apps__name": "kl-dev-apps"},
            "vmware.user_clusters.apps",
            "the tag kl-dev-apps",
        ),
        ({"vsphere__tags": {}}, "vmware.vsphere.tags", "write tags: {owner: dev}"),
        ({"vsphere__tags": {"owner": "test"}}, "vmware.vsphere.tags.owner", "got test; write dev"),
        (
            {"vsphere__server": "vc2.example.com"},
            "vmware.vsphere.tags.owner",
            "leave owner out, and they are made here",
        ),
        (
            {"vsphere__workstations__second__ip": "10.20.21.2"},
            "vmware.vsphere.workstations.second.ip",
            "a workstation of dev",
        ),
    ],
    ids=[
        "folder in another case",
        "pool",
        "port group",
        "tag of a cluster",
        "categories twice",
        "owner without categories",
        "owner in another vCenter",
        "address of a workstation",
    ],
)
def test_refuses(changes: dict[str, Any], path: str, words: str) -> None:
    """A vCenter has each name once, and the second apply would fail."""
    found = broken(**changes)

    assert path in found
    assert words in found[path]


def test_machines_of_one_name_stand_in_one_folder_only() -> None:
    """Two environments that share a folder of others."""
    shared = {
        "vsphere__folder": None,
        "vcenter__folder": "shared",
        "vsphere__workstations__first__name": "ws",
    }
    both = estate(environment("dev", changed(VMWARE, **shared)), environment("prod", changed(PROD, **shared)))

    assert [one.message for one in broken_rules(both)] == [
        "would make in folder shared of data center DC1 the virtual machine ws, which dev "
        "vmware.vsphere.workstations.first makes already in vcenter.example.com; give it another name, or leave "
        "it out here and refer to it by name"
    ]


def test_a_pool_may_have_its_tag_before_its_cluster_is_written() -> None:
    """And its name is taken then."""
    both = estate(
        environment("dev", changed(VMWARE, user_clusters__apps__name="kl-prod-data")),
        environment("prod", changed(PROD, vsphere__resource_pools__data={}, user_clusters={})),
    )

    assert [one.path for one in broken_rules(both)] == [
        ("prod", "vmware", "vsphere", "resource_pools", "data"),
        ("prod", "vmware", "vsphere", "resource_pools", "data"),
    ]


def test_an_estate_without_tags_takes_none_from_others() -> None:
    """Not even with a cluster of the same name, in another fleet."""
    assert (
        broken(
            vsphere__tags=None,
            user_clusters__apps__name="kl-dev-apps",
            vsphere__resource_pools={},
            vsphere__workstations={},
            vsphere__anti_affinity_rules={},
        )
        == {}
    )


def test_other_vcenters_have_names_of_their_own() -> None:
    """Nothing crosses from one to another but addresses."""
    changes = {
        "vsphere__server": "vc2.example.com",
        "vsphere__tags": {},
        "vsphere__folder": {"name": "kl-dev"},
    }

    assert broken(**changes) == {}
