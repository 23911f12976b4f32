"""Nodes of one kind of a GKE cluster.

Not stateful: a pool that goes away drains its nodes first, and volumes stay with the cluster.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/container_node_pool
"""

from __future__ import annotations

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_google.container_node_pool import (
    ContainerNodePool,
    ContainerNodePoolAutoscaling,
    ContainerNodePoolManagement,
    ContainerNodePoolNetworkConfig,
    ContainerNodePoolNodeConfig,
    ContainerNodePoolNodeConfigShieldedInstanceConfig,
    ContainerNodePoolNodeConfigTaint,
    ContainerNodePoolNodeConfigWorkloadMetadataConfig,
    ContainerNodePoolUpgradeSettings,
)
from constructs import Construct

from constructs_lib.google.gke_cluster import GkeCluster
from estate.model.google.gke_node_pool import GkeNodePoolConfig


class GkeNodePool(Construct):
    """Define private nodes of one kind, whose number the autoscaler decides and which upgrade by themselves."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: GkeNodePoolConfig,
        name: str,
        first_nodes: int,
        cluster: GkeCluster,
    ) -> None:
        super().__init__(scope, id_)
        ContainerNodePool(
            self,
            "Resource",
            project=cluster.site.project,
            location=cluster.location,
            cluster=cluster.name,
            name=name,
            initial_node_count=first_nodes,
            autoscaling=ContainerNodePoolAutoscaling(
                total_min_node_count=config.min_nodes,
                total_max_node_count=config.max_nodes,
                location_policy="ANY" if config.spot else "BALANCED",
            ),
            management=ContainerNodePoolManagement(auto_repair=True, auto_upgrade=True),
            upgrade_settings=ContainerNodePoolUpgradeSettings(
                strategy="SURGE", max_surge=config.max_surge, max_unavailable=config.max_unavailable
            ),
            network_config=ContainerNodePoolNetworkConfig(enable_private_nodes=True),
            node_config=_node_config(config, cluster.node_service_account),
            # The autoscaler's business from the first minute, and another number would replace the pool.
            lifecycle=TerraformResourceLifecycle(ignore_changes=["initial_node_count"]),
        )


def _node_config(config: GkeNodePoolConfig, service_account: str) -> ContainerNodePoolNodeConfig:
    taints = [
        ContainerNodePoolNodeConfigTaint(key=taint.key, value=taint.value, effect=taint.effect.value)
        for taint in config.taints
    ]
    return ContainerNodePoolNodeConfig(
        machine_type=config.machine_type,
        disk_size_gb=config.disk_size_gb,
        disk_type=config.disk_type.value,
        image_type="COS_CONTAINERD",
        spot=config.spot,
        service_account=service_account,
        # The account's roles decide; scopes are what came before them.
        oauth_scopes=["https://www.googleapis.com/auth/cloud-platform"],
        shielded_instance_config=ContainerNodePoolNodeConfigShieldedInstanceConfig(
            enable_secure_boot=True, enable_integrity_monitoring=True
        ),
        workload_metadata_config=ContainerNodePoolNodeConfigWorkloadMetadataConfig(mode="GKE_METADATA"),
        metadata={"disable-legacy-endpoints": "true"},
        labels=config.labels or None,
        taint=taints or None,
    )
