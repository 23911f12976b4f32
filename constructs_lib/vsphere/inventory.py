"""What exists in vCenter and belongs to others: looked up by name, or known by its id.

Left out: creating any of it.

https://registry.terraform.io/providers/vmware/vsphere/latest/docs
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, cast

from cdktf_cdktf_provider_vsphere.data_vsphere_compute_cluster import DataVsphereComputeCluster
from cdktf_cdktf_provider_vsphere.data_vsphere_datacenter import DataVsphereDatacenter
from cdktf_cdktf_provider_vsphere.data_vsphere_datastore import DataVsphereDatastore
from cdktf_cdktf_provider_vsphere.data_vsphere_distributed_virtual_switch import (
    DataVsphereDistributedVirtualSwitch,
)
from cdktf_cdktf_provider_vsphere.data_vsphere_network import DataVsphereNetwork
from cdktf_cdktf_provider_vsphere.data_vsphere_role import DataVsphereRole
from cdktf_cdktf_provider_vsphere.data_vsphere_virtual_machine import DataVsphereVirtualMachine
from constructs import Construct

from estate.model.vmware.vsphere.object_ids import ObjectIds

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class VsphereCluster:
    """A vSphere cluster.

    Attributes:
        cluster_id: managed object id of the cluster.
        resource_pool_id: managed object id of the resource pool that the cluster has by itself.
    """

    cluster_id: str
    resource_pool_id: str


class Inventory(Construct):
    """Define a look-up for each object that is asked for and whose id is not known."""

    def __init__(self, scope: Construct, id_: str, *, config: ObjectIds, datacenter: str | None) -> None:
        super().__init__(scope, id_)
        self._ids = config
        self._datacenter = datacenter or ""
        self._namespaces: dict[str, Construct] = {}
        self._answers: dict[tuple[str, str], object] = {}

    def datacenter_id(self) -> str:
        """Managed object id of the data center."""
        name = self._datacenter
        return self._ids.datacenters.get(name) or self._once(
            "Datacenters", name, lambda scope: DataVsphereDatacenter(scope, name, name=name).id
        )

    def cluster(self, name: str) -> VsphereCluster:
        """A vSphere cluster of the data center."""

        def look_up(scope: Construct) -> VsphereCluster:
            cluster = DataVsphereComputeCluster(scope, name, name=name, datacenter_id=self.datacenter_id())
            return VsphereCluster(cluster.id, cluster.resource_pool_id)

        ids = self._ids.clusters.get(name)
        return (
            VsphereCluster(ids.cluster, ids.resource_pool) if ids else self._once("Clusters", name, look_up)
        )

    def datastore_id(self, name: str) -> str:
        """Managed object id of a datastore."""
        return self._ids.datastores.get(name) or self._once(
            "Datastores",
            name,
            lambda scope: DataVsphereDatastore(scope, name, name=name, datacenter_id=self.datacenter_id()).id,
        )

    def network_id(self, name: str) -> str:
        """Managed object id of a network."""
        return self._ids.networks.get(name) or self._once(
            "Networks",
            name,
            lambda scope: DataVsphereNetwork(scope, name, name=name, datacenter_id=self.datacenter_id()).id,
        )

    def switch_uuid(self, name: str) -> str:
        """UUID of a distributed switch."""

        def look_up(scope: Construct) -> str:
            return DataVsphereDistributedVirtualSwitch(
                scope, name, name=name, datacenter_id=self.datacenter_id()
            ).id

        return self._ids.switches.get(name) or self._once("Switches", name, look_up)

    def role_id(self, label: str) -> str:
        """Id of a role, by the label that vCenter shows."""
        return self._once("Roles", label, lambda scope: DataVsphereRole(scope, label, label=label).id)

    def template(self, name: str) -> DataVsphereVirtualMachine:
        """A template; always looked up, because its hardware has to be known."""

        def look_up(scope: Construct) -> DataVsphereVirtualMachine:
            return DataVsphereVirtualMachine(scope, name, name=name, datacenter_id=self.datacenter_id())

        return self._once("Templates", name, look_up)

    def _once(self, kind: str, name: str, look_up: Callable[[Construct], Answer]) -> Answer:
        """Look up under the namespace of its kind, once a name."""
        if kind not in self._namespaces:
            self._namespaces[kind] = Construct(self, kind)
        if (kind, name) not in self._answers:
            self._answers[kind, name] = look_up(self._namespaces[kind])
        return cast(Answer, self._answers[kind, name])
