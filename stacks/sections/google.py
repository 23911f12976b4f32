"""What an environment has by way of Google Cloud: projects, fleet, network, clusters there and on VMware, access."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from constructs import Construct

from constructs_lib.fleet.member import Member
from constructs_lib.google.firewall_policy import FirewallPolicy
from constructs_lib.google.gke_cluster import GkeCluster
from constructs_lib.google.kms_key import KmsKey
from constructs_lib.google.network import Network
from estate.derived.fleet.config_sync import fleet_of
from estate.derived.fleet.mesh_trust import mesh_pool, mesh_trust
from estate.derived.google.allows import allows
from estate.model.google.firewall import FirewallConfig
from estate.model.google.google import GoogleConfig
from stacks.context import StackContext
from stacks.sections.access import AccessSection
from stacks.sections.fleet import FleetSection
from stacks.sections.gke import GkeSection
from stacks.sections.memberships import MembershipsSection
from stacks.sections.mesh_trust import MeshTrustSection
from stacks.sections.network import NetworkSection
from stacks.sections.projects import ProjectsSection
from stacks.sections.vmware import VmwareSection


class GoogleSection:
    """Define what the google section describes, and the sections that cannot be without it.

    In the order of the phases of a new estate.

    Attributes:
        network: the Shared VPC, for what joins it to others; None where there is none.
    """

    def __init__(self, context: StackContext, *, config: GoogleConfig) -> None:
        environment, host_project = context.environment, config.host_project
        projects = ProjectsSection(context, config=config)
        fleet_config = fleet_of(context.organization, environment)
        fleet = FleetSection(
            context, config=fleet_config, host_project=host_project, services=projects.services
        )
        members: dict[str, Member] = {}
        if environment.vmware:
            members |= VmwareSection(
                context,
                config=environment.vmware,
                host_project=host_project,
                foundation=fleet.foundation,
            ).clusters
        keys = _kms_keys(context, config, projects)
        network = None
        if config.network:
            shared_vpc = NetworkSection(
                context, config=config.network, google=config, services=projects.services
            )
            network = shared_vpc.network
            clusters = GkeSection(
                context,
                config=config,
                projects=projects,
                network=shared_vpc,
                keys=keys,
                foundation=fleet.foundation,
            ).clusters
            _define_firewall(context, config.network.firewall, projects, network, clusters)
            members |= clusters
        if fleet_config:
            MembershipsSection(
                context,
                config=fleet_config.features,
                host_project=host_project,
                names=fleet.feature_names,
                members=members,
            )
        _define_trust(context, projects, members)
        AccessSection(
            context,
            config=context.share.grants,
            project=host_project.id,
            members=members,
            foundation=fleet.foundation,
            actuation=fleet.actuation,
            services=projects.services_by_project,
        )
        self.network: Final[Network | None] = network


def _kms_keys(context: StackContext, config: GoogleConfig, projects: ProjectsSection) -> dict[str, KmsKey]:
    namespace = Construct(context.stack, "GoogleKmsKeys")
    return {
        key: KmsKey(
            namespace,
            key,
            config=kms_key,
            name=kms_key.key_name_in(*context.names, key),
            region=config.region,
            dependencies=projects.services,
            prevent_destroy=context.prevent_destroy,
        )
        for key, kms_key in sorted(config.kms_keys.items())
    }


def _define_trust(context: StackContext, projects: ProjectsSection, members: Mapping[str, Member]) -> None:
    """Where the mesh is rooted in Certificate Authority Service."""
    trust, pool = mesh_trust(context.environment), mesh_pool(context.environment, context.organization.name)
    if trust and pool:
        MeshTrustSection(context, config=trust, pool=pool, services=projects.services, members=members)


def _define_firewall(
    context: StackContext,
    config: FirewallConfig,
    projects: ProjectsSection,
    network: Network,
    clusters: Mapping[str, GkeCluster],
) -> None:
    """After the clusters, because it knows nodes by their service accounts."""
    FirewallPolicy(
        context.stack,
        "FirewallPolicy",
        config=config,
        allows=allows(context.environment),
        network=network,
        nodes={key: cluster.node_service_account for key, cluster in clusters.items()},
        dependencies=projects.services,
    )
