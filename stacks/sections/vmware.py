"""The user clusters on VMware with their node pools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cdktf import ITerraformDependable, TerraformOutput
from constructs import Construct

from constructs_lib.vmware.node_pool import NodePool
from constructs_lib.vmware.site import VmwareSite
from constructs_lib.vmware.user_cluster import UserCluster
from estate.derived.vmware.vsphere.placement import vcenter_in
from estate.model.google.google import HostProject
from estate.model.vmware.admin_cluster import AdminClusterConfig
from estate.model.vmware.user_cluster import UserClusterConfig
from estate.model.vmware.vmware import VmwareConfig
from stacks.context import StackContext


class VmwareSection:
    """Define every user cluster; none before the section has an admin cluster.

    Attributes:
        clusters: the user clusters by key.
    """

    def __init__(
        self,
        context: StackContext,
        *,
        config: VmwareConfig,
        host_project: HostProject,
        foundation: Sequence[ITerraformDependable],
    ) -> None:
        clusters = {}
        if config.admin_cluster:
            _output_version(context, config.admin_cluster)
            namespace = Construct(context.stack, "UserClusters")
            for key, entry in config.user_clusters.items():
                cluster = entry.administered_by(context.share.administrators)
                clusters[key] = UserCluster(
                    namespace,
                    key,
                    config=cluster,
                    name=cluster.name_in(*context.names, key),
                    site=VmwareSite(
                        project=host_project.id,
                        location=config.location,
                        admin_cluster_membership=config.admin_cluster.membership,
                        vcenter=vcenter_in(config, *context.names, key),
                    ),
                    dependencies=foundation,
                    prevent_destroy=context.prevent_destroy,
                )
                _define_node_pools(cluster, clusters[key])
        self.clusters: Final[Mapping[str, UserCluster]] = clusters


def _output_version(context: StackContext, admin: AdminClusterConfig) -> None:
    # So that the state says it, which has nothing else of an admin cluster.
    TerraformOutput(
        context.stack,
        "admin_cluster_version",
        value=admin.version,
        description="Version that the admin cluster runs, by the environment's file",
    )


def _define_node_pools(config: UserClusterConfig, cluster: UserCluster) -> None:
    namespace = Construct(cluster, "NodePools")
    for key, pool in config.node_pools.items():
        NodePool(namespace, key, config=pool, name=pool.name or key, cluster=cluster)
