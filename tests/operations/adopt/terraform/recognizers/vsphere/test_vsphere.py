"""Folders, resource pools and port groups of clusters on VMware."""

from __future__ import annotations

from typing import Any

from operations.adopt.terraform.draft import Draft
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.order import GOOGLE, VSPHERE
from tests.example import ESTATE
from tests.operations.adopt.terraform.recognizers.google.foreign import left
from tests.operations.adopt.terraform.states import found_in, state_of, synthesized

CLUSTERS = {"shop": {"name": "shop"}, "data": {}}


def thing(kind: str, address: str, **attributes: Any) -> FoundObject:
    """Something in vCenter."""
    return FoundObject("vc.tfstate", f"vsphere_{kind}.{address}", f"vsphere_{kind}", attributes)


def drafted(vmware: dict[str, Any], *objects: FoundObject) -> Draft:
    """What the recognizers add to clusters."""
    draft = Draft("prod", "kl", {"vmware": vmware})
    for one in VSPHERE:
        one.run(Found(objects), draft)
    return draft


def folder(path: str) -> FoundObject:
    """A folder for machines."""
    return thing("folder", path, path=path, type="vm")


def pool(name: str, **attributes: Any) -> FoundObject:
    """A resource pool."""
    return thing("resource_pool", name, **{"name": name, "id": f"resgroup-{name}", **attributes})


def test_what_the_example_makes_comes_back(tmp_path: Any) -> None:
    """With the clusters' other half; the switch is named in no state, and the server is a person's to say."""
    found = found_in(tmp_path, state_of(synthesized("sandbox")), state_of(synthesized("sandbox-vsphere")))
    draft = Draft("sandbox", "kl")
    for one in (*GOOGLE, *VSPHERE):
        one.run(found, draft)
    vmware = ESTATE.environments["sandbox"].vmware
    assert vmware is not None
    assert vmware.vsphere is not None

    assert draft.at("vmware", "vcenter") == vmware.vcenter.model_dump(exclude_unset=True, exclude={"hosts"})
    assert draft.at("vmware", "vsphere") == vmware.vsphere.model_dump(
        mode="json", exclude_unset=True, include={"folder", "resource_pools"}
    )
    assert list(left(draft)) == ["vsphere_distributed_port_group.PortGroups_vlan-210_8118D982"]


def test_the_folder_is_the_one_that_clusters_stand_in() -> None:
    """By its path; others are listed."""
    vmware = {"vcenter": {"folder": "gke/shops"}, "user_clusters": {"shop": {"vcenter": {"folder": "else"}}}}

    draft = drafted(vmware, folder("gke/shops"), folder("templates"))

    assert draft.at("vmware") == {
        "vcenter": {},
        "user_clusters": {"shop": {"vcenter": {"folder": "else"}}},
        "vsphere": {"folder": {"name": "shops", "parent": "gke"}},
    }
    assert left(draft) == {"vsphere_folder.templates": "is no folder of the environment's clusters"}


def test_each_cluster_may_have_a_folder_of_its_own() -> None:
    """Where all have one, called like the cluster."""
    vmware = {
        "vcenter": {"folder": "kl-prod/shop"},
        "user_clusters": {"shop": CLUSTERS["shop"], "data": {"vcenter": {"folder": "kl-prod/kl-prod-data"}}},
    }

    draft = drafted(vmware, folder("kl-prod"), folder("kl-prod/shop"), folder("kl-prod/kl-prod-data"))

    assert draft.at("vmware", "vsphere", "folder") == {"per_cluster": True}
    assert draft.at("vmware", "user_clusters", "data", "vcenter") == {}
    assert left(draft) == {}


def test_folders_of_others_are_nobody_s_here() -> None:
    """Without clusters, too."""
    assert list(left(drafted({}, folder("theirs")))) == ["vsphere_folder.theirs"]
    assert drafted({}, folder("kl-prod")).at("vmware", "vsphere", "folder") == {}


def test_pools_are_those_that_clusters_stand_in() -> None:
    """With what differs from a pool here; the admin cluster's by its name."""
    vmware = {
        "vcenter": {"resource_pool": "shop-pool"},
        "user_clusters": {"shop": {"name": "shop"}, "data": {"vcenter": {"resource_pool": "kl-prod-data"}}},
    }

    draft = drafted(
        vmware,
        pool(
            "shop-pool",
            cpu_share_level="custom",
            cpu_shares=5000,
            cpu_reservation=1000,
            cpu_limit=-1,
            memory_share_level="high",
            memory_expandable=False,
            memory_limit=4096,
        ),
        pool("kl-prod-data"),
        pool("kl-prod-admin"),
        pool("theirs"),
        pool("below", parent_resource_pool_id="resgroup-theirs"),
    )

    assert draft.at("vmware") == {
        "vcenter": {},
        "user_clusters": {"shop": {"name": "shop"}, "data": {"vcenter": {}}},
        "vsphere": {
            "resource_pools": {
                "shop": {
                    "name": "shop-pool",
                    "cpu": {"share_level": "custom", "shares": 5000, "reservation_mhz": 1000},
                    "memory": {"share_level": "high", "expandable": False, "limit_mb": 4096},
                },
                "data": {},
                "admin": {},
            }
        },
    }
    assert left(draft) == {
        "vsphere_resource_pool.theirs": "is no cluster's pool",
        "vsphere_resource_pool.below": "stands in another pool, and pools here stand in a vSphere cluster's own",
    }


def test_a_place_of_all_stays_while_a_cluster_has_no_pool() -> None:
    """It stands in that one."""
    vmware = {
        "vcenter": {"resource_pool": "shared"},
        "user_clusters": {"shop": {"vcenter": {"resource_pool": "kl-prod-shop"}}, "data": {}},
    }

    draft = drafted(vmware, pool("kl-prod-shop"))

    assert draft.at("vmware", "vcenter") == {"resource_pool": "shared"}
    assert draft.at("vmware", "user_clusters", "shop", "vcenter") == {}


def test_port_groups_are_of_one_vlan_and_of_a_switch_with_a_name() -> None:
    """Any other is listed."""
    groups: dict[str, dict[str, Any]] = {
        "vlan-9": {"vlan_id": 9, "distributed_virtual_switch_uuid": "50 0c"},
        "trunk": {"vlan_range": [{"min_vlan": 1, "max_vlan": 9}], "distributed_virtual_switch_uuid": "50 0c"},
        "none": {"vlan_id": 0, "distributed_virtual_switch_uuid": "50 0c"},
        "lost": {"vlan_id": 10, "distributed_virtual_switch_uuid": "50 0d"},
    }
    some = [thing("distributed_port_group", name, name=name, **said) for name, said in groups.items()]

    draft = drafted({}, thing("distributed_virtual_switch", "dvs", id="50 0c", name="dvs-main"), *some)

    assert draft.at("vmware", "vsphere", "port_groups") == {"vlan-9": {"switch": "dvs-main", "vlan_id": 9}}
    assert left(draft) == {
        "vsphere_distributed_port_group.trunk": "is of no single VLAN",
        "vsphere_distributed_port_group.none": "is of no single VLAN",
        "vsphere_distributed_port_group.lost": "is of a switch whose name no state tells",
    }
