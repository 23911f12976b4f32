"""IAM of a host project: who passes the Connect gateway, and who sees fleet and scopes.

Additive only (`google_project_iam_member`): a binding or policy resource takes away what others, the
service agents among them, were given. Left out: finding members that nobody here granted.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/google_project_iam
"""

from __future__ import annotations

from collections.abc import Sequence

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_google.project_iam_member import ProjectIamMember, ProjectIamMemberCondition
from constructs import Construct

from constructs_lib.access.grantees import GranteePlaces
from estate.derived.access.grants import Grant


class ProjectAccess(Construct):
    """Define the members of a host project's roles, one resource each."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: Sequence[Grant],
        dependencies: Sequence[ITerraformDependable] = (),
    ) -> None:
        super().__init__(scope, id_)
        places = GranteePlaces(self)
        for grant in config:
            ProjectIamMember(
                places.of(grant.grantee),
                grant.role.rpartition(".")[2],
                project=grant.project,
                role=grant.role,
                member=grant.grantee.member,
                condition=until(grant.grantee.expires),
                depends_on=list(dependencies) or None,
            )


def until(day: str | None) -> ProjectIamMemberCondition | None:
    """The condition that ends a member's role with the beginning of a day; none without one."""
    if day is None:
        return None
    return ProjectIamMemberCondition(
        title=f"until {day}", expression=f'request.time < timestamp("{day}T00:00:00Z")'
    )
