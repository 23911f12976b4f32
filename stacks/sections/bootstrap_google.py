"""What an environment stands on in Google Cloud: the bucket of its state, the pool, the accounts of its pipeline."""

from __future__ import annotations

from collections.abc import Sequence

from cdktf import ITerraformDependable, TerraformOutput
from constructs import Construct

from constructs_lib.google.github_pool import GithubPool, pool_name, provider_name
from constructs_lib.google.pipeline_account import PipelineAccount, PipelineAccountPlan
from constructs_lib.google.project_services import ProjectServices
from constructs_lib.google.state_bucket import StateBucket, StateBucketPlan
from estate.derived.pipeline.ground import BUCKET, PROJECT, Ground
from estate.model.bootstrap import GroundProject
from estate.model.google.google import Project
from stacks.context import StackContext


class BootstrapGoogleSection:
    """Define the ground in Google Cloud, and put out what GitHub's environments need."""

    def __init__(self, context: StackContext, *, config: Ground, project: GroundProject, region: str) -> None:
        before = _project(context, config, project)
        state = context.environment.state.gcs
        bucket = None
        if state and BUCKET in config.makes:
            bucket = StateBucket(
                context.stack,
                "StateBucket",
                config=StateBucketPlan(state.bucket, project.id, region, context.naming.name("state")),
                dependencies=before,
            ).name
        accounts = Construct(context.stack, "Accounts")
        for rights in config.identities:
            account = PipelineAccount(
                accounts,
                str(rights.purpose),
                config=PipelineAccountPlan(
                    rights, project.id, pool_name(project), config.config.github.repository_id
                ),
                dependencies=before,
            )
            if rights.state:
                account.grant_states(rights.state, bucket or rights.state.bucket)
            _put_out(context, f"google_service_account_{rights.purpose}", account.email)
        _put_out(context, "google_provider", provider_name(project))


def _project(context: StackContext, config: Ground, project: GroundProject) -> Sequence[ITerraformDependable]:
    """What the project has once; nothing where another environment's ground makes it."""
    if PROJECT not in config.makes:
        return ()
    services = ProjectServices(
        context.stack,
        "ProjectServices",
        config=Project(id=project.id, number=project.number),
        services=config.services,
    ).services
    pool = GithubPool(
        context.stack, "GithubPool", config=config.config.github, project=project, dependencies=services
    )
    return (*services, pool.provider)


def _put_out(context: StackContext, name: str, value: str) -> None:
    TerraformOutput(context.stack, name, value=value)
