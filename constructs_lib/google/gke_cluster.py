"""A GKE cluster of a region, which registers itself with the fleet.

Left out: its firewall rules, which GKE makes, and membership resources, which would be a second member.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/container_cluster
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Network
from typing import Final

from cdktf import ITerraformDependable, Postcondition, TerraformResourceLifecycle
from cdktf_cdktf_provider_google.artifact_registry_repository_iam_member import (
    ArtifactRegistryRepositoryIamMember,
)
from cdktf_cdktf_provider_google.container_cluster import (
    ContainerCluster,
    ContainerClusterAddonsConfig,
    ContainerClusterAddonsConfigGkeBackupAgentConfig,
    ContainerClusterAuthenticatorGroupsConfig,
    ContainerClusterControlPlaneEndpointsConfig,
    ContainerClusterControlPlaneEndpointsConfigDnsEndpointConfig,
    ContainerClusterControlPlaneEndpointsConfigIpEndpointsConfig,
    ContainerClusterCostManagementConfig,
    ContainerClusterDatabaseEncryption,
    ContainerClusterFleet,
    ContainerClusterIpAllocationPolicy,
    ContainerClusterMasterAuth,
    ContainerClusterMasterAuthClientCertificateConfig,
    ContainerClusterMasterAuthorizedNetworksConfig,
    ContainerClusterMasterAuthorizedNetworksConfigCidrBlocks,
    ContainerClusterNodeConfig,
    ContainerClusterNodeConfigShieldedInstanceConfig,
    ContainerClusterNodeConfigWorkloadMetadataConfig,
    ContainerClusterPrivateClusterConfig,
    ContainerClusterPrivateClusterConfigMasterGlobalAccessConfig,
    ContainerClusterReleaseChannel,
    ContainerClusterWorkloadIdentityConfig,
)
from cdktf_cdktf_provider_google.project_iam_member import ProjectIamMember
from cdktf_cdktf_provider_google.service_account import ServiceAccount
from constructs import Construct

from constructs_lib.google.gke_operations import logging_config, maintenance_policy, monitoring_config
from constructs_lib.google.gke_site import GkeSite
from estate.model.google.gke_cluster import GkeClusterConfig

_NODE_ROLE = "roles/container.defaultNodeServiceAccount"
"""What nodes need to write logs and metrics, and nothing else."""

_ENCRYPTION_STATE = "database_encryption[0].state"
"""Kubernetes 1.35 and newer answers with another word for ENCRYPTED than the one that it takes, which providers
before 7.30 change back in every apply; :func:`_encrypted` looks at it instead.
https://github.com/hashicorp/terraform-provider-google/issues/26882 of 2026-04-10"""


class GkeCluster(Construct):
    """Define a cluster with the service account of its nodes; its node pools come beside it.

    Stateful. Destroying it destroys its nodes, its etcd, the disks that no retain policy keeps, and its
    membership.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: GkeClusterConfig,
        name: str,
        site: GkeSite,
        dependencies: Sequence[ITerraformDependable] = (),
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        nodes = Construct(self, "Nodes")
        account, role = _define_account(nodes, name, site, dependencies)
        _define_image_readers(nodes, config, account)
        self._resource = ContainerCluster(
            self,
            "Resource",
            project=site.project,
            name=name,
            location=site.subnet.region,
            node_locations=list(config.zones) or None,
            network=site.network.self_link,
            subnetwork=site.subnet.self_link,
            networking_mode="VPC_NATIVE",
            datapath_provider="ADVANCED_DATAPATH",
            ip_allocation_policy=ContainerClusterIpAllocationPolicy(
                cluster_secondary_range_name=site.subnet.pods_range,
                services_secondary_range_name=site.subnet.services_range,
            ),
            default_max_pods_per_node=config.max_pods_per_node,
            private_cluster_config=_private_cluster_config(config),
            control_plane_endpoints_config=_endpoints(config),
            master_authorized_networks_config=_authorized_networks(config, site.authorized_networks),
            database_encryption=ContainerClusterDatabaseEncryption(
                state="ENCRYPTED", key_name=site.secrets_key.key_id
            ),
            workload_identity_config=ContainerClusterWorkloadIdentityConfig(
                workload_pool=f"{site.project}.svc.id.goog"
            ),
            authenticator_groups_config=ContainerClusterAuthenticatorGroupsConfig(
                security_group=site.security_group
            ),
            master_auth=ContainerClusterMasterAuth(
                client_certificate_config=ContainerClusterMasterAuthClientCertificateConfig(
                    issue_client_certificate=False
                )
            ),
            enable_shielded_nodes=True,
            # Always on from GKE 1.36, and never off again. Unsaid is "no" to providers before 7.13, which replace the
            # cluster for that; from "no" to "yes" is an update in place.
            # https://docs.cloud.google.com/kubernetes-engine/docs/how-to/internal-load-balancing of 2026-11
            enable_l4_ilb_subsetting=True,
            # Otherwise flow logs miss what pods of one node say to each other.
            enable_intranode_visibility=True,
            release_channel=ContainerClusterReleaseChannel(channel=config.release_channel.name),
            maintenance_policy=maintenance_policy(config.maintenance) if config.maintenance else None,
            logging_config=logging_config(config.observability),
            monitoring_config=monitoring_config(config.observability),
            addons_config=_addons(config),
            cost_management_config=ContainerClusterCostManagementConfig(enabled=config.cost_allocation),
            fleet=ContainerClusterFleet(project=site.fleet_project),
            # The pool that every cluster begins with and that goes at once; its nodes are as safe as all
            # others while they stand, and what becomes of them is no difference.
            remove_default_node_pool=True,
            initial_node_count=1,
            node_config=_first_nodes(account.email),
            deletion_protection=prevent_destroy,
            depends_on=[*dependencies, role],
            lifecycle=TerraformResourceLifecycle(
                prevent_destroy=prevent_destroy,
                ignore_changes=["node_config", "initial_node_count", _ENCRYPTION_STATE],
                postcondition=[_encrypted(name, site)],
            ),
        )
        self.site: Final[GkeSite] = site
        self.name: Final[str] = self._resource.name
        self.plain_name: Final[str] = name
        self.location: Final[str] = site.subnet.region
        self.node_service_account: Final[str] = account.email

    @property
    def membership(self) -> str:
        """Id of the membership that the cluster registered, which features take as it is."""
        return self.membership_id

    @property
    def membership_id(self) -> str:
        """Id of its membership, as the fleet gave it."""
        return self._resource.fleet.membership_id

    @property
    def membership_location(self) -> str:
        """Location of its membership, as the fleet gave it."""
        return self._resource.fleet.membership_location

    @property
    def resource(self) -> ITerraformDependable:
        """What to depend on."""
        return self._resource


def _define_account(
    scope: Construct, name: str, site: GkeSite, dependencies: Sequence[ITerraformDependable]
) -> tuple[ServiceAccount, ProjectIamMember]:
    account = ServiceAccount(
        scope,
        "ServiceAccount",
        project=site.project,
        account_id=site.account_id,
        display_name=f"Nodes of {name}",
        depends_on=list(dependencies) or None,
    )
    role = ProjectIamMember(scope, "Role", project=site.project, role=_NODE_ROLE, member=account.member)
    return account, role


def _define_image_readers(scope: Construct, config: GkeClusterConfig, account: ServiceAccount) -> None:
    """Let nodes pull images: the kubelet pulls with their account, which by its own role reads no repository.

    https://docs.cloud.google.com/artifact-registry/docs/access-control of 2026-11
    """
    readers = Construct(scope, "ImageReaders")
    for key, repository in config.image_repositories.items():
        _, project, _, location, _, name = repository.split("/")
        ArtifactRegistryRepositoryIamMember(
            readers,
            key,
            project=project,
            location=location,
            repository=name,
            role="roles/artifactregistry.reader",
            member=account.member,
        )


def _encrypted(name: str, site: GkeSite) -> Postcondition:
    """Refuse a cluster that is not encrypted: its state is not compared, so no plan would say or change it."""
    return Postcondition(
        condition=f'${{self.{_ENCRYPTION_STATE} != "DECRYPTED"}}',
        error_message=f"GKE cluster {name} does not encrypt its secrets, and no apply changes that. Switch it on with "
        f"the key that the stack names: gcloud container clusters update {name} --location={site.subnet.region} "
        f"--project={site.project} --database-encryption-key=KEY",
    )


def _first_nodes(service_account: str) -> ContainerClusterNodeConfig:
    return ContainerClusterNodeConfig(
        service_account=service_account,
        shielded_instance_config=ContainerClusterNodeConfigShieldedInstanceConfig(
            enable_secure_boot=True, enable_integrity_monitoring=True
        ),
        workload_metadata_config=ContainerClusterNodeConfigWorkloadMetadataConfig(mode="GKE_METADATA"),
    )


def _addons(config: GkeClusterConfig) -> ContainerClusterAddonsConfig | None:
    """The agent of Backup for GKE where there is a plan; what is not said stays as it is."""
    if not config.backup:
        return None
    return ContainerClusterAddonsConfig(
        gke_backup_agent_config=ContainerClusterAddonsConfigGkeBackupAgentConfig(enabled=True)
    )


def _private_cluster_config(config: GkeClusterConfig) -> ContainerClusterPrivateClusterConfig:
    global_access = ContainerClusterPrivateClusterConfigMasterGlobalAccessConfig(enabled=config.global_access)
    return ContainerClusterPrivateClusterConfig(
        enable_private_nodes=True,
        enable_private_endpoint=True,
        master_ipv4_cidr_block=str(config.control_plane_cidr),
        master_global_access_config=global_access,
    )


def _endpoints(config: GkeClusterConfig) -> ContainerClusterControlPlaneEndpointsConfig:
    return ContainerClusterControlPlaneEndpointsConfig(
        dns_endpoint_config=ContainerClusterControlPlaneEndpointsConfigDnsEndpointConfig(
            allow_external_traffic=config.dns_endpoint
        ),
        ip_endpoints_config=ContainerClusterControlPlaneEndpointsConfigIpEndpointsConfig(
            enabled=config.private_endpoint
        ),
    )


def _authorized_networks(
    config: GkeClusterConfig, networks: Mapping[str, IPv4Network]
) -> ContainerClusterMasterAuthorizedNetworksConfig | None:
    """The block even when it names nobody: then the cluster's own nodes alone come to the address."""
    if not config.private_endpoint:
        return None
    return ContainerClusterMasterAuthorizedNetworksConfig(
        cidr_blocks=[
            ContainerClusterMasterAuthorizedNetworksConfigCidrBlocks(display_name=name, cidr_block=str(cidr))
            for name, cidr in networks.items()
        ],
        private_endpoint_enforcement_enabled=True,
    )
