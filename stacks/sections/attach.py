"""What makes the EKS clusters of an environment members of its fleet, and what each has as a member."""

from __future__ import annotations

from collections.abc import Mapping

from cdktf import TerraformProvider
from cdktf_cdktf_provider_helm.provider import (
    HelmProvider,
    HelmProviderKubernetes,
    HelmProviderKubernetesExec,
)
from constructs import Construct

from constructs_lib.aws.existing_eks_cluster import ExistingEksCluster, find_cluster
from constructs_lib.fleet.attach_site import AttachSite
from constructs_lib.fleet.attached_cluster import AttachedCluster
from constructs_lib.fleet.feature_memberships import FeatureMemberships
from constructs_lib.fleet.features import NAMES
from constructs_lib.fleet.install_manifest import define_chart
from constructs_lib.fleet.membership_binding import define_membership_binding
from constructs_lib.fleet.telemetry_access import TelemetryAccess
from constructs_lib.naming import Kind
from estate.derived.fleet.config_sync import fleet_of
from estate.facts.providers import default_version
from estate.model.aws.aws import AwsConfig
from estate.model.google.google import GoogleConfig
from stacks.context import StackContext
from stacks.providers import pin


class AttachSection:
    """Define the memberships of the EKS clusters of one aws section, and what depends on them."""

    def __init__(self, context: StackContext, *, config: AwsConfig, google: GoogleConfig) -> None:
        members = _attached_clusters(context, config, google)
        fleet = fleet_of(context.organization, context.environment)
        if fleet:
            FeatureMemberships(
                context.stack,
                "FeatureMemberships",
                # Google ends the mesh of attached clusters.
                config=fleet.features.model_copy(update={"service_mesh": None}),
                members=members,
                names=NAMES,
                project=google.host_project.id,
            )
        _define_bindings(context, google.host_project.id, members)
        if context.share.lets_telemetry_in:
            TelemetryAccess(
                context.stack,
                "TelemetryAccess",
                config=google.host_project,
                dependencies=[member.resource for member in members.values()],
            )


def _attached_clusters(
    context: StackContext, config: AwsConfig, google: GoogleConfig
) -> dict[str, AttachedCluster]:
    existing, logins = Construct(context.stack, "Existing"), Construct(context.stack, "Helm")
    namespace = Construct(context.stack, "AttachedClusters")
    chart = define_chart(Construct(context.stack, "Agent"))
    members = {}
    for key, cluster_config in config.eks_clusters.items():
        name = cluster_config.name_in(*context.names, key)
        cluster = find_cluster(existing, key, name)
        # For clusters that are not attached too: an agent goes by the provider that brought it.
        helm = _helm(logins, key, cluster_config.short_name or key, cluster, config.region)
        pin(context.stack, "helm", default_version("helm"))
        if cluster_config.attach:
            location = cluster_config.attach.location or google.region
            members[key] = AttachedCluster(
                namespace,
                key,
                config=cluster_config.attach,
                site=_site(context, google, name, location),
                issuer_url=cluster.issuer,
                chart=chart,
                prevent_destroy=context.prevent_destroy,
            )
            members[key].agent.provider = helm
    return members


def _helm(
    scope: Construct, key: str, alias: str, cluster: ExistingEksCluster, region: str
) -> TerraformProvider:
    return HelmProvider(
        scope,
        key,
        alias=alias,
        kubernetes=HelmProviderKubernetes(
            host=cluster.endpoint,
            cluster_ca_certificate=cluster.certificate,
            # A token from a data source would stand in the state.
            exec=HelmProviderKubernetesExec(
                api_version="client.authentication.k8s.io/v1beta1",
                command="aws",
                args=["eks", "get-token", "--cluster-name", cluster.name, "--region", region],
            ),
        ),
    )


def _site(context: StackContext, google: GoogleConfig, name: str, location: str) -> AttachSite:
    team = context.organization.platform_team
    return AttachSite(
        name=name,
        project_id=google.host_project.id,
        project_number=google.host_project.number,
        location=location,
        admin_groups=(team.group,) if team else (),
        admin_users=context.share.administrators,
    )


def _define_bindings(context: StackContext, project: str, members: Mapping[str, AttachedCluster]) -> None:
    teams = Construct(context.stack, "Teams")
    for key in dict.fromkeys(grant.scope for grant in context.share.grants if grant.scope):
        namespace = Construct(teams, key)
        team = context.organization.teams[key]
        scope_id = context.naming.name("team", team.name or key, kind=Kind.FLEET_SCOPE)
        for cluster, member in members.items():
            define_membership_binding(
                namespace,
                cluster,
                project=project,
                scope_id=scope_id,
                scope_name=f"projects/{project}/locations/global/scopes/{scope_id}",
                member=member,
            )
