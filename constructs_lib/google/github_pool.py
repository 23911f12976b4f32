"""The pool in Google Cloud of whom GitHub says its jobs are, of one repository; a project has it once.

Left out: who of them becomes which account.

https://docs.cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines (excerpt, 2026-11-30)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cdktf import ITerraformDependable, TerraformResourceLifecycle
from cdktf_cdktf_provider_google.iam_workload_identity_pool import IamWorkloadIdentityPool
from cdktf_cdktf_provider_google.iam_workload_identity_pool_provider import (
    IamWorkloadIdentityPoolProvider,
    IamWorkloadIdentityPoolProviderOidc,
)
from constructs import Construct

from estate.derived.pipeline.trust import ISSUER, SUBJECT, google_condition
from estate.model.bootstrap import GithubRepository, GroundProject

POOL: Final = "github"
"""Id of the pool and of its provider."""


class GithubPool(Construct):
    """Define the pool and its provider.

    Stateful. Google keeps a destroyed pool's name for 30 days.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: GithubRepository,
        project: GroundProject,
        dependencies: Sequence[ITerraformDependable],
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        pool = IamWorkloadIdentityPool(
            self,
            "Resource",
            project=project.id,
            workload_identity_pool_id=POOL,
            display_name="GitHub",
            depends_on=list(dependencies),
            lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
        )
        self.provider: Final[ITerraformDependable] = IamWorkloadIdentityPoolProvider(
            self,
            "Provider",
            project=project.id,
            workload_identity_pool_id=pool.workload_identity_pool_id,
            workload_identity_pool_provider_id=POOL,
            display_name="GitHub",
            attribute_mapping={"google.subject": SUBJECT},
            attribute_condition=google_condition(str(config.repository_id), str(config.owner_id)),
            oidc=IamWorkloadIdentityPoolProviderOidc(issuer_uri=f"https://{ISSUER}"),
            lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
        )


def pool_name(project: GroundProject) -> str:
    """Name of the pool, whichever stack makes it."""
    return f"projects/{project.number}/locations/global/workloadIdentityPools/{POOL}"


def provider_name(project: GroundProject) -> str:
    """Name of its provider: GOOGLE_PROVIDER of GitHub's environments."""
    return f"{pool_name(project)}/providers/{POOL}"
