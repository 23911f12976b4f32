"""Who may do what, in an environment's stack: host project, scopes, clusters, groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cdktf import ITerraformDependable, TerraformOutput, TerraformStack
from constructs import Construct

from constructs_lib.access.cluster_access import ClusterAccess
from constructs_lib.access.cluster_admin_binding import cluster_admin_binding
from constructs_lib.access.group_nesting import GroupNesting
from constructs_lib.access.project_access import ProjectAccess
from constructs_lib.access.scope_access import ScopeAccess
from constructs_lib.fleet.member import Member
from constructs_lib.fleet.scope import Scope
from constructs_lib.naming import Naming
from estate.model.access.grants import Binding, Grant
from estate.model.access.team import PlatformTeam
from estate.model.fleet.scope import ScopeConfig
from estate.model.organization import Organization
from estate.model.share import Share


@dataclass(frozen=True)
class AccessHalf:
    """Defines an environment's share of the estate's grants.

    Attributes:
        stack: the environment's stack.
        organization: whose teams they are.
        share: the grants.
        naming: names of the environment.
        project: id of the fleet host project.
        dependencies: what has to stand before the fleet is used: the project's APIs, the fleet.
        services: the APIs of each project that GKE clusters may stand in, by its id.
        prevent_destroy: whether Terraform refuses to destroy what holds data or identity.
    """

    stack: TerraformStack
    organization: Organization
    share: Share
    naming: Naming
    project: str
    dependencies: Sequence[ITerraformDependable]
    services: Mapping[str, Sequence[ITerraformDependable]]
    prevent_destroy: bool

    def define(self, members: Mapping[str, Member], actuation: Sequence[ITerraformDependable]) -> None:
        """Define every grant, with the scopes that they need.

        Args:
            members: the environment's clusters; every scope reaches into all of them.
            actuation: what role bindings depend on.
        """
        ProjectAccess(
            self.stack,
            "ProjectAccess",
            config=[grant for grant in self.share.grants if grant.binding is Binding.PROJECT_IAM],
            dependencies=self.dependencies,
        )
        ClusterAccess(
            self.stack,
            "ClusterAccess",
            config=[grant for grant in self.share.grants if grant.binding is Binding.CLUSTER_IAM],
            services=self.services,
        )
        by_team: dict[str, list[Grant]] = {}
        for grant in self.share.grants:
            if grant.scope is not None:
                by_team.setdefault(grant.scope, []).append(grant)
        teams = Construct(self.stack, "Teams")
        for key, grants in by_team.items():
            scope = self._scope(teams, key)
            for name, member in members.items():
                scope.bind(name, member)
            ScopeAccess(scope, "Access", config=grants, team_scope=scope, dependencies=actuation)
        self._nesting()
        if members and self.organization.platform_team:
            self._output_cluster_admins(self.organization.platform_team)

    def _scope(self, teams: Construct, key: str) -> Scope:
        team = self.organization.teams[key]
        return Scope(
            teams,
            key,
            config=ScopeConfig(team=team.name or key, namespaces=team.namespaces),
            naming=self.naming,
            project=self.project,
            dependencies=self.dependencies,
            prevent_destroy=self.prevent_destroy,
        )

    def _nesting(self) -> None:
        nesting = self.organization.google_groups.nesting
        if nesting and self.share.nested:
            GroupNesting(
                self.stack,
                "GroupNesting",
                config=nesting,
                groups=self.share.nested,
                dependencies=self.dependencies,
            )

    def _output_cluster_admins(self, team: PlatformTeam) -> None:
        TerraformOutput(
            self.stack,
            "cluster_admin_binding",
            value=cluster_admin_binding(team),
            description="Makes the platform team cluster administrator, once it is in the repository that Config "
            "Sync reads: terraform output -raw cluster_admin_binding",
        )
