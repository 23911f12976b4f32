"""The on-prem half of an environment's stack: user clusters and their node pools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cdktf import ITerraformDependable, TerraformOutput, TerraformStack
from constructs import Construct

from constructs_lib.naming import Naming
from constructs_lib.vmware.node_pool import NodePool
from constructs_lib.vmware.site import VmwareSite
from constructs_lib.vmware.user_cluster import UserCluster
from estate.model.google.google import GoogleConfig
from estate.model.vmware.admin_cluster import AdminClusterConfig
from estate.model.vmware.vmware import VmwareConfig
from estate.model.vmware.vsphere.placement import vcenter_in


@dataclass(frozen=True)
class VmwareHalf:
    """Defines what one vmware section describes.

    Attributes:
        stack: the environment's stack.
        config: the section.
        google: the google section, whose host project the clusters register with.
        naming: names of the environment.
        administrators: people who administer every cluster, beside those that each names itself.
        dependencies: what has to stand before a cluster registers: the project's APIs, the fleet.
        prevent_destroy: whether Terraform refuses to destroy what holds data or identity.
    """

    stack: TerraformStack
    config: VmwareConfig
    google: GoogleConfig
    naming: Naming
    administrators: Sequence[str]
    dependencies: Sequence[ITerraformDependable]
    prevent_destroy: bool

    def define(self) -> dict[str, UserCluster]:
        """Define every user cluster with its pools, and return them by key."""
        admin = self.config.admin_cluster
        if admin is None:
            return {}
        # So that the state says it, which has nothing else of an admin cluster.
        TerraformOutput(
            self.stack,
            "admin_cluster_version",
            value=admin.version,
            description="Version that the admin cluster runs, by the environment's file",
        )
        namespace = Construct(self.stack, "UserClusters")
        return {key: self._user_cluster(namespace, key, admin) for key in self.config.user_clusters}

    def _user_cluster(self, namespace: Construct, key: str, admin: AdminClusterConfig) -> UserCluster:
        config = self.config.user_clusters[key].administered_by(self.administrators)
        site = VmwareSite(
            project=self.google.host_project.id,
            location=self.config.location,
            admin_cluster_membership=admin.membership,
            vcenter=vcenter_in(self.config, self.naming.organization, self.naming.environment, key),
        )
        cluster = UserCluster(
            namespace,
            key,
            config=config,
            name=config.name_in(self.naming.organization, self.naming.environment, key),
            site=site,
            dependencies=self.dependencies,
            prevent_destroy=self.prevent_destroy,
        )
        pools = Construct(cluster, "NodePools")
        for name, pool in config.node_pools.items():
            NodePool(pools, name, config=pool, cluster=cluster, key=name)
        return cluster
