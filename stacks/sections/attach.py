"""What makes clusters elsewhere members of an environment's fleet, and what each has as a member."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cdktf import TerraformProvider
from constructs import Construct

from constructs_lib.aws.existing_eks_cluster import find_cluster
from constructs_lib.fleet.attach_site import AttachSite
from constructs_lib.fleet.attached_cluster import AttachedCluster
from constructs_lib.fleet.feature_memberships import FeatureMemberships
from constructs_lib.fleet.features import NAMES
from constructs_lib.fleet.install_manifest import define_chart
from constructs_lib.fleet.issuer import Issuer
from constructs_lib.fleet.membership_binding import define_membership_binding
from constructs_lib.fleet.telemetry_access import TelemetryAccess
from constructs_lib.naming import Kind
from estate.derived.fleet.config_sync import fleet_of
from estate.facts.providers import default_version
from estate.model.aws.aws import AwsConfig
from estate.model.aws.eks_attach import AttachConfig
from estate.model.fleet.attached_cluster import AttachedClusterConfig
from estate.model.google.google import GoogleConfig
from stacks.context import StackContext
from stacks.helm_login import log_in_by_context, log_in_to_eks
from stacks.providers import pin

_Attached = tuple[str, str, AttachConfig | None, Issuer, TerraformProvider]
"""Key and name, what the cluster says of its membership, who issues its tokens, and the way in."""


class AttachSection:
    """Define the memberships of the EKS clusters of the aws section and of clusters of others, and what depends on them."""

    def __init__(self, context: StackContext, *, config: GoogleConfig) -> None:
        members = _members(context, config)
        fleet = fleet_of(context.organization, context.environment)
        if fleet:
            FeatureMemberships(
                context.stack,
                "FeatureMemberships",
                # Google ends the mesh of attached clusters.
                config=fleet.features.model_copy(update={"service_mesh": None}),
                members=members,
                names=NAMES,
                project=config.host_project.id,
            )
        _define_bindings(context, config.host_project.id, members)
        if context.share.lets_telemetry_in:
            TelemetryAccess(
                context.stack,
                "TelemetryAccess",
                config=config.host_project,
                dependencies=[member.resource for member in members.values()],
            )


def _members(context: StackContext, google: GoogleConfig) -> dict[str, AttachedCluster]:
    """Those that are made here first. A way in stays where a cluster leaves: an agent goes by the provider that brought it."""
    logins = Construct(context.stack, "Helm")
    namespace = Construct(context.stack, "AttachedClusters")
    chart = define_chart(Construct(context.stack, "Agent"))
    pin(context.stack, "helm", default_version("helm"))
    aws = context.environment.aws
    members = {}
    for key, name, config, issuer, helm in (
        *(_eks_clusters(context, logins, aws) if aws and aws.eks_clusters else ()),
        *_clusters_of_others(context, logins),
    ):
        if config is None:
            continue
        members[key] = AttachedCluster(
            namespace,
            key,
            config=config,
            site=_site(context, google, name, config),
            issuer=issuer,
            chart=chart,
            prevent_destroy=context.prevent_destroy,
        )
        members[key].agent.provider = helm
    return members


def _eks_clusters(context: StackContext, logins: Construct, config: AwsConfig) -> Iterator[_Attached]:
    existing = Construct(context.stack, "Existing")
    for key, cluster in config.eks_clusters.items():
        name = cluster.name_in(*context.names, key)
        found = find_cluster(existing, key, name)
        alias = cluster.short_name or key
        helm = log_in_to_eks(logins, key, alias=alias, cluster=found, region=config.region)
        yield key, name, cluster.attach, Issuer("eks", found.issuer), helm


def _clusters_of_others(context: StackContext, logins: Construct) -> Iterator[_Attached]:
    for key, cluster in context.environment.clusters_of_others.items():
        name = cluster.name_in(*context.names, key)
        helm = log_in_by_context(logins, key, name=name, config=cluster.reached_by)
        issuer = Issuer(cluster.distribution, cluster.issuer, cluster.jwks)
        yield key, name, None if cluster.leaves else cluster, issuer, helm


def _site(context: StackContext, google: GoogleConfig, name: str, config: AttachConfig) -> AttachSite:
    team = context.organization.platform_team
    own = config if isinstance(config, AttachedClusterConfig) else None
    groups = (*([team.group] if team else ()), *(own.admin_groups if own else ()))
    users = (*context.share.administrators, *(own.admin_users if own else ()))
    return AttachSite(
        name=name,
        project_id=google.host_project.id,
        project_number=google.host_project.number,
        location=config.location or google.region,
        admin_groups=tuple(dict.fromkeys(groups)),
        admin_users=tuple(dict.fromkeys(users)),
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
