"""Who may do what, in an environment's stack: host project, scopes, clusters, groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cdktf import ITerraformDependable, TerraformOutput
from constructs import Construct

from constructs_lib.access.cluster_access import ClusterAccess
from constructs_lib.access.cluster_admin_binding import cluster_admin_binding
from constructs_lib.access.group_nesting import GroupNesting
from constructs_lib.access.project_access import ProjectAccess
from constructs_lib.access.scope_access import ScopeAccess
from constructs_lib.fleet.member import Member
from constructs_lib.fleet.scope import Scope
from estate.derived.access.grants import Binding, Grant
from estate.model.access.team import PlatformTeam
from estate.model.fleet.scope import ScopeConfig
from stacks.context import StackContext


class AccessSection:
    """Define an environment's share of the estate's grants, with the scopes that they need."""

    def __init__(
        self,
        context: StackContext,
        *,
        config: Sequence[Grant],
        project: str,
        members: Mapping[str, Member],
        foundation: Sequence[ITerraformDependable],
        actuation: Sequence[ITerraformDependable],
        services: Mapping[str, Sequence[ITerraformDependable]],
    ) -> None:
        """Define them.

        Args:
            context: what the stack is told.
            config: the grants.
            project: id of the fleet host project.
            members: the environment's clusters; every scope reaches into all of them.
            foundation: what has to stand before the fleet is used.
            actuation: what role bindings depend on.
            services: the APIs of each project that GKE clusters may stand in, by its id.
        """
        ProjectAccess(
            context.stack,
            "ProjectAccess",
            config=[grant for grant in config if grant.binding is Binding.PROJECT_IAM],
            dependencies=foundation,
        )
        ClusterAccess(
            context.stack,
            "ClusterAccess",
            config=[grant for grant in config if grant.binding is Binding.CLUSTER_IAM],
            services=services,
        )
        teams = Construct(context.stack, "Teams")
        for key in dict.fromkeys(grant.scope for grant in config if grant.scope):
            team = context.organization.teams[key]
            scope = Scope(
                teams,
                key,
                config=ScopeConfig(team=team.name or key, namespaces=team.namespaces),
                naming=context.naming,
                project=project,
                dependencies=foundation,
                prevent_destroy=context.prevent_destroy,
            )
            for name, member in members.items():
                scope.bind(name, member)
            grants = [grant for grant in config if grant.scope == key]
            ScopeAccess(scope, "Access", config=grants, team_scope=scope, dependencies=actuation)
        nesting = context.organization.google_groups.nesting
        if nesting and context.share.nested:
            GroupNesting(
                context.stack,
                "GroupNesting",
                config=nesting,
                groups=context.share.nested,
                dependencies=foundation,
            )
        if members and context.organization.platform_team:
            _output_cluster_admins(context, context.organization.platform_team)


def _output_cluster_admins(context: StackContext, team: PlatformTeam) -> None:
    TerraformOutput(
        context.stack,
        "cluster_admin_binding",
        value=cluster_admin_binding(team),
        description="Makes the platform team cluster administrator, once it is in a cluster: "
        "terraform output -raw cluster_admin_binding",
    )
