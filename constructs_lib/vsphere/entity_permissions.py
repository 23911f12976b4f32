"""Who may do what to one object of ours.

The resource owns the object's whole list of permissions: whatever else stands in it is taken away. So it is
never defined for an object that this project did not make. What is inherited from above is left alone.

https://registry.terraform.io/providers/vmware/vsphere/latest/docs/resources/entity_permissions
"""

from __future__ import annotations

from typing import Protocol

from cdktf_cdktf_provider_vsphere.entity_permissions import EntityPermissions as EntityPermissionsResource
from cdktf_cdktf_provider_vsphere.entity_permissions import EntityPermissionsPermissions
from constructs import Construct

from constructs_lib.vsphere.account_roles import AccountRoles
from constructs_lib.vsphere.inventory import Inventory
from estate.model.vmware.vsphere.access import AccessConfig


class Entity(Protocol):
    """An object of ours that has permissions."""

    @property
    def entity_id(self) -> str:
        """Managed object id."""

    @property
    def entity_type(self) -> str:
        """Managed object type."""


class EntityPermissions(Construct):
    """Define all permissions of one object: the clusters' account's and everybody else's."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: AccessConfig,
        entity: Entity,
        roles: AccountRoles,
        inventory: Inventory,
    ) -> None:
        super().__init__(scope, id_)
        permissions = {
            config.account: _permission(config.account, config.is_group, roles.account_role_id),
            **{
                other.principal: _permission(other.principal, other.is_group, inventory.role_id(other.role))
                for other in config.others
            },
        }
        EntityPermissionsResource(
            self,
            "Resource",
            entity_id=entity.entity_id,
            entity_type=entity.entity_type,
            # In the order in which the provider reads them back.
            permissions=[permissions[principal] for principal in sorted(permissions, key=str.lower)],
        )


def _permission(principal: str, is_group: bool, role_id: str) -> EntityPermissionsPermissions:  # noqa: FBT001 - two of three are text
    return EntityPermissionsPermissions(
        user_or_group=principal, is_group=is_group, role_id=role_id, propagate=True
    )
