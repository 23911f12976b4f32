"""Which objects of the vSphere team an environment's estate refers to, by name."""

from __future__ import annotations

from collections.abc import Mapping

from estate.derived.vmware.vsphere.placement import vsphere_cluster_of
from estate.model.vmware.vmware import VmwareConfig


def used_names(vmware: VmwareConfig) -> Mapping[str, frozenset[str]]:
    """Names that are looked up, or have an id, by the field of `ids` that an id would stand in."""
    vsphere = vmware.vsphere
    if vsphere is None:
        return {}
    datacenter = vmware.vcenter.datacenter
    workstations = vsphere.workstations.values()
    # A workstation in a pool of ours needs no cluster, but a rule that keeps it apart does.
    in_root_pool = [one for one in workstations if one.resource_pool is None]
    return {
        "datacenters": _names([datacenter] if vsphere.makes else []),
        "clusters": _names(
            [
                *(vsphere_cluster_of(vmware, key) for key in vsphere.resource_pools),
                *([vmware.vcenter.cluster] if in_root_pool or vsphere.anti_affinity_rules else []),
            ]
        ),
        "datastores": _names([one.datastore or vmware.vcenter.datastore for one in workstations]),
        "networks": _names([one.network.port_group for one in workstations]) - set(vsphere.port_groups),
        "switches": _names([one.switch for one in vsphere.port_groups.values()]),
    }


def _names(names: list[str | None]) -> frozenset[str]:
    return frozenset(name for name in names if name)
