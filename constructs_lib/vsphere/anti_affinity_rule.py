"""Machines of ours that vSphere keeps on different physical hosts.

Left out: nodes of clusters, for which the product makes such rules itself.

https://registry.terraform.io/providers/vmware/vsphere/latest/docs/resources/compute_cluster_vm_anti_affinity_rule
"""

from __future__ import annotations

from collections.abc import Mapping

from cdktf_cdktf_provider_vsphere.compute_cluster_vm_anti_affinity_rule import (
    ComputeClusterVmAntiAffinityRule,
)
from constructs import Construct

from constructs_lib.vsphere.inventory import VsphereCluster
from constructs_lib.vsphere.workstation import Workstation
from estate.model.vmware.vsphere.anti_affinity_rule import AntiAffinityRuleConfig


class AntiAffinityRule(Construct):
    """Define a rule for workstations."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: AntiAffinityRuleConfig,
        name: str,
        vsphere_cluster: VsphereCluster,
        workstations: Mapping[str, Workstation],
    ) -> None:
        super().__init__(scope, id_)
        ComputeClusterVmAntiAffinityRule(
            self,
            "Resource",
            name=name,
            compute_cluster_id=vsphere_cluster.cluster_id,
            virtual_machine_ids=[workstations[key].virtual_machine_id for key in config.workstations],
            mandatory=config.mandatory,
        )
