"""Where a user cluster's machines stand when the environment makes the places itself.

The environment's own stack refers to them by these names, so that it never asks vCenter.
"""

from __future__ import annotations

from typing import Final

from estate.model.naming import physical_name
from estate.model.vmware.vcenter import VcenterConfig
from estate.model.vmware.vmware import VmwareConfig

ADMIN: Final = "admin"
"""Key of the admin cluster's resource pool."""


def vcenter_in(vmware: VmwareConfig, organization: str, environment: str, key: str) -> VcenterConfig:
    """What the section says of a user cluster's place, and the folder and pool that it makes for it."""
    said = vmware.vcenter_of(key)
    vsphere = vmware.vsphere
    if vsphere is None:
        return said
    made: dict[str, str] = {}
    if vsphere.folder and said.folder is None:
        path = vsphere.folder.path_in(organization, environment)
        made["folder"] = (
            f"{path}/{cluster_name(vmware, organization, environment, key)}"
            if vsphere.folder.per_cluster
            else path
        )
    if key in vsphere.resource_pools:
        # Relative to the vSphere cluster's own pool, as gkectl wants it.
        made["resource_pool"] = pool_name(vmware, organization, environment, key)
    return said.model_copy(update=made)


def clusters(vmware: VmwareConfig) -> list[str]:
    """Keys of the clusters that anything is made for: user clusters, and whatever else has a pool."""
    pools = vmware.vsphere.resource_pools if vmware.vsphere else {}
    return sorted({*vmware.user_clusters, *pools})


def cluster_name(vmware: VmwareConfig, organization: str, environment: str, key: str) -> str:
    """Name of a cluster, which may be still to come, or be the admin cluster."""
    cluster = vmware.user_clusters.get(key)
    return (
        cluster.name_in(organization, environment, key)
        if cluster
        else physical_name(organization, environment, key)
    )


def pool_name(vmware: VmwareConfig, organization: str, environment: str, key: str) -> str:
    """Name of the resource pool that the section makes for a cluster."""
    named = vmware.vsphere.resource_pools[key].name if vmware.vsphere else None
    return named or cluster_name(vmware, organization, environment, key)


def vsphere_cluster_of(vmware: VmwareConfig, key: str) -> str | None:
    """Name of the vSphere cluster that a cluster's machines stand in; None when only gkectl knows it."""
    return (vmware.vcenter_of(key) if key in vmware.user_clusters else vmware.vcenter).cluster
