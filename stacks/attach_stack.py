"""The EKS clusters of one environment as members of its fleet, in a stack of their own.

Apart from the environment's stack, because Google's agent is installed through the clusters' private endpoints,
which no plan from elsewhere reaches. What the environment's stack makes is referred to by name: clusters are
looked up, scopes have the names that both stacks derive.
"""

from __future__ import annotations

from cdktf import TerraformStack
from constructs import Construct

from constructs_lib.naming import Naming
from estate.model.aws.aws import AwsConfig
from estate.model.environment import Environment
from estate.model.google.google import GoogleConfig
from estate.model.organization import Organization
from estate.model.refactoring import Refactoring
from estate.model.share import Share
from stacks.attach_half import AttachHalf
from stacks.backend import define_backend
from stacks.providers import define_providers
from stacks.refactoring_blocks import define_refactoring_blocks


class AttachStack(TerraformStack):
    """Define the memberships of an environment's EKS clusters."""

    def __init__(  # noqa: PLR0913 - the sections that it cannot do without are handed over beside the whole
        self,
        scope: Construct,
        id_: str,
        *,
        config: Environment,
        google: GoogleConfig,
        aws: AwsConfig,
        organization: Organization,
        refactoring: Refactoring,
        share: Share,
    ) -> None:
        super().__init__(scope, id_)
        naming = Naming(organization=organization.name, environment=config.environment)

        define_backend(self, config.state, config.environment, id_)
        define_providers(self, config, naming)
        AttachHalf(
            stack=self,
            aws=aws,
            google=google,
            fleet=config.fleet,
            organization=organization,
            share=share,
            naming=naming,
            prevent_destroy=config.deletion_protection,
        ).define()
        define_refactoring_blocks(self, refactoring)
