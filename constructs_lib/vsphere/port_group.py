"""A distributed port group with its VLAN.

Left out: uplinks and policies, which it takes over from the switch.

https://registry.terraform.io/providers/vmware/vsphere/latest/docs/resources/distributed_port_group
"""

from __future__ import annotations

from typing import Final

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_vsphere.distributed_port_group import DistributedPortGroup
from constructs import Construct

from constructs_lib.vsphere.estate_tags import EstateTags
from constructs_lib.vsphere.inventory import Inventory
from estate.model.vmware.vsphere.port_group import PortGroupConfig


class PortGroup(Construct):
    """Define a port group on a switch that exists.

    Stateful. Machines that Terraform does not know are connected to it.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: PortGroupConfig,
        name: str,
        inventory: Inventory,
        tags: EstateTags | None = None,
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        self._resource = DistributedPortGroup(
            self,
            "Resource",
            name=name,
            distributed_virtual_switch_uuid=inventory.switch_uuid(config.switch),
            vlan_id=config.vlan_id,
            number_of_ports=config.number_of_ports,
            tags=tags.ids() if tags else None,
            lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
        )
        self.entity_type: Final[str] = "DistributedVirtualPortgroup"

    @property
    def entity_id(self) -> str:
        """Managed object id of the port group."""
        return self._resource.id
