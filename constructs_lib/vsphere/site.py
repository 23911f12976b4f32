"""Where a machine of ours stands, and what it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from cdktf_cdktf_provider_vsphere.data_vsphere_virtual_machine import DataVsphereVirtualMachine


@dataclass(frozen=True)
class MachineSite:
    """References to the places of one machine.

    Attributes:
        folder: path of the folder, below the data center's folder for machines; that one when None.
        resource_pool_id: managed object id of the resource pool.
        datastore_id: managed object id of the datastore.
        network_id: managed object id of the network.
        template: what it is made from.
    """

    folder: str | None
    resource_pool_id: str
    datastore_id: str
    network_id: str
    template: DataVsphereVirtualMachine
