"""Names that the environment's own stack and its companion derive from the same words."""

from __future__ import annotations

from typing import Any

import pytest

from estate.derived.vmware.vsphere.placement import clusters, vcenter_in, vsphere_cluster_of
from estate.model.vmware.vmware import VmwareConfig
from tests.model.vmware.documents import CLUSTER, changed, moved
from tests.model.vmware.vsphere.documents import VMWARE

PLACE = {"datacenter": "DC1", "cluster": "GKE", "datastore": "ds1", "hosts": 4}


@pytest.mark.parametrize(
    ("changes", "made"),
    [
        ({}, {"folder": "kl-dev", "resource_pool": "kl-dev-apps"}),
        ({"vsphere__folder": {"parent": "GKE"}}, {"folder": "GKE/kl-dev", "resource_pool": "kl-dev-apps"}),
        (
            {"vsphere__folder": {"per_cluster": True}},
            {"folder": "kl-dev/kl-dev-apps", "resource_pool": "kl-dev-apps"},
        ),
        (
            {"vsphere__resource_pools__apps": {"name": "Machines"}},
            {"folder": "kl-dev", "resource_pool": "Machines"},
        ),
        (
            {"user_clusters__apps": changed(CLUSTER, name="old", vcenter={"folder": "own"})},
            {"folder": "own", "resource_pool": "old"},
        ),
        (
            {"vsphere__folder": None, "vcenter__folder": "theirs"},
            {"folder": "theirs", "resource_pool": "kl-dev-apps"},
        ),
        (
            {"vsphere__resource_pools": {"admin": {}}, "vcenter__resource_pool": "shared"},
            {"folder": "kl-dev", "resource_pool": "shared"},
        ),
        ({"vsphere": None}, {}),
    ],
    ids=[
        "derived",
        "below a folder of others",
        "a folder for each",
        "named pool",
        "cluster with places of its own",
        "folder of others",
        "pool of others",
        "no estate",
    ],
)
def test_a_cluster_stands_in_what_is_made_for_it(changes: dict[str, Any], made: dict[str, str]) -> None:
    """In the form that gkectl wants: paths below the data center's folder and the vSphere cluster's pool."""
    vmware = VmwareConfig.model_validate(changed(VMWARE, **changes))

    assert vcenter_in(vmware, "kl", "dev", "apps").model_dump(exclude_none=True) == {**PLACE, **made}


def test_pools_follow_their_clusters_to_other_vsphere_clusters() -> None:
    """The admin cluster's stands where the section says."""
    data = changed(moved(CLUSTER, "10.22.0"), vcenter={"cluster": "GKE-2"})
    vmware = VmwareConfig.model_validate(changed(VMWARE, user_clusters__data=data))

    assert [vsphere_cluster_of(vmware, key) for key in ("admin", "apps", "data")] == ["GKE", "GKE", "GKE-2"]
    assert clusters(vmware) == ["admin", "apps", "data"]


def test_without_an_estate_only_user_clusters_are_known() -> None:
    """There is no pool to know another one from."""
    assert clusters(VmwareConfig.model_validate(changed(VMWARE, vsphere=None))) == ["apps"]
