"""What an environment stands on: the bucket of its state, and who its pipeline becomes in the clouds.

Apart from every other stack, because a person applies it and no identity that it makes may change it.
"""

from __future__ import annotations

from cdktf import TerraformStack
from constructs import Construct

from estate.derived.pipeline.ground import Ground
from estate.derived.share import Share
from estate.model.environment import Environment
from estate.model.organization import Organization
from estate.model.refactoring import Refactoring
from stacks.backend import define_backend
from stacks.context import StackContext
from stacks.providers import define_ground_providers
from stacks.refactoring_blocks import define_refactoring_blocks


class BootstrapStack(TerraformStack):
    """Define the ground of an environment."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: Environment,
        ground: Ground,
        organization: Organization,
        refactoring: Refactoring,
        share: Share,
    ) -> None:
        super().__init__(scope, id_)
        context = StackContext(self, config, organization, share)
        project = ground.config.project
        region = ground.config.location or (config.google.region if config.google else None)

        define_backend(self, config, id_)
        define_ground_providers(context, project.id if project else None, region)
        if project and region:
            from stacks.sections.bootstrap_google import BootstrapGoogleSection

            BootstrapGoogleSection(context, config=ground, project=project, region=region)
        if config.aws:
            from stacks.sections.bootstrap_aws import BootstrapAwsSection

            BootstrapAwsSection(context, config=ground, aws=config.aws)
        define_refactoring_blocks(self, refactoring)
