"""The vSphere estate of one environment as a Terraform stack of its own.

Apart from the environment's stack, because any vSphere object makes a plan log in to vCenter. The two refer
to each other's objects by name. Credentials come from VSPHERE_USER and VSPHERE_PASSWORD alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cdktf import TerraformStack
from cdktf_cdktf_provider_vsphere.provider import VsphereProvider
from constructs import Construct

from constructs_lib.naming import Naming
from constructs_lib.vsphere.account_roles import AccountRoles
from constructs_lib.vsphere.anti_affinity_rule import AntiAffinityRule
from constructs_lib.vsphere.entity_permissions import Entity, EntityPermissions
from constructs_lib.vsphere.estate_tags import EstateTags
from constructs_lib.vsphere.inventory import Inventory
from constructs_lib.vsphere.port_group import PortGroup
from constructs_lib.vsphere.resource_pool import ResourcePool
from constructs_lib.vsphere.site import MachineSite
from constructs_lib.vsphere.vm_folder import VmFolder
from constructs_lib.vsphere.workstation import Workstation
from estate.model.environment import Environment
from estate.model.organization import Organization
from estate.model.refactoring import Refactoring
from estate.model.vmware.vmware import VmwareConfig
from estate.model.vmware.vsphere.permissions import role_name
from estate.model.vmware.vsphere.placement import (
    cluster_name,
    clusters,
    pool_name,
    vsphere_cluster_of,
)
from estate.model.vmware.vsphere.privileges import RoleKind
from estate.model.vmware.vsphere.values import default_name
from estate.model.vmware.vsphere.vsphere import VsphereConfig
from stacks.backend import define_backend
from stacks.refactoring_blocks import define_refactoring_blocks


class VsphereStack(TerraformStack):
    """Define what an environment makes in vCenter."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: Environment,
        vmware: VmwareConfig,
        vsphere: VsphereConfig,
        organization: Organization,
        refactoring: Refactoring,
    ) -> None:
        super().__init__(scope, id_)
        self._vmware: Final = vmware
        self._vsphere: Final = vsphere
        self._naming: Final = Naming(organization=organization.name, environment=config.environment)
        self._names: Final = (organization.name, config.environment)
        self._prevent_destroy: Final = config.deletion_protection

        define_backend(self, config.state, config.environment, id_)
        self._define_provider()
        self._inventory: Final = Inventory(
            self, "Existing", config=vsphere.ids, datacenter=vmware.vcenter.datacenter
        )
        self._tags: Final = self._estate_tags()
        folder = self._folder()
        pools = self._resource_pools()
        port_groups = self._port_groups()
        self._define_permissions([*([folder] if folder else []), *pools.values(), *port_groups.values()])
        self._define_machines(folder, pools, port_groups)
        define_refactoring_blocks(self, refactoring)

    def _define_provider(self) -> None:
        provider = VsphereProvider(
            self,
            "Vsphere",
            vsphere_server=self._vsphere.server,
            allow_unverified_ssl=self._vsphere.allow_unverified_ssl,
            user="",
            password="",
        )
        # The binding wants both, and the provider takes them from the environment only when they are absent.
        provider.add_override("user", None)
        provider.add_override("password", None)

    def _estate_tags(self) -> EstateTags | None:
        if self._vsphere.tags is None:
            return None
        return EstateTags(
            self,
            "Tags",
            config=self._vsphere.tags,
            naming=self._naming,
            clusters={key: cluster_name(self._vmware, *self._names, key) for key in clusters(self._vmware)},
            prevent_destroy=self._prevent_destroy,
        )

    def _folder(self) -> VmFolder | None:
        config = self._vsphere.folder
        if config is None:
            return None
        folder = VmFolder(
            self,
            "Folder",
            config=config,
            naming=self._naming,
            inventory=self._inventory,
            tags=self._tags,
            prevent_destroy=self._prevent_destroy,
        )
        for key in self._vmware.user_clusters if config.per_cluster else ():
            folder.add_cluster(key, cluster_name(self._vmware, *self._names, key))
        return folder

    def _resource_pools(self) -> dict[str, ResourcePool]:
        namespace = Construct(self, "ResourcePools")
        return {
            key: ResourcePool(
                namespace,
                key,
                config=config,
                name=pool_name(self._vmware, *self._names, key),
                vsphere_cluster=self._inventory.cluster(vsphere_cluster_of(self._vmware, key) or ""),
                tags=self._tags,
                prevent_destroy=self._prevent_destroy,
            )
            for key, config in self._vsphere.resource_pools.items()
        }

    def _port_groups(self) -> dict[str, PortGroup]:
        namespace = Construct(self, "PortGroups")
        return {
            name: PortGroup(
                namespace,
                name,
                config=config,
                name=name,
                inventory=self._inventory,
                tags=self._tags,
                prevent_destroy=self._prevent_destroy,
            )
            for name, config in self._vsphere.port_groups.items()
        }

    def _define_permissions(self, entities: list[VmFolder | ResourcePool | PortGroup]) -> None:
        access = self._vsphere.access
        if access is None:
            return
        names = {kind: role_name(*self._names, kind) for kind in RoleKind}
        roles = AccountRoles(self, "Roles", config=access, names=names, inventory=self._inventory)
        for entity in entities:
            EntityPermissions(
                entity,
                "Permissions",
                config=access,
                entity=entity,
                roles=roles,
                inventory=self._inventory,
            )

    def _define_machines(
        self,
        folder: VmFolder | None,
        pools: Mapping[str, Entity],
        port_groups: Mapping[str, Entity],
    ) -> None:
        namespace = Construct(self, "Workstations")
        vcenter = self._vmware.vcenter
        machines = {}
        for key, config in self._vsphere.workstations.items():
            pool = pools.get(config.resource_pool or "")
            port_group = port_groups.get(config.network.port_group)
            site = MachineSite(
                folder=folder.path if folder else vcenter.folder,
                resource_pool_id=pool.entity_id
                if pool
                else self._inventory.cluster(vcenter.cluster or "").resource_pool_id,
                datastore_id=self._inventory.datastore_id(config.datastore or vcenter.datastore or ""),
                network_id=port_group.entity_id
                if port_group
                else self._inventory.network_id(config.network.port_group),
                template=self._inventory.template(config.template),
            )
            machines[key] = Workstation(
                namespace,
                key,
                config=config,
                name=config.name_in(*self._names, key),
                site=site,
                tags=self._tags,
                prevent_destroy=self._prevent_destroy,
            )
        rules = Construct(self, "AntiAffinityRules")
        for key, rule in self._vsphere.anti_affinity_rules.items():
            AntiAffinityRule(
                rules,
                key,
                config=rule,
                name=default_name(*self._names, key),
                vsphere_cluster=self._inventory.cluster(vcenter.cluster or ""),
                workstations=machines,
            )
