"""What a team may do in its scope: IAM on the scope itself, and Kubernetes roles in its clusters.

IAM wants `group:team@example.com`, Kubernetes the bare address.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/gke_hub_scope_rbac_role_binding
"""

from __future__ import annotations

from collections.abc import Sequence

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_google.gke_hub_scope_iam_member import GkeHubScopeIamMember
from cdktf_cdktf_provider_google.gke_hub_scope_rbac_role_binding import (
    GkeHubScopeRbacRoleBinding,
    GkeHubScopeRbacRoleBindingRole,
)
from constructs import Construct

from constructs_lib.fleet.scope import Scope
from estate.derived.access.grants import Binding, Grant


class ScopeAccess(Construct):
    """Define everything that is granted in one scope, which is its team's alone."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: Sequence[Grant],
        team_scope: Scope,
        dependencies: Sequence[ITerraformDependable] = (),
    ) -> None:
        super().__init__(scope, id_)
        for grant in config:
            if grant.binding is Binding.SCOPE_IAM:
                GkeHubScopeIamMember(
                    self,
                    "Iam",
                    project=team_scope.project,
                    scope_id=team_scope.scope_id,
                    role=grant.role,
                    member=grant.grantee.member,
                )
            else:
                GkeHubScopeRbacRoleBinding(
                    self,
                    "Rbac",
                    project=team_scope.project,
                    scope_id=team_scope.scope_id,
                    scope_rbac_role_binding_id=team_scope.team,
                    role=GkeHubScopeRbacRoleBindingRole(custom_role=grant.role)
                    if grant.custom
                    else GkeHubScopeRbacRoleBindingRole(predefined_role=grant.role.upper()),
                    group=grant.grantee.address,
                    depends_on=list(dependencies) or None,
                )
