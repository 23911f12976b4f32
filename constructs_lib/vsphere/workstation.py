"""A workstation for gkectl.

Made from a template with cloud-init; nothing is installed on it. A newer template under the same name, or
another key in the file, does not touch a machine that runs: what is read once is ignored afterwards.

https://registry.terraform.io/providers/vmware/vsphere/latest/docs/resources/virtual_machine
"""

from __future__ import annotations

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_vsphere.virtual_machine import (
    VirtualMachine,
    VirtualMachineClone,
    VirtualMachineDisk,
    VirtualMachineNetworkInterface,
)
from constructs import Construct

from constructs_lib.vsphere.cloud_init import guestinfo
from constructs_lib.vsphere.estate_tags import EstateTags
from constructs_lib.vsphere.site import MachineSite
from estate.model.vmware.vsphere.workstation import WorkstationConfig

_READ_ONCE = [
    "clone",
    "disk[0].eagerly_scrub",
    "disk[0].thin_provisioned",
    "extra_config",
    "firmware",
    "guest_id",
    "scsi_type",
]


class Workstation(Construct):
    """Define a virtual machine with a fixed address and logins by key.

    Stateful. Its disk holds the keys and kubeconfigs of the clusters that are administered from it.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: WorkstationConfig,
        name: str,
        site: MachineSite,
        tags: EstateTags | None = None,
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        template = site.template
        disk = template.disks.get(0)
        self._resource = VirtualMachine(
            self,
            "Resource",
            name=name,
            annotation="Workstation for gkectl, made by Terraform",
            folder=site.folder,
            resource_pool_id=site.resource_pool_id,
            datastore_id=site.datastore_id,
            num_cpus=config.cpus,
            memory=config.memory_mb,
            guest_id=template.guest_id,
            firmware=template.firmware,
            scsi_type=template.scsi_type,
            disk=[
                VirtualMachineDisk(
                    label="disk0",
                    size=config.disk_gb,
                    thin_provisioned=disk.thin_provisioned,
                    eagerly_scrub=disk.eagerly_scrub,
                )
            ],
            network_interface=[VirtualMachineNetworkInterface(network_id=site.network_id)],
            clone=VirtualMachineClone(template_uuid=template.id),
            extra_config=guestinfo(config, name),
            wait_for_guest_net_timeout=config.wait_for_ip_minutes,
            tags=tags.ids() if tags else None,
            lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy, ignore_changes=_READ_ONCE),
        )

    @property
    def virtual_machine_id(self) -> str:
        """UUID of the machine."""
        return self._resource.id
