"""What an environment makes in vCenter: tags, a folder, resource pools, port groups, and who may do what to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from constructs import Construct

from constructs_lib.vsphere.account_roles import AccountRoles
from constructs_lib.vsphere.entity_permissions import EntityPermissions
from constructs_lib.vsphere.estate_tags import EstateTags
from constructs_lib.vsphere.inventory import Inventory
from constructs_lib.vsphere.port_group import PortGroup
from constructs_lib.vsphere.resource_pool import ResourcePool
from constructs_lib.vsphere.vm_folder import VmFolder
from estate.derived.vmware.vsphere.permissions import role_name
from estate.derived.vmware.vsphere.placement import cluster_name, clusters, pool_name, vsphere_cluster_of
from estate.facts.vmware.vsphere.privileges import RoleKind
from estate.model.vmware.vmware import VmwareConfig
from estate.model.vmware.vsphere.access import AccessConfig
from estate.model.vmware.vsphere.vsphere import VsphereConfig
from stacks.context import StackContext
from stacks.sections.workstations import WorkstationsSection


class VsphereSection:
    """Define the objects that clusters and workstations stand in, then the workstations."""

    def __init__(self, context: StackContext, *, config: VsphereConfig, vmware: VmwareConfig) -> None:
        inventory = Inventory(
            context.stack, "Existing", config=config.ids, datacenter=vmware.vcenter.datacenter
        )
        tags = _tags(context, config, vmware)
        folder = _folder(context, config, vmware, inventory, tags)
        pools = _resource_pools(context, config, vmware, inventory, tags)
        port_groups = _port_groups(context, config, inventory, tags)
        if config.access:
            folders = [folder] if folder else []
            _define_permissions(
                context, config.access, inventory, [*folders, *pools.values(), *port_groups.values()]
            )
        WorkstationsSection(
            context,
            config=config,
            vcenter=vmware.vcenter,
            inventory=inventory,
            tags=tags,
            folder=folder,
            pools=pools,
            port_groups=port_groups,
        )


def _tags(context: StackContext, config: VsphereConfig, vmware: VmwareConfig) -> EstateTags | None:
    if config.tags is None:
        return None
    return EstateTags(
        context.stack,
        "Tags",
        config=config.tags,
        naming=context.naming,
        clusters={key: cluster_name(vmware, *context.names, key) for key in clusters(vmware)},
        prevent_destroy=context.prevent_destroy,
    )


def _folder(
    context: StackContext,
    config: VsphereConfig,
    vmware: VmwareConfig,
    inventory: Inventory,
    tags: EstateTags | None,
) -> VmFolder | None:
    if config.folder is None:
        return None
    folder = VmFolder(
        context.stack,
        "Folder",
        config=config.folder,
        naming=context.naming,
        inventory=inventory,
        tags=tags,
        prevent_destroy=context.prevent_destroy,
    )
    for key in vmware.user_clusters if config.folder.per_cluster else ():
        folder.add_cluster(key, cluster_name(vmware, *context.names, key))
    return folder


def _resource_pools(
    context: StackContext,
    config: VsphereConfig,
    vmware: VmwareConfig,
    inventory: Inventory,
    tags: EstateTags | None,
) -> Mapping[str, ResourcePool]:
    namespace = Construct(context.stack, "ResourcePools")
    return {
        key: ResourcePool(
            namespace,
            key,
            config=pool,
            name=pool_name(vmware, *context.names, key),
            vsphere_cluster=inventory.cluster(vsphere_cluster_of(vmware, key) or ""),
            tags=tags,
            prevent_destroy=context.prevent_destroy,
        )
        for key, pool in config.resource_pools.items()
    }


def _port_groups(
    context: StackContext, config: VsphereConfig, inventory: Inventory, tags: EstateTags | None
) -> Mapping[str, PortGroup]:
    namespace = Construct(context.stack, "PortGroups")
    return {
        name: PortGroup(
            namespace,
            name,
            config=port_group,
            name=name,
            inventory=inventory,
            tags=tags,
            prevent_destroy=context.prevent_destroy,
        )
        for name, port_group in config.port_groups.items()
    }


def _define_permissions(
    context: StackContext,
    access: AccessConfig,
    inventory: Inventory,
    entities: Sequence[VmFolder | ResourcePool | PortGroup],
) -> None:
    names = {kind: role_name(*context.names, kind) for kind in RoleKind}
    roles = AccountRoles(context.stack, "Roles", config=access, names=names, inventory=inventory)
    for entity in entities:
        EntityPermissions(
            entity,
            "Permissions",
            config=access,
            entity=entity,
            roles=roles,
            inventory=inventory,
        )
