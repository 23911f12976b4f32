"""A service account that jobs of a pipeline become, with exactly the rights that an environment's content needs.

It stands in the ground's project, where nobody that it could give a role is found. Left out: which rights these are, which
`estate.derived.pipeline` decides; lending a network to service projects, which takes a role on their folder.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/google_service_account
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cdktf import ITerraformDependable, TerraformResourceLifecycle
from cdktf_cdktf_provider_google.project_iam_custom_role import ProjectIamCustomRole
from cdktf_cdktf_provider_google.project_iam_member import ProjectIamMember
from cdktf_cdktf_provider_google.service_account import ServiceAccount
from cdktf_cdktf_provider_google.service_account_iam_member import ServiceAccountIamMember
from cdktf_cdktf_provider_google.storage_bucket_iam_member import (
    StorageBucketIamMember,
    StorageBucketIamMemberCondition,
)
from constructs import Construct

from estate.derived.pipeline.rights import GoogleState, Rights
from estate.derived.pipeline.trust import state_condition


@dataclass(frozen=True)
class PipelineAccountPlan:
    """What is said of an account.

    Attributes:
        rights: whom it is for, and what it may do.
        project: id of the project that it stands in.
        pool: name of the pool whose identities become it.
        repository_id: number of the repository, with which their subjects begin.
    """

    rights: Rights
    project: str
    pool: str
    repository_id: int


class PipelineAccount(Construct):
    """Define the account, who becomes it, and what it may do.

    Stateful. A new one of the same name is another one to all who let it in.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: PipelineAccountPlan,
        dependencies: Sequence[ITerraformDependable],
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        rights = config.rights
        account = ServiceAccount(
            self,
            "Resource",
            project=config.project,
            account_id=f"{rights.environment}-pipeline-{rights.purpose}",
            display_name=f"{rights.environment}: {rights.purpose} of the pipeline",
            depends_on=list(dependencies) or None,
            lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
        )
        users = Construct(self, "Users")
        for subject in rights.subjects:
            ServiceAccountIamMember(
                users,
                subject,
                service_account_id=account.name,
                role="roles/iam.workloadIdentityUser",
                member=f"principal://iam.googleapis.com/{config.pool}/subject/{config.repository_id}:{subject}",
                depends_on=list(dependencies) or None,
            )
        _define_permissions(Construct(self, "Permissions"), rights, account.member)
        _define_roles(Construct(self, "Roles"), rights, account.member)
        self.email: Final[str] = account.email
        self.member: Final[str] = account.member

    def grant_states(self, state: GoogleState, bucket: str) -> None:
        """Let the account use the states that are its environment's, each by its name."""
        StorageBucketIamMember(
            self,
            "States",
            bucket=bucket,
            role=state.role,
            member=self.member,
            condition=StorageBucketIamMemberCondition(
                title="states", expression=state_condition(state.bucket, state.objects)
            ),
        )


def _define_permissions(scope: Construct, rights: Rights, member: str) -> None:
    for project in rights.projects if rights.permissions else ():
        place = Construct(scope, project)
        role = ProjectIamCustomRole(
            place,
            "Role",
            project=project,
            role_id=f"{rights.environment}_pipeline_{rights.purpose}",
            title=f"{rights.environment}: looks at what Terraform made",
            permissions=list(rights.permissions),
        )
        ProjectIamMember(place, "Member", project=project, role=role.name, member=member)


def _define_roles(scope: Construct, rights: Rights, member: str) -> None:
    for project, roles in rights.roles.items():
        place = Construct(scope, project)
        for role in roles:
            ProjectIamMember(place, role.removeprefix("roles/"), project=project, role=role, member=member)
