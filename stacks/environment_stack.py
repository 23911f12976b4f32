"""One environment as one Terraform stack.

Backend, providers, sections, refactoring blocks: in this order, and nothing else. The sections are imported
where an environment has them: bindings that nobody uses cost a tenth of a second.
"""

from __future__ import annotations

from cdktf import TerraformStack
from constructs import Construct

from estate.derived.pipeline.boundary import boundary_arn
from estate.derived.share import Share
from estate.model.environment import Environment
from estate.model.organization import Organization
from estate.model.refactoring import Refactoring
from stacks.backend import define_backend
from stacks.context import StackContext
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
        context = StackContext(self, config, organization, share)

        define_backend(self, config, id_)
        define_providers(context)
        network, vpc = None, None
        if config.google:
            from stacks.sections.google import GoogleSection

            network = GoogleSection(context, config=config.google).network
        if config.aws:
            from stacks.sections.aws import AwsSection

            vpc = AwsSection(context, config=config.aws).vpc
        if config.vpn and config.google and network:
            from stacks.sections.vpn import VpnSection

            VpnSection(context, config=config.vpn, region=config.google.region, network=network, vpc=vpc)
        if config.dns and network:
            from stacks.sections.dns import DnsSection

            DnsSection(context, config=config.dns, network=network, vpc=vpc)
        if config.bootstrap and config.aws:
            # After everything that makes roles: the pipeline may make none without it.
            from constructs_lib.aws.pipeline_boundary import put_under_boundary

            put_under_boundary(self, boundary_arn(config.environment, config.aws.account_id))
        define_refactoring_blocks(self, refactoring)
