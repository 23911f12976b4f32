"""The EKS clusters of an environment, and how their parts depend on each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cdktf import ITerraformDependable
from constructs import Construct

from constructs_lib.aws.account import AwsAccount
from constructs_lib.aws.bastion import Bastion
from constructs_lib.aws.eks_access_entry import EksAccessEntry
from constructs_lib.aws.eks_addon import EksAddon
from constructs_lib.aws.eks_backup import EksBackup
from constructs_lib.aws.eks_cluster import EksCluster
from constructs_lib.aws.eks_load_balancer_role import EksLoadBalancerRole
from constructs_lib.aws.eks_node_group import EksNodeGroup
from constructs_lib.aws.eks_node_role import define_node_role
from constructs_lib.aws.eks_oidc_provider import EksOidcProvider, define_oidc_provider
from constructs_lib.aws.eks_pod_role import EksPodRole
from constructs_lib.aws.eks_scaler_role import EksScalerRole
from constructs_lib.aws.eks_site import EksSite
from constructs_lib.aws.kms_key import EncryptionKey
from constructs_lib.aws.management_vpc import ClusterVpc
from constructs_lib.naming import Kind
from estate.model.aws.aws import AwsConfig
from estate.model.aws.eks_addons import ADDONS, AddonName
from estate.model.aws.eks_cluster import EksClusterConfig, Scaler
from stacks.context import StackContext


class EksSection:
    """Define every cluster with all that belongs to it."""

    def __init__(
        self,
        context: StackContext,
        *,
        config: AwsConfig,
        account: AwsAccount,
        vpcs: Mapping[str | None, ClusterVpc],
        keys: Mapping[str, EncryptionKey],
        bastion: Bastion | None,
    ) -> None:
        """Define them.

        Args:
            context: what the stack is told.
            config: the section that they stand in.
            account: where they stand.
            vpcs: the VPCs that they stand in, by their key; the management VPC under None.
            keys: the section's keys by name.
            bastion: the way into the management VPC, None when there is none.
        """
        namespace = Construct(context.stack, "EksClusters")
        for key, cluster_config in config.eks_clusters.items():
            scope = Construct(namespace, key)
            if config.deployer:
                keys[cluster_config.kms_key].grant_cluster_creation(config.deployer)
            cluster = EksCluster(
                scope,
                "Cluster",
                config=cluster_config,
                site=EksSite(
                    cluster_config.name_in(*context.names, key),
                    cluster_config.short_name or key,
                    context.naming,
                    account,
                ),
                vpc=vpcs[cluster_config.vpc],
                kms_key=keys[cluster_config.kms_key],
                prevent_destroy=context.prevent_destroy,
            )
            if bastion and cluster_config.vpc is None:
                cluster.allow_api_from(bastion.security_group_id)
            _define_access(Construct(scope, "AccessEntries"), cluster_config, cluster)
            provider = _define_workers(scope, cluster_config, cluster, keys)
            if cluster_config.backup:
                backup = EksBackup(
                    scope,
                    "Backups",
                    config=cluster.site,
                    bucket=cluster_config.bucket_in(*context.names, key, account.account_id),
                    key_arn=keys[cluster_config.backup.kms_key].key_arn,
                    oidc_provider=provider,
                    prevent_destroy=context.prevent_destroy,
                )
                keys[cluster_config.backup.kms_key].grant_encrypt_decrypt(backup.role_arn)
                if cluster_config.volumes_key:
                    keys[cluster_config.volumes_key].grant_use(backup.role_arn)


def _define_access(scope: Construct, config: EksClusterConfig, cluster: EksCluster) -> None:
    named = Construct(scope, "Administrators")
    for name, arn in config.access.administrators.items():
        EksAccessEntry(named, name, config=arn, cluster=cluster)
    if config.access.installer:
        EksAccessEntry(scope, "Installer", config=config.access.installer, cluster=cluster)


def _define_workers(
    scope: Construct, config: EksClusterConfig, cluster: EksCluster, keys: Mapping[str, EncryptionKey]
) -> EksOidcProvider:
    """The add-ons that nodes cannot do without, the nodes, and the add-ons that need nodes; gives what roles of pods trust."""
    provider = define_oidc_provider(scope, cluster)
    addons = Construct(scope, "Addons")

    def define_addons(
        dependencies: Sequence[ITerraformDependable] = (), *, before_nodes: bool
    ) -> list[ITerraformDependable]:
        made = {
            name: EksAddon(
                addons,
                name,
                config=config,
                name=name,
                cluster=cluster,
                oidc_provider=provider,
                dependencies=dependencies,
            )
            for name in config.addons
            if ADDONS[name].before_nodes is before_nodes
        }
        driver = made.get(AddonName.EBS_CSI)
        if driver and driver.role_arn and config.volumes_key:
            keys[config.volumes_key].grant_use(driver.role_arn)
        return [addon.resource for addon in made.values()]

    network = define_addons(before_nodes=True)
    role = define_node_role(Construct(scope, "Nodes"), cluster)
    groups = Construct(scope, "NodeGroups")
    nodes = [
        EksNodeGroup(
            groups,
            key,
            config=group,
            name=group.name or key,
            role=role,
            volume_key=keys.get(group.volume.kms_key or ""),
            dependencies=network,
        ).resource
        for key, group in config.node_groups.items()
    ]
    define_addons(nodes, before_nodes=False)
    _define_pod_roles(scope, config, cluster.site, provider)
    return provider


def _define_pod_roles(
    scope: Construct, config: EksClusterConfig, site: EksSite, provider: EksOidcProvider
) -> None:
    if config.scaler is Scaler.CLUSTER_AUTOSCALER:
        EksScalerRole(scope, "Scaler", config=site, oidc_provider=provider)
    if config.load_balancer_controller:
        EksLoadBalancerRole(scope, "LoadBalancers", config=site, oidc_provider=provider)
    roles = Construct(scope, "PodRoles")
    for key, role in config.pod_roles.items():
        EksPodRole(roles, key, config=role, name=site.named(f"pod-{key}", Kind.IAM), oidc_provider=provider)
