"""IAM of the projects that GKE clusters stand in: who administers every cluster there, past fleet and scopes.

GKE asks IAM beside Kubernetes' own roles, so no object has to be in the cluster. Additive only.

https://docs.cloud.google.com/kubernetes-engine/docs/how-to/iam
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_google.project_iam_member import ProjectIamMember
from constructs import Construct

from constructs_lib.access.grantees import GranteePlaces
from constructs_lib.access.project_access import until
from estate.derived.access.grants import Grant


class ClusterAccess(Construct):
    """Define the members of the projects' roles, below the project that they are good in."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: Sequence[Grant],
        services: Mapping[str, Sequence[ITerraformDependable]],
    ) -> None:
        super().__init__(scope, id_)
        projects = {project: GranteePlaces(Construct(self, project)) for project in services}
        for grant in config:
            ProjectIamMember(
                projects[grant.project].of(grant.grantee),
                grant.role.rpartition(".")[2],
                project=grant.project,
                role=grant.role,
                member=grant.grantee.member,
                condition=until(grant.grantee.expires),
                depends_on=list(services[grant.project]) or None,
            )
