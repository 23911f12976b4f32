"""The clusters elsewhere of one environment as members of its fleet, in a stack of their own.

Apart from the environment's stack, because Google's agent is installed through the clusters' private endpoints,
which no plan from elsewhere reaches. What the environment's stack makes is referred to by name: clusters are
looked up, or said in the file where others made them, scopes have the names that both stacks derive.
"""

from __future__ import annotations

from cdktf import TerraformStack
from constructs import Construct

from estate.derived.share import Share
from estate.model.environment import Environment
from estate.model.google.google import GoogleConfig
from estate.model.organization import Organization
from estate.model.refactoring import Refactoring
from stacks.backend import define_backend
from stacks.context import StackContext
from stacks.providers import define_providers
from stacks.refactoring_blocks import define_refactoring_blocks
from stacks.sections.attach import AttachSection


class AttachStack(TerraformStack):
    """Define the memberships of an environment's EKS clusters and of clusters of others."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: Environment,
        google: GoogleConfig,
        organization: Organization,
        refactoring: Refactoring,
        share: Share,
    ) -> None:
        super().__init__(scope, id_)
        context = StackContext(self, config, organization, share)

        define_backend(self, config, id_)
        define_providers(context, aws=bool(config.aws and config.aws.eks_clusters))
        AttachSection(context, config=google)
        define_refactoring_blocks(self, refactoring)
