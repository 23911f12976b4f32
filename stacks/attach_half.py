"""What makes the EKS clusters of an environment members of its fleet, and what each has as a member."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cdktf import TerraformProvider, TerraformStack
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
from constructs_lib.naming import Kind, Naming
from estate.model.aws.aws import AwsConfig
from estate.model.fleet.fleet import FleetConfig
from estate.model.google.google import GoogleConfig
from estate.model.organization import Organization
from estate.model.share import Share


@dataclass(frozen=True)
class AttachHalf:
    """Defines the memberships of the EKS clusters of one aws section.

    Attributes:
        stack: the companion stack.
        aws: the section.
        google: the google section, whose host project the fleet belongs to.
        fleet: the fleet section, None when no cluster is attached.
        organization: whose platform team administers every cluster.
        share: who else does, which teams have scopes, and who lets telemetry in.
        naming: names of the environment.
        prevent_destroy: whether Terraform refuses to destroy what holds data or identity.
    """

    stack: TerraformStack
    aws: AwsConfig
    google: GoogleConfig
    fleet: FleetConfig | None
    organization: Organization
    share: Share
    naming: Naming
    prevent_destroy: bool

    def define(self) -> None:
        """Define every membership, and what depends on it."""
        members = self._attached_clusters()
        self._define_features(members)
        self._define_bindings(members)
        if self.share.lets_telemetry_in:
            TelemetryAccess(
                self.stack,
                "TelemetryAccess",
                config=self.google.host_project,
                dependencies=[member.resource for member in members.values()],
            )

    def _attached_clusters(self) -> dict[str, AttachedCluster]:
        existing, logins = Construct(self.stack, "Existing"), Construct(self.stack, "Helm")
        namespace = Construct(self.stack, "AttachedClusters")
        chart = define_chart(Construct(self.stack, "Agent"))
        members = {}
        for key, config in self.aws.eks_clusters.items():
            name = config.name_in(self.naming.organization, self.naming.environment, key)
            cluster = find_cluster(existing, key, name)
            # For clusters that are not attached too: an agent goes by the provider that brought it.
            helm = self._helm(logins, key, config.short_name or key, cluster)
            if config.attach:
                members[key] = AttachedCluster(
                    namespace,
                    key,
                    config=config.attach,
                    site=self._site(name, config.attach.location or self.google.region),
                    issuer_url=cluster.issuer,
                    chart=chart,
                    prevent_destroy=self.prevent_destroy,
                )
                members[key].agent.provider = helm
        return members

    def _helm(self, scope: Construct, key: str, alias: str, cluster: ExistingEksCluster) -> TerraformProvider:
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
                    args=["eks", "get-token", "--cluster-name", cluster.name, "--region", self.aws.region],
                ),
            ),
        )

    def _site(self, name: str, location: str) -> AttachSite:
        project, team = self.google.host_project, self.organization.platform_team
        return AttachSite(
            name=name,
            project_id=project.id,
            project_number=project.number,
            location=location,
            admin_groups=(team.group,) if team else (),
            admin_users=self.share.administrators,
        )

    def _define_features(self, members: Mapping[str, AttachedCluster]) -> None:
        if self.fleet is None:
            return
        FeatureMemberships(
            self.stack,
            "FeatureMemberships",
            # Google ends the mesh of attached clusters.
            config=self.fleet.features.model_copy(update={"service_mesh": None}),
            members=members,
            names=NAMES,
            project=self.google.host_project.id,
        )

    def _define_bindings(self, members: Mapping[str, AttachedCluster]) -> None:
        teams, project = Construct(self.stack, "Teams"), self.google.host_project.id
        for team in dict.fromkeys(grant.scope for grant in self.share.grants if grant.scope):
            namespace = Construct(teams, team)
            name = self.organization.teams[team].name or team
            scope_id = self.naming.name("team", name, kind=Kind.FLEET_SCOPE)
            for key, member in members.items():
                define_membership_binding(
                    namespace,
                    key,
                    project=project,
                    scope_id=scope_id,
                    scope_name=f"projects/{project}/locations/global/scopes/{scope_id}",
                    member=member,
                )
