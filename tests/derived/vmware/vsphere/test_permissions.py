"""What the clusters' account needs, and who sets it."""

from __future__ import annotations

from typing import Any

import pytest

from estate.derived.vmware.vsphere.permissions import permissions
from estate.model.vmware.vmware import VmwareConfig
from tests.model.vmware.documents import CLUSTER, changed, moved
from tests.model.vmware.vsphere.documents import VMWARE

GKE = "kl-dev-gke"


def found(*, made_here: bool, **changes: Any) -> list[tuple[str, str, str]]:
    """Object, path and role of the account's permissions."""
    vmware = VmwareConfig.model_validate(changed(VMWARE, **changes))
    return [
        (one.entity_type, one.path, one.role)
        for one in permissions(vmware, "kl", "dev")
        if one.made_here is made_here and one.principal == "EXAMPLE\\gke-dev"
    ]


def test_what_is_shared_is_for_the_vsphere_team() -> None:
    """The root without what is below it, the data center, the vSphere cluster, datastores, the admin cluster."""
    vmware = VmwareConfig.model_validate(VMWARE)

    shared = [one for one in permissions(vmware, "kl", "dev") if not one.made_here]
    assert [(one.path, one.role, one.propagate) for one in shared] == [
        ("/", "kl-dev-gke-session-validator", False),
        ("/DC1", "Read-only", True),
        ("/DC1/host/GKE", "kl-dev-gke-cluster-editor", True),
        ("/DC1/datastore/ds1", GKE, True),
        ("/DC1/network/(the admin cluster's)", GKE, True),
    ]


def test_what_is_made_here_is_set_here_for_everybody() -> None:
    """The provider owns the whole list, so the others stand in it too."""
    vmware = VmwareConfig.model_validate(VMWARE)

    made = [one for one in permissions(vmware, "kl", "dev") if one.made_here]
    assert [(one.path, one.principal, one.is_group, one.role) for one in made] == [
        (path, *who)
        for path in (
            "/DC1/vm/kl-dev",
            "/DC1/host/GKE/Resources/kl-dev-admin",
            "/DC1/host/GKE/Resources/kl-dev-apps",
            "/DC1/network/vlan-210",
        )
        for who in (("EXAMPLE\\gke-dev", False, GKE), ("EXAMPLE\\operators", True, "Read-only"))
    ]


def test_a_role_that_exists_takes_the_place_of_ours() -> None:
    """For the account; what checks sessions and edits clusters is still made here."""
    roles = {role for _, _, role in found(made_here=False, vsphere__access__role="Anthos")}

    assert roles == {"Anthos", "Read-only", "kl-dev-gke-cluster-editor", "kl-dev-gke-session-validator"}


@pytest.mark.parametrize(
    ("changes", "more"),
    [
        (
            {"vsphere__folder": None, "vcenter__folder": "theirs"},
            {("VM folder", "/DC1/vm/theirs", GKE)},
        ),
        ({"vsphere__folder": None}, {("VM folder", "/DC1/vm", GKE)}),
        (
            {"user_clusters__apps__vcenter": {"folder": "own"}},
            {("VM folder", "/DC1/vm/own", GKE)},
        ),
        ({"vsphere__port_groups": {}}, {("network", "/DC1/network/vlan-210", GKE)}),
        (
            {"vsphere__resource_pools": {"admin": {}}},
            {("resource pool", "/DC1/host/GKE/Resources", GKE)},
        ),
        (
            {"vsphere__resource_pools": {"admin": {}}, "vcenter__resource_pool": "shared"},
            {("resource pool", "/DC1/host/GKE/Resources/shared", GKE)},
        ),
        (
            {"vsphere__resource_pools": {"apps": {}}, "vsphere__workstations__second__resource_pool": None},
            {("resource pool", "/DC1/host/(the admin cluster's)", GKE)},
        ),
        (
            {"user_clusters__apps__node_pools__workers__datastore": "ds2"},
            {("datastore", "/DC1/datastore/ds2", GKE)},
        ),
        (
            {"user_clusters__apps__vcenter": {"storage_policy_name": "gold"}},
            {("datastore", "/DC1/datastore/(every one of storage policy gold)", GKE)},
        ),
        (
            {"user_clusters__data": changed(moved(CLUSTER, "10.22.0"), vcenter={"cluster": "GKE-2"})},
            {
                ("vSphere cluster", "/DC1/host/GKE-2", "kl-dev-gke-cluster-editor"),
                ("resource pool", "/DC1/host/GKE-2/Resources", GKE),
                ("network", "/DC1/network/vlan-10.22.0", GKE),
            },
        ),
    ],
    ids=[
        "folder of others",
        "no folder",
        "folder of a cluster",
        "port group of others",
        "no pool",
        "pool of others",
        "no pool for the admin cluster",
        "datastore of a pool",
        "storage policy",
        "another vSphere cluster",
    ],
)
def test_what_is_not_made_here_is_for_the_vsphere_team(
    changes: dict[str, Any], more: set[tuple[str, str, str]]
) -> None:
    """Whatever a machine stands in needs the role, whoever made it."""
    assert set(found(made_here=False, **changes)) - set(found(made_here=False)) == more


def test_places_that_only_gkectl_knows_are_said_to_be_the_admin_clusters() -> None:
    """Rather than left out."""
    section = changed(
        VMWARE,
        vcenter={"datacenter": "DC1"},
        vsphere={"server": "vcenter.example.com", "access": {"account": "EXAMPLE\\gke-dev"}},
    )

    paths = [one.path for one in permissions(VmwareConfig.model_validate(section), "kl", "dev")]
    assert paths == [
        "/",
        "/DC1",
        "/DC1/host/(the admin cluster's)",
        "/DC1/datastore/(the admin cluster's)",
        "/DC1/network/(the admin cluster's)",
        "/DC1/host/(the admin cluster's)",
        "/DC1/network/vlan-210",
        "/DC1/host/(the admin cluster's)/Resources",
        "/DC1/vm",
    ]


@pytest.mark.parametrize("changes", [{"vsphere": None}, {"vsphere__access": None}])
def test_without_an_account_there_are_no_permissions(changes: dict[str, Any]) -> None:
    """They are left to the vSphere team."""
    assert permissions(VmwareConfig.model_validate(changed(VMWARE, **changes)), "kl", "dev") == []
