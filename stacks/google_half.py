"""The Google half of an environment's stack: host project, fleet, clusters on VMware, access by group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cdktf import TerraformStack

from constructs_lib.google.project_services import ProjectServices
from constructs_lib.naming import Naming
from constructs_lib.vmware.user_cluster import UserCluster
from environments.model.environment import Environment
from environments.model.google.google import GoogleConfig
from environments.model.google.services import owned_services
from environments.model.organization import Organization
from environments.model.share import Share
from stacks.access_half import AccessHalf
from stacks.fleet_half import FleetHalf
from stacks.vmware_half import VmwareHalf


@dataclass(frozen=True)
class GoogleHalf:
    """Defines what the google section describes, and the sections that cannot be without it.

    Attributes:
        stack: the environment's stack.
        environment: the whole environment.
        config: its google section.
        organization: what the environments share.
        naming: names of the environment.
        share: what the environment makes for the estate.
    """

    stack: TerraformStack
    environment: Environment
    config: GoogleConfig
    organization: Organization
    naming: Naming
    share: Share

    def define(self) -> None:
        """Define it, in the order of the phases of a new estate."""
        environment = self.environment
        services = ProjectServices(
            self.stack, "ProjectServices", config=self.config, services=owned_services(environment)
        )
        fleet = FleetHalf(
            stack=self.stack,
            environment=environment.environment,
            config=environment.fleet,
            google=self.config,
            share=self.share,
            services=services.services,
            prevent_destroy=environment.deletion_protection,
        )
        foundation = fleet.define_foundation()
        clusters: Mapping[str, UserCluster] = {}
        if environment.vmware:
            clusters = VmwareHalf(
                stack=self.stack,
                config=environment.vmware,
                google=self.config,
                naming=self.naming,
                administrators=self.share.administrators,
                dependencies=foundation,
                prevent_destroy=environment.deletion_protection,
            ).define()
        fleet.define_features(clusters)
        AccessHalf(
            stack=self.stack,
            organization=self.organization,
            share=self.share,
            naming=self.naming,
            project=self.config.host_project.id,
            dependencies=foundation,
            prevent_destroy=environment.deletion_protection,
        ).define(clusters, fleet.define_actuation())
