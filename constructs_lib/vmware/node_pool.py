"""Worker nodes of a user cluster.

Not stateful: a pool that goes away drains its nodes first, and volumes stay with the cluster.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/gkeonprem_vmware_node_pool
"""

from __future__ import annotations

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_google.gkeonprem_vmware_node_pool import (
    GkeonpremVmwareNodePool,
    GkeonpremVmwareNodePoolConfigA,
    GkeonpremVmwareNodePoolConfigTaints,
    GkeonpremVmwareNodePoolConfigVsphereConfig,
    GkeonpremVmwareNodePoolConfigVsphereConfigTags,
    GkeonpremVmwareNodePoolNodePoolAutoscaling,
    GkeonpremVmwareNodePoolTimeouts,
)
from constructs import Construct

from constructs_lib.vmware import drift
from constructs_lib.vmware.user_cluster import UserCluster
from estate.model.vmware.node_pool import Autoscaling, NodePoolConfig


class NodePool(Construct):
    """Define worker nodes of one kind, once their cluster stands.

    A pool belongs to its cluster by name, which the provider would change in place and the service
    refuses; so a pool is replaced with the name.
    """

    def __init__(
        self, scope: Construct, id_: str, *, config: NodePoolConfig, name: str, cluster: UserCluster
    ) -> None:
        super().__init__(scope, id_)
        vsphere = _vsphere_config(config, cluster.site.vcenter.datastore)
        GkeonpremVmwareNodePool(
            self,
            "Resource",
            name=name,
            project=cluster.site.project,
            location=cluster.site.location,
            vmware_cluster=cluster.name,
            annotations=drift.NO_ANNOTATIONS,
            config=_config(config, vsphere),
            node_pool_autoscaling=_autoscaling(config.autoscaling) if config.autoscaling else None,
            timeouts=GkeonpremVmwareNodePoolTimeouts(create="2h", update="4h", delete="2h"),
            depends_on=[cluster.resource],
            lifecycle=TerraformResourceLifecycle(
                replace_triggered_by=[f"{cluster.address}.name"],
                ignore_changes=drift.ignored_by_pool(
                    autoscaled=config.autoscaling is not None, vsphere_config_said=vsphere is not None
                ),
            ),
        )


def _config(
    config: NodePoolConfig, vsphere: GkeonpremVmwareNodePoolConfigVsphereConfig | None
) -> GkeonpremVmwareNodePoolConfigA:
    taints = [
        GkeonpremVmwareNodePoolConfigTaints(key=taint.key, value=taint.value, effect=taint.effect.value)
        for taint in config.taints
    ]
    return GkeonpremVmwareNodePoolConfigA(
        cpus=config.cpus,
        memory_mb=config.memory_mb,
        replicas=config.first_nodes,
        boot_disk_size_gb=config.boot_disk_size_gb,
        image_type=config.image_type,
        enable_load_balancer=config.load_balancer,
        labels=config.labels or None,
        taints=taints or None,
        vsphere_config=vsphere,
    )


def _autoscaling(autoscaling: Autoscaling) -> GkeonpremVmwareNodePoolNodePoolAutoscaling:
    return GkeonpremVmwareNodePoolNodePoolAutoscaling(
        min_replicas=autoscaling.min_replicas, max_replicas=autoscaling.max_replicas
    )


def _vsphere_config(
    config: NodePoolConfig, datastore: str | None
) -> GkeonpremVmwareNodePoolConfigVsphereConfig | None:
    """Where the machines stand, as far as anything says it."""
    datastore = config.datastore or datastore
    if not (datastore or config.host_groups or config.tags):
        return None
    tags = [
        GkeonpremVmwareNodePoolConfigVsphereConfigTags(category=tag.category, tag=tag.tag)
        for tag in config.tags
    ]
    return GkeonpremVmwareNodePoolConfigVsphereConfig(
        datastore=datastore, host_groups=list(config.host_groups) or None, tags=tags or None
    )
