"""The admin workstations of an environment, and which of them stand on hosts apart."""

from __future__ import annotations

from collections.abc import Mapping

from constructs import Construct

from constructs_lib.vsphere.anti_affinity_rule import AntiAffinityRule
from constructs_lib.vsphere.entity_permissions import Entity
from constructs_lib.vsphere.estate_tags import EstateTags
from constructs_lib.vsphere.inventory import Inventory
from constructs_lib.vsphere.site import MachineSite
from constructs_lib.vsphere.vm_folder import VmFolder
from constructs_lib.vsphere.workstation import Workstation
from estate.model.naming import physical_name
from estate.model.vmware.vcenter import VcenterConfig
from estate.model.vmware.vsphere.vsphere import VsphereConfig
from estate.model.vmware.vsphere.workstation import WorkstationConfig
from stacks.context import StackContext


class WorkstationsSection:
    """Define every machine, in what the environment makes or in what exists."""

    def __init__(  # noqa: PLR0913 - a machine stands in many things
        self,
        context: StackContext,
        *,
        config: VsphereConfig,
        vcenter: VcenterConfig,
        inventory: Inventory,
        tags: EstateTags | None,
        folder: VmFolder | None,
        pools: Mapping[str, Entity],
        port_groups: Mapping[str, Entity],
    ) -> None:
        def site(machine: WorkstationConfig) -> MachineSite:
            pool = pools.get(machine.resource_pool or "")
            port_group = port_groups.get(machine.network.port_group)
            return MachineSite(
                folder=folder.path if folder else vcenter.folder,
                resource_pool_id=pool.entity_id
                if pool
                else inventory.cluster(vcenter.cluster or "").resource_pool_id,
                datastore_id=inventory.datastore_id(machine.datastore or vcenter.datastore or ""),
                network_id=port_group.entity_id
                if port_group
                else inventory.network_id(machine.network.port_group),
                template=inventory.template(machine.template),
            )

        namespace = Construct(context.stack, "Workstations")
        machines = {
            key: Workstation(
                namespace,
                key,
                config=machine,
                name=machine.name_in(*context.names, key),
                site=site(machine),
                tags=tags,
                prevent_destroy=context.prevent_destroy,
            )
            for key, machine in config.workstations.items()
        }
        rules = Construct(context.stack, "AntiAffinityRules")
        for key, rule in config.anti_affinity_rules.items():
            AntiAffinityRule(
                rules,
                key,
                config=rule,
                name=physical_name(*context.names, key),
                vsphere_cluster=inventory.cluster(vcenter.cluster or ""),
                workstations=machines,
            )
