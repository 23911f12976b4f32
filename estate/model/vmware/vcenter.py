"""Where in vCenter a user cluster's machines stand.

Whatever is absent is inherited from the admin cluster. Left out: the vCenter itself and its certificate,
which a user cluster shares with its admin cluster, and the credentials, which never stand in a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, StrictInt

from estate.model.base import Model
from estate.model.rules import Violation, rule
from estate.model.vmware.values import InventoryName

HOSTS_TO_SPREAD_OVER = 3
"""Physical hosts that the product's anti-affinity rules need."""


class VcenterConfig(Model):
    """Places in vCenter."""

    datacenter: InventoryName | None = None
    """Data center; the admin cluster's when absent."""
    cluster: InventoryName | None = None
    """vSphere cluster; the admin cluster's when absent."""
    resource_pool: InventoryName | None = None
    """Resource pool; the admin cluster's when absent."""
    datastore: InventoryName | None = None
    """Datastore of the machines' disks; the admin cluster's when absent."""
    storage_policy_name: InventoryName | None = None
    """Storage policy that chooses the datastore, instead of naming one; none when absent."""
    folder: InventoryName | None = None
    """Folder of the machines; the admin cluster's when absent."""
    hosts: Annotated[StrictInt, Field(ge=1)] | None = None
    """Physical (ESXi) hosts of the vSphere cluster: with fewer than three, nodes are not kept apart;
    three or more when absent."""

    @property
    def spreads_nodes(self) -> bool:
        """Whether nodes of one kind are kept on different physical hosts."""
        return self.hosts is None or self.hosts >= HOSTS_TO_SPREAD_OVER

    def overridden_by(self, other: VcenterConfig | None) -> VcenterConfig:
        """What ``other`` says, and what this says of the rest."""
        if other is None:
            return self
        changes = other.model_dump(exclude_none=True)
        merged = {**self.model_dump(), **changes}
        # Each of the two says where disks go, so one takes the place of the other.
        if other.datastore:
            merged["storage_policy_name"] = None
        if other.storage_policy_name:
            merged["datastore"] = None
        return VcenterConfig.model_validate(merged)

    @rule
    def _disks_go_to_one_place(self) -> Iterator[Violation]:
        """Disks go to a datastore, or where a storage policy says."""
        if self.datastore and self.storage_policy_name:
            yield Violation(
                ("storage_policy_name",),
                f"must be left out with datastore, got {self.storage_policy_name} and {self.datastore}; "
                "name a datastore or the policy that chooses one",
            )
