"""The GKE clusters of an environment with their node pools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cdktf import ITerraformDependable
from constructs import Construct

from constructs_lib.google.gke_backup_plan import GkeBackupPlan
from constructs_lib.google.gke_cluster import GkeCluster
from constructs_lib.google.gke_node_pool import GkeNodePool
from constructs_lib.google.gke_site import GkeSite
from constructs_lib.google.kms_key import KmsKey
from estate.derived.google.agents import backup_agent, container_agent
from estate.derived.google.authorized import authorized_networks
from estate.model.access.google_groups import SECURITY_GROUPS
from estate.model.google.gke_cluster import GkeClusterConfig
from estate.model.google.google import GoogleConfig
from stacks.context import StackContext
from stacks.sections.network import NetworkSection
from stacks.sections.projects import ProjectsSection


class GkeSection:
    """Define every cluster, after everything that no reference of it waits for.

    Attributes:
        clusters: the clusters by key.
    """

    def __init__(
        self,
        context: StackContext,
        *,
        config: GoogleConfig,
        projects: ProjectsSection,
        network: NetworkSection,
        keys: Mapping[str, KmsKey],
        foundation: Sequence[ITerraformDependable],
    ) -> None:
        """Define them.

        Args:
            context: what the stack is told.
            config: the google section.
            projects: the projects that clusters stand in.
            network: the network that they stand in.
            keys: keys by key, those that encrypt their secrets among them.
            foundation: what has to stand before a cluster registers.
        """
        namespace = Construct(context.stack, "GkeClusters")
        clusters = {}
        for key, cluster in sorted(config.gke_clusters.items()):
            site = GkeSite(
                project=config.project_of(cluster).id,
                account_id=cluster.account_id_in(*context.names, key),
                fleet_project=config.host_project.id,
                network=network.network,
                subnet=network.subnets[cluster.subnet],
                secrets_key=keys[cluster.secrets_key],
                security_group=f"{SECURITY_GROUPS}@{context.organization.domain}",
                authorized_networks=authorized_networks(context.environment, cluster),
            )
            agent = container_agent(config.project_of(cluster).number)
            clusters[key] = GkeCluster(
                namespace,
                key,
                config=cluster,
                name=cluster.name_in(*context.names, key),
                site=site,
                dependencies=[*foundation, *_grants(cluster, site, agent, projects)],
                prevent_destroy=context.prevent_destroy,
            )
            _define_node_pools(cluster, clusters[key])
            if cluster.backup:
                backup_key = keys[cluster.backup.kms_key]
                GkeBackupPlan(
                    clusters[key],
                    "Backup",
                    config=cluster.backup,
                    cluster=clusters[key],
                    kms_key=backup_key,
                    dependencies=_backup_grants(config, cluster, backup_key, projects),
                    prevent_destroy=context.prevent_destroy,
                )
        self.clusters: Final[Mapping[str, GkeCluster]] = clusters


def _grants(
    config: GkeClusterConfig, site: GkeSite, agent: str, projects: ProjectsSection
) -> list[ITerraformDependable]:
    """What the agents of a cluster's project may do, and everything else that no reference waits for."""
    if config.project is None:
        return [site.secrets_key.grant_encrypt_decrypt("Host", agent, projects.services)]
    project = projects.attached[config.project]
    # The key and the subnet wait for the host project's APIs themselves.
    return [
        site.secrets_key.grant_encrypt_decrypt(config.project, agent, project.services),
        *project.resources,
        *site.subnet.grant_use(config.project, project.agents, project.services),
    ]


def _backup_grants(
    config: GoogleConfig, cluster: GkeClusterConfig, key: KmsKey, projects: ProjectsSection
) -> list[ITerraformDependable]:
    """What lets Backup for GKE encrypt, and GKE's own agent, which is asked for the plan's key too ("agent_robot").

    No key of a project has a capital, so that the id of the former is nobody else's; that of the latter is its grant's on
    the key of secrets, which may be the same key.
    https://docs.cloud.google.com/kubernetes-engine/docs/add-on/backup-for-gke/concepts/about-cmek (excerpt, 2026-11-30).
    """
    project, of = config.project_of(cluster), cluster.project or "Host"
    services = projects.services_by_project[project.id]
    return [
        key.grant_encrypt_decrypt(f"Backup-{of}", backup_agent(project.number), services),
        key.grant_encrypt_decrypt(of, container_agent(project.number), services),
    ]


def _define_node_pools(config: GkeClusterConfig, cluster: GkeCluster) -> None:
    namespace = Construct(cluster, "NodePools")
    for key, pool in sorted(config.node_pools.items()):
        GkeNodePool(
            namespace,
            key,
            config=pool,
            name=pool.name or key,
            first_nodes=config.first_nodes(pool),
            cluster=cluster,
        )
