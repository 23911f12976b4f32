"""The service accounts of clusters on VMware.

Left out: their keys, which would stand in the state; a person makes them and puts them on the admin
workstation.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/google_service_account
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_google.project_iam_member import ProjectIamMember
from cdktf_cdktf_provider_google.service_account import ServiceAccount as ServiceAccountResource
from constructs import Construct

from estate.facts.google.service_accounts import ServiceAccount


class ServiceAccounts(Construct):
    """Define the service accounts with their roles on the host project, and nothing else they may do."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: Mapping[str, ServiceAccount],
        project: str,
        dependencies: Sequence[ITerraformDependable] = (),
    ) -> None:
        super().__init__(scope, id_)
        for account_id, account in config.items():
            place = Construct(self, account_id)
            resource = ServiceAccountResource(
                place,
                "Resource",
                project=project,
                account_id=account_id,
                display_name=account.description,
                depends_on=list(dependencies) or None,
            )
            roles = Construct(place, "Roles")
            for role in account.roles:
                ProjectIamMember(
                    roles,
                    role.removeprefix("roles/"),
                    project=project,
                    role=role,
                    member=resource.member,
                )
