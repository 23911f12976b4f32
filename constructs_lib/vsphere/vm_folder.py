"""The folder of an environment's machines, and those of its clusters in it.

https://registry.terraform.io/providers/vmware/vsphere/latest/docs/resources/folder
"""

from __future__ import annotations

from typing import Final

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_vsphere.folder import Folder
from constructs import Construct

from constructs_lib.naming import Naming
from constructs_lib.vsphere.estate_tags import EstateTags
from constructs_lib.vsphere.inventory import Inventory
from estate.model.vmware.vsphere.folder import FolderConfig


class VmFolder(Construct):
    """Define the folder; those of clusters are added one by one.

    Stateful. Machines that Terraform does not know stand in it.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: FolderConfig,
        naming: Naming,
        inventory: Inventory,
        tags: EstateTags | None = None,
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        self._inventory = inventory
        self._tags = tags
        self._lifecycle = TerraformResourceLifecycle(prevent_destroy=prevent_destroy)
        self._resource = Folder(
            self,
            "Resource",
            path=config.path_in(naming.organization, naming.environment),
            type="vm",
            datacenter_id=inventory.datacenter_id(),
            tags=tags.ids() if tags else None,
            lifecycle=self._lifecycle,
        )
        self._clusters = Construct(self, "Clusters")
        self.path: Final[str] = self._resource.path
        self.entity_type: Final[str] = "Folder"

    @property
    def entity_id(self) -> str:
        """Managed object id of the folder."""
        return self._resource.id

    def add_cluster(self, key: str, name: str) -> None:
        """Make a folder of its own in it for a cluster's machines."""
        Folder(
            self._clusters,
            key,
            # A reference, because the provider makes no folder that a path takes for granted.
            path=f"{self._resource.path}/{name}",
            type="vm",
            datacenter_id=self._inventory.datacenter_id(),
            tags=self._tags.ids(key) if self._tags else None,
            lifecycle=self._lifecycle,
        )
