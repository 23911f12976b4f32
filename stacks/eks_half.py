"""The EKS clusters of an environment's stack, and how their parts depend on each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cdktf import ITerraformDependable, TerraformStack
from constructs import Construct

from constructs_lib.aws.account import AwsAccount
from constructs_lib.aws.bastion import Bastion
from constructs_lib.aws.eks_access_entry import EksAccessEntry
from constructs_lib.aws.eks_addon import EksAddon
from constructs_lib.aws.eks_cluster import EksCluster
from constructs_lib.aws.eks_node_group import EksNodeGroup
from constructs_lib.aws.eks_node_role import define_node_role
from constructs_lib.aws.eks_oidc_provider import define_oidc_provider
from constructs_lib.aws.eks_site import EksSite
from constructs_lib.aws.kms_key import EncryptionKey
from constructs_lib.aws.management_vpc import Vpc
from constructs_lib.naming import Naming
from estate.model.aws.eks_addons import ADDONS, AddonName
from estate.model.aws.eks_cluster import EksClusterConfig


@dataclass(frozen=True)
class EksHalf:
    """Defines the EKS clusters of an aws section.

    Attributes:
        stack: the environment's stack.
        naming: names of the environment.
        account: where they stand.
        vpc: the VPC that they stand in.
        keys: the section's keys by name.
        bastion: the way into the VPC, None when there is none.
        deployer: who applies the stack, None where the file does not say.
        prevent_destroy: whether Terraform refuses to destroy what holds data or identity.
    """

    stack: TerraformStack
    naming: Naming
    account: AwsAccount
    vpc: Vpc
    keys: Mapping[str, EncryptionKey]
    bastion: Bastion | None
    deployer: str | None
    prevent_destroy: bool

    def define(self, clusters: Mapping[str, EksClusterConfig]) -> None:
        """Define every cluster with all that belongs to it."""
        namespace = Construct(self.stack, "EksClusters")
        for key, config in clusters.items():
            self._cluster(Construct(namespace, key), key, config)

    def _cluster(self, scope: Construct, key: str, config: EksClusterConfig) -> None:
        name = config.name_in(self.naming.organization, self.naming.environment, key)
        if self.deployer:
            self.keys[config.kms_key].grant_cluster_creation(self.deployer)
        cluster = EksCluster(
            scope,
            "Cluster",
            config=config,
            site=EksSite(name, config.short_name or key, self.naming, self.account),
            vpc=self.vpc,
            kms_key=self.keys[config.kms_key],
            prevent_destroy=self.prevent_destroy,
        )
        if self.bastion:
            cluster.allow_api_from(self.bastion.security_group_id)
        _define_access(Construct(scope, "AccessEntries"), config, cluster)
        provider = define_oidc_provider(scope, cluster)
        addons = Construct(scope, "Addons")

        def define_addons(
            dependencies: Sequence[ITerraformDependable] = (), *, before_nodes: bool
        ) -> list[ITerraformDependable]:
            return [
                EksAddon(
                    addons,
                    addon,
                    config=config,
                    name=addon,
                    cluster=cluster,
                    oidc_provider=provider,
                    dependencies=dependencies,
                ).resource
                for addon in AddonName
                if ADDONS[addon].before_nodes is before_nodes
            ]

        network = define_addons(before_nodes=True)
        define_addons(self._define_node_groups(scope, config, cluster, network), before_nodes=False)

    def _define_node_groups(
        self,
        scope: Construct,
        config: EksClusterConfig,
        cluster: EksCluster,
        dependencies: Sequence[ITerraformDependable],
    ) -> list[ITerraformDependable]:
        role = define_node_role(Construct(scope, "Nodes"), cluster)
        groups = Construct(scope, "NodeGroups")
        return [
            EksNodeGroup(
                groups,
                key,
                config=group,
                name=group.name or key,
                role=role,
                volume_key=self.keys.get(group.volume.kms_key or ""),
                dependencies=dependencies,
            ).resource
            for key, group in config.node_groups.items()
        ]


def _define_access(scope: Construct, config: EksClusterConfig, cluster: EksCluster) -> None:
    named = Construct(scope, "Administrators")
    for name, arn in config.access.administrators.items():
        EksAccessEntry(named, name, config=arn, cluster=cluster)
    if config.access.installer:
        EksAccessEntry(scope, "Installer", config=config.access.installer, cluster=cluster)
