"""Who may do what, in an environment's stack: host project, scopes, clusters, groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cdktf import ITerraformDependable, TerraformOutput, TerraformStack
from constructs import Construct

from constructs_lib.access.cluster_admin_binding import cluster_admin_binding
from constructs_lib.access.group_nesting import GroupNesting
from constructs_lib.access.project_access import ProjectAccess
from constructs_lib.access.scope_access import ScopeAccess
from constructs_lib.fleet.member import Member
from constructs_lib.fleet.scope import Scope
from constructs_lib.naming import Naming
from environments.model.access.grants import Binding, Grant, GranteeKind
from environments.model.access.rules import PLATFORM
from environments.model.fleet.scope import ScopeConfig
from environments.model.organization import Organization
from environments.model.share import Share


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
        prevent_destroy: whether Terraform refuses to destroy what holds data or identity.
    """

    stack: TerraformStack
    organization: Organization
    share: Share
    naming: Naming
    project: str
    dependencies: Sequence[ITerraformDependable]
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
        by_scope: dict[tuple[bool, str], list[Grant]] = {}
        for grant in self.share.grants:
            if grant.scope is not None:
                is_team = grant.grantee.kind is GranteeKind.TEAM
                by_scope.setdefault((is_team, grant.scope), []).append(grant)
        teams = Construct(self.stack, "Teams")
        for (is_team, key), grants in by_scope.items():
            team_scope = self._scope(teams, key) if is_team else self._platform_scope()
            for name, member in members.items():
                team_scope.bind(name, member)
            ScopeAccess(team_scope, "Access", config=grants, team_scope=team_scope, dependencies=actuation)
        self._nesting()
        self._output_cluster_admins(by_scope.get((False, PLATFORM), []))

    def _scope(self, teams: Construct, key: str) -> Scope:
        config = ScopeConfig(team=key, namespaces=self.organization.teams[key].namespaces)
        return self._define_scope(teams, key, config)

    def _platform_scope(self) -> Scope:
        return self._define_scope(self.stack, "Platform", ScopeConfig())

    def _define_scope(self, scope: Construct, id_: str, config: ScopeConfig) -> Scope:
        return Scope(
            scope,
            id_,
            config=config,
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

    def _output_cluster_admins(self, grants: Sequence[Grant]) -> None:
        grantees = [grant.grantee for grant in grants if grant.binding is Binding.SCOPE_RBAC]
        if grantees:
            TerraformOutput(
                self.stack,
                "cluster_admin_binding",
                value=cluster_admin_binding(grantees),
                description="ClusterRoleBinding for what no scope reaches, for the repository that Config Sync "
                "reads: terraform output -raw cluster_admin_binding",
            )
