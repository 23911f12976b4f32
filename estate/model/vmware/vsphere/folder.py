"""The folder of an environment's machines.

Left out: moving a running cluster into it, which the product cannot.
"""

from __future__ import annotations

from pydantic import StrictBool

from estate.model.base import Model
from estate.model.naming import physical_name
from estate.model.vmware.values import InventoryName
from estate.model.vmware.vsphere.values import ObjectName


class FolderConfig(Model):
    """A folder for virtual machines in the data center of vmware.vcenter."""

    name: ObjectName | None = None
    """Name of the folder, for one that exists and is imported; organization and environment when absent."""
    parent: InventoryName | None = None
    """Path of the folder that it stands in, which exists and is nobody's here; directly below the data
    center's folder for machines when absent."""
    per_cluster: StrictBool = False
    """Whether each user cluster has a folder of its own in it, named like the cluster; not when absent."""

    def name_in(self, organization: str, environment: str) -> str:
        """The folder's name."""
        return self.name or physical_name(organization, environment)

    def path_in(self, organization: str, environment: str) -> str:
        """The folder's path below the data center's folder for machines."""
        name = self.name_in(organization, environment)
        return f"{self.parent}/{name}" if self.parent else name
