"""Roles with the privileges that Google documents for the clusters' vCenter account.

Left out: `System.*`, which vCenter adds to every role by itself and the provider would want to take away.

https://registry.terraform.io/providers/vmware/vsphere/latest/docs/resources/role
"""

from __future__ import annotations

from collections.abc import Mapping

from cdktf_cdktf_provider_vsphere.role import Role
from constructs import Construct

from constructs_lib.vsphere.inventory import Inventory
from estate.facts.vmware.vsphere.privileges import RoleKind
from estate.model.vmware.vsphere.access import AccessConfig


class AccountRoles(Construct):
    """Define the account's role on machines and their places, and those that the vSphere team assigns to it."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: AccessConfig,
        names: Mapping[RoleKind, str],
        inventory: Inventory,
    ) -> None:
        super().__init__(scope, id_)
        made = [kind for kind in RoleKind if kind is not RoleKind.CLUSTER_ACCOUNT or config.role is None]
        roles = {
            kind: Role(self, _ID[kind], name=names[kind], role_privileges=list(config.privileges(kind)))
            for kind in made
        }
        self.account_role_id: str = (
            inventory.role_id(config.role) if config.role else roles[RoleKind.CLUSTER_ACCOUNT].id
        )


_ID = {
    RoleKind.CLUSTER_ACCOUNT: "ClusterAccount",
    RoleKind.CLUSTER_EDITOR: "ClusterEditor",
    RoleKind.SESSION_VALIDATOR: "SessionValidator",
}
