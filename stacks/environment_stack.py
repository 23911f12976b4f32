"""One environment as one Terraform stack.

Backend, providers, constructs, connections, outputs: in this order, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping

from cdktf import TerraformStack
from constructs import Construct

from constructs_lib.google.project_services import ProjectServices
from constructs_lib.naming import Naming
from constructs_lib.vmware.user_cluster import UserCluster
from environments.model.environment import Environment
from environments.model.google.services import owned_services
from environments.model.organization import Organization
from environments.model.refactoring import Refactoring
from environments.model.share import Share
from stacks.access_half import AccessHalf
from stacks.aws_half import AwsHalf
from stacks.backend import define_backend
from stacks.fleet_half import FleetHalf
from stacks.providers import define_providers
from stacks.refactoring_blocks import define_refactoring_blocks
from stacks.vmware_half import VmwareHalf


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
        if config.google:
            services = ProjectServices(
                self, "ProjectServices", config=config.google, services=owned_services(config)
            )
            fleet = FleetHalf(
                stack=self,
                environment=config.environment,
                config=config.fleet,
                google=config.google,
                share=share,
                services=services.services,
                prevent_destroy=config.deletion_protection,
            )
            foundation = fleet.define_foundation()
            clusters: Mapping[str, UserCluster] = {}
            if config.vmware:
                clusters = VmwareHalf(
                    stack=self,
                    config=config.vmware,
                    google=config.google,
                    naming=naming,
                    administrators=share.administrators,
                    dependencies=foundation,
                    prevent_destroy=config.deletion_protection,
                ).define()
            fleet.define_features(clusters)
            AccessHalf(
                stack=self,
                organization=organization,
                share=share,
                naming=naming,
                project=config.google.host_project.id,
                dependencies=foundation,
                prevent_destroy=config.deletion_protection,
            ).define(clusters, fleet.define_actuation())
        if config.aws:
            AwsHalf(
                stack=self, config=config.aws, naming=naming, prevent_destroy=config.deletion_protection
            ).define()
        define_refactoring_blocks(self, refactoring)
