"""The Google Cloud half of an environment's stack: projects, Shared VPC, keys, GKE clusters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from cdktf import ITerraformDependable, TerraformOutput, TerraformStack
from constructs import Construct

from constructs_lib.google.dns_policy import DnsPolicy
from constructs_lib.google.firewall_policy import FirewallPolicy
from constructs_lib.google.gke_cluster import GkeCluster
from constructs_lib.google.gke_node_pool import GkeNodePool
from constructs_lib.google.gke_site import GkeSite
from constructs_lib.google.kms_key import KmsKey
from constructs_lib.google.nat import Nat
from constructs_lib.google.network import Network
from constructs_lib.google.private_dns import PrivateDns
from constructs_lib.google.service_project import ServiceProject
from constructs_lib.google.shared_vpc_host import SharedVpcHost
from constructs_lib.google.subnet import Subnet
from constructs_lib.naming import Naming
from estate.model.access.rules import SECURITY_GROUPS
from estate.model.environment import Environment
from estate.model.google.agents import container_agent
from estate.model.google.allows import allows
from estate.model.google.authorized import authorized_networks
from estate.model.google.gke_cluster import GkeClusterConfig
from estate.model.google.google import GoogleConfig
from estate.model.google.network import NetworkConfig
from estate.model.google.services import service_project_services
from estate.model.share import Share


@dataclass(frozen=True)
class GoogleHalf:
    """Defines what one google section describes beside its host project's APIs and fleet.

    Attributes:
        stack: the environment's stack.
        environment: the environment.
        config: its google section.
        naming: names of the environment.
        domain: the organization's domain.
        share: what the environment makes for others.
        services: the host project's APIs, to depend on.
    """

    stack: TerraformStack
    environment: Environment
    config: GoogleConfig
    naming: Naming
    domain: str
    share: Share
    services: Sequence[ITerraformDependable]

    @property
    def _protected(self) -> bool:
        return self.environment.deletion_protection

    @property
    def services_by_project(self) -> dict[str, Sequence[ITerraformDependable]]:
        """The APIs of every project by its id, to depend on."""
        attached = self.config.service_projects
        return {
            self.config.host_project.id: self.services,
            **{attached[key].id: project.services for key, project in self.service_projects.items()},
        }

    @cached_property
    def service_projects(self) -> dict[str, ServiceProject]:
        """The service projects by key."""
        host = self.config.host_project
        host_project = host.id
        if self.share.hosts_shared_vpc:
            place = SharedVpcHost(self.stack, "SharedVpcHost", config=host, dependencies=self.services)
            host_project = place.project
        namespace = Construct(self.stack, "ServiceProjects")
        return {
            key: ServiceProject(
                namespace,
                key,
                config=config,
                host=host,
                host_project=host_project,
                apis=service_project_services(self.config, key),
            )
            for key, config in sorted(self.config.service_projects.items())
        }

    @cached_property
    def network(self) -> Network | None:
        """The Shared VPC, for what joins it with others; None where there is none."""
        if self.config.network is None:
            return None
        return Network(
            self.stack,
            "Network",
            config=self.config.network,
            naming=self.naming,
            project=self.config.host_project.id,
            dependencies=self.services,
            prevent_destroy=self._protected,
        )

    def define(self, foundation: Sequence[ITerraformDependable]) -> dict[str, GkeCluster]:
        """Define every entity of the section, connect them, and return the clusters by key.

        Args:
            foundation: what has to stand before a cluster registers.
        """
        projects, config, network = self.service_projects, self.config.network, self.network
        keys = self._kms_keys()
        if config is None or network is None:
            return {}
        subnets = self._subnets(config, network)
        self._nat(config, network)
        self._dns(config, network, subnets)
        clusters = Construct(self.stack, "GkeClusters")
        found = {}
        for key, cluster in sorted(self.config.gke_clusters.items()):
            project = projects[cluster.project] if cluster.project else None
            subnet, secrets_key = subnets[cluster.subnet], keys[cluster.secrets_key]
            before = [*foundation, *self._grants(cluster, project, subnet, secrets_key)]
            site = self._site(key, cluster, network, subnet, secrets_key)
            found[key] = self._cluster(clusters, key, site, before)
        FirewallPolicy(
            self.stack,
            "FirewallPolicy",
            config=config.firewall,
            allows=allows(self.environment),
            network=network,
            nodes={key: cluster.node_service_account for key, cluster in found.items()},
            dependencies=self.services,
        )
        return found

    def _kms_keys(self) -> dict[str, KmsKey]:
        namespace = Construct(self.stack, "GoogleKmsKeys")
        return {
            key: KmsKey(
                namespace,
                key,
                config=config,
                name=config.ring_name_in(self.naming.organization, self.naming.environment, key),
                region=self.config.region,
                dependencies=self.services,
                prevent_destroy=self._protected,
            )
            for key, config in sorted(self.config.kms_keys.items())
        }

    def _subnets(self, config: NetworkConfig, network: Network) -> dict[str, Subnet]:
        namespace = Construct(self.stack, "Subnets")
        return {
            key: Subnet(
                namespace,
                key,
                config=subnet,
                network=network,
                name=subnet.name_in(self.naming.organization, self.naming.environment, key),
                region=subnet.region or self.config.region,
                prevent_destroy=self._protected,
            )
            for key in sorted(config.subnets)
            for subnet in [config.subnet(key)]
        }

    def _nat(self, config: NetworkConfig, network: Network) -> None:
        if config.nat is None:
            return
        namespace = Construct(self.stack, "Nat")
        for region in config.regions(self.config.region):
            Nat(
                namespace,
                region,
                config=config.nat,
                network=network,
                region=region,
                dependencies=self.services,
                prevent_destroy=self._protected,
            )

    def _dns(self, config: NetworkConfig, network: Network, subnets: dict[str, Subnet]) -> None:
        PrivateDns(
            self.stack,
            "PrivateDns",
            config=config.private_google_access,
            network=network,
        )
        if not config.inbound_dns:
            return
        policy = DnsPolicy(
            self.stack,
            "DnsPolicy",
            config=tuple(config.regions(self.config.region)),
            network=network,
            dependencies=[subnet.resource for subnet in subnets.values()],
        )
        TerraformOutput(
            self.stack,
            "dns_forwarders",
            value=policy.forwarders,
            description="By region, the addresses that name servers outside forward Google's domains to: "
            "terraform output -raw dns_forwarders",
        )

    def _grants(
        self, cluster: GkeClusterConfig, project: ServiceProject | None, subnet: Subnet, secrets_key: KmsKey
    ) -> list[ITerraformDependable]:
        """What the agents of a cluster's project may do, and everything else that no reference waits for."""
        number = self.config.project_of(cluster).number
        # The key and the subnet wait for the host project's APIs themselves.
        services = project.services if project else self.services
        grants = [
            secrets_key.grant_encrypt_decrypt(cluster.project or "Host", container_agent(number), services)
        ]
        if project and cluster.project:
            grants += project.resources
            grants += subnet.grant_use(cluster.project, project.agents, services)
        return grants

    def _site(
        self, key: str, cluster: GkeClusterConfig, network: Network, subnet: Subnet, secrets_key: KmsKey
    ) -> GkeSite:
        return GkeSite(
            project=self.config.project_of(cluster).id,
            account_id=cluster.account_id_in(self.naming.organization, self.naming.environment, key),
            fleet_project=self.config.host_project.id,
            network=network,
            subnet=subnet,
            secrets_key=secrets_key,
            security_group=f"{SECURITY_GROUPS}@{self.domain}",
            authorized_networks=authorized_networks(self.environment, cluster),
        )

    def _cluster(
        self, namespace: Construct, key: str, site: GkeSite, before: Sequence[ITerraformDependable]
    ) -> GkeCluster:
        config = self.config.gke_clusters[key]
        cluster = GkeCluster(
            namespace,
            key,
            config=config,
            name=config.name_in(self.naming.organization, self.naming.environment, key),
            site=site,
            dependencies=before,
            prevent_destroy=self._protected,
        )
        pools = Construct(cluster, "NodePools")
        for name, pool in sorted(config.node_pools.items()):
            GkeNodePool(pools, name, config=pool, cluster=cluster, key=name)
        return cluster
