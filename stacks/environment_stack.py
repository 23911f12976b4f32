"""One environment as one Terraform stack.

Backend, providers, constructs, connections, outputs: in this order, and nothing else. The halves are
imported where an environment has them: bindings that nobody uses cost a tenth of a second.
"""

from __future__ import annotations

from cdktf import TerraformStack
from constructs import Construct

from constructs_lib.naming import Naming
from estate.model.environment import Environment
from estate.model.organization import Organization
from estate.model.refactoring import Refactoring
from estate.model.share import Share
from stacks.backend import define_backend
from stacks.providers import define_providers
from stacks.refactoring_blocks import define_refactoring_blocks


class EnvironmentStack(TerraformStack):
    """Define everything that one environment file describes."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: Environment,
        organization: Organization,
        refactoring: Refactoring,
        share: Share,
    ) -> None:
        super().__init__(scope, id_)
        naming = Naming(organization=organization.name, environment=config.environment)

        define_backend(self, config.state, config.environment, id_)
        define_providers(self, config, naming)
        network, vpc = None, None
        if config.google:
            from stacks.google_cloud import GoogleCloud

            network = GoogleCloud(
                stack=self,
                environment=config,
                config=config.google,
                organization=organization,
                naming=naming,
                share=share,
            ).define()
        if config.aws:
            from stacks.aws_half import AwsHalf

            vpc = AwsHalf(
                stack=self, config=config.aws, naming=naming, prevent_destroy=config.deletion_protection
            ).define()
        if config.vpn and config.google and network:
            from stacks.vpn_half import VpnHalf

            VpnHalf(
                stack=self,
                config=config.vpn,
                environment=config,
                google=config.google,
                naming=naming,
                network=network,
                vpc=vpc,
            ).define()
        define_refactoring_blocks(self, refactoring)
