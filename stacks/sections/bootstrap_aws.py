"""What an environment stands on in AWS: the bucket of its state, the issuer, the roles of its pipeline."""

from __future__ import annotations

from cdktf import TerraformOutput
from constructs import Construct

from constructs_lib.aws.account import AwsAccount
from constructs_lib.aws.github_issuer import define_github_issuer, issuer_arn
from constructs_lib.aws.pipeline_boundary import PipelineBoundary
from constructs_lib.aws.pipeline_role import LONGEST_SESSION_SECONDS, PipelineRole, PipelineRolePlan
from constructs_lib.aws.state_bucket import StateBucket, StateBucketPlan
from estate.derived.pipeline.boundary import boundary_name, boundary_policy
from estate.derived.pipeline.ground import ACCOUNT, BUCKET, Ground
from estate.derived.pipeline.rights import Purpose, Rights
from estate.derived.pipeline.trust import github_forms, trust_policy
from estate.model.aws.aws import AwsConfig
from stacks.context import StackContext


class BootstrapAwsSection:
    """Define the ground in AWS, and put out what GitHub's environments need."""

    def __init__(self, context: StackContext, *, config: Ground, aws: AwsConfig) -> None:
        state = context.environment.state.s3
        if state and BUCKET in config.makes:
            StateBucket(
                context.stack,
                "StateBucket",
                config=StateBucketPlan(state.bucket, config.pipelines, config.states),
                naming=context.naming,
                account=AwsAccount(account_id=aws.account_id, region=state.region),
            )
        account = AwsAccount(account_id=aws.account_id, region=aws.region)
        issuer = issuer_arn(account)
        if ACCOUNT in config.makes:
            issuer = define_github_issuer(
                Construct(context.stack, "GithubIssuer"), context.naming.name("github")
            )
        environment = context.environment
        boundary = PipelineBoundary(
            context.stack,
            "PipelineBoundary",
            config=boundary_policy(context.organization.name, environment, aws),
            name=boundary_name(environment.environment),
        )
        roles = Construct(context.stack, "Roles")
        for rights in config.identities:
            role = PipelineRole(
                roles, str(rights.purpose), config=_plan(config, rights, issuer), boundary_arn=boundary.arn
            )
            TerraformOutput(context.stack, f"aws_role_{rights.purpose}", value=role.arn)
        TerraformOutput(context.stack, "aws_region", value=aws.region)


def _plan(config: Ground, rights: Rights, issuer: str) -> PipelineRolePlan:
    github = config.config.github
    forms = github_forms(github.repository, github.repository_id, github.owner_id)
    return PipelineRolePlan(
        name=rights.role,
        trust=trust_policy(issuer, str(github.repository_id), forms, rights.subjects),
        # With an account there is something to look at.
        policy=rights.aws or {},
        session_seconds=LONGEST_SESSION_SECONDS if rights.purpose is Purpose.WRITER else None,
    )
