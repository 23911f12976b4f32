"""The resource pool of one cluster's machines.

https://registry.terraform.io/providers/vmware/vsphere/latest/docs/resources/resource_pool
"""

from __future__ import annotations

from typing import Final

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_vsphere.resource_pool import ResourcePool as ResourcePoolResource
from constructs import Construct

from constructs_lib.vsphere.estate_tags import EstateTags
from constructs_lib.vsphere.inventory import VsphereCluster
from estate.model.vmware.vsphere.resource_pool import ResourcePoolConfig

_UNLIMITED = -1


class ResourcePool(Construct):
    """Define a pool in a vSphere cluster's own pool; its id is the key of the cluster that it is for.

    Stateful. Machines that Terraform does not know stand in it.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: ResourcePoolConfig,
        name: str,
        vsphere_cluster: VsphereCluster,
        tags: EstateTags | None = None,
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        cpu, memory = config.cpu, config.memory
        self._resource = ResourcePoolResource(
            self,
            "Resource",
            name=name,
            parent_resource_pool_id=vsphere_cluster.resource_pool_id,
            cpu_share_level=cpu.share_level.value,
            cpu_shares=cpu.shares,
            cpu_reservation=cpu.reservation_mhz,
            cpu_expandable=cpu.expandable,
            cpu_limit=cpu.limit_mhz or _UNLIMITED,
            memory_share_level=memory.share_level.value,
            memory_shares=memory.shares,
            memory_reservation=memory.reservation_mb,
            memory_expandable=memory.expandable,
            memory_limit=memory.limit_mb or _UNLIMITED,
            # A vCenter before 7.0 would differ in every plan without it.
            scale_descendants_shares="disabled",
            tags=tags.ids(id_) if tags else None,
            lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
        )
        self.entity_type: Final[str] = "ResourcePool"

    @property
    def entity_id(self) -> str:
        """Managed object id of the pool."""
        return self._resource.id
