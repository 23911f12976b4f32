"""What an environment has by way of Google Cloud: its host project, fleet, clusters there and on VMware, access."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cdktf import TerraformStack

from constructs_lib.fleet.member import Member
from constructs_lib.google.network import Network
from constructs_lib.google.project_services import ProjectServices
from constructs_lib.naming import Naming
from estate.model.environment import Environment
from estate.model.google.google import GoogleConfig
from estate.model.google.services import owned_services
from estate.model.organization import Organization
from estate.model.share import Share
from stacks.access_half import AccessHalf
from stacks.fleet_half import FleetHalf
from stacks.google_half import GoogleHalf
from stacks.vmware_half import VmwareHalf


@dataclass(frozen=True)
class GoogleCloud:
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

    def define(self) -> Network | None:
        """Define it, in the order of the phases of a new estate.

        Returns:
            The Shared VPC, for what joins it to others; None where there is none.
        """
        environment = self.environment
        services = ProjectServices(
            self.stack,
            "ProjectServices",
            config=self.config.host_project,
            services=owned_services(environment),
        )
        fleet = FleetHalf(
            stack=self.stack,
            environment=environment,
            config=environment.fleet,
            google=self.config,
            share=self.share,
            services=services.services,
            prevent_destroy=environment.deletion_protection,
        )
        foundation = fleet.define_foundation()
        google = GoogleHalf(
            stack=self.stack,
            environment=environment,
            config=self.config,
            naming=self.naming,
            domain=self.organization.domain,
            share=self.share,
            services=services.services,
        )
        clusters: Mapping[str, Member] = google.define(foundation)
        if environment.vmware:
            on_prem = VmwareHalf(
                stack=self.stack,
                config=environment.vmware,
                google=self.config,
                naming=self.naming,
                administrators=self.share.administrators,
                dependencies=foundation,
                prevent_destroy=environment.deletion_protection,
            ).define()
            clusters = {**on_prem, **clusters}
        fleet.define_features(clusters)
        AccessHalf(
            stack=self.stack,
            organization=self.organization,
            share=self.share,
            naming=self.naming,
            project=self.config.host_project.id,
            dependencies=foundation,
            services=google.services_by_project,
            prevent_destroy=environment.deletion_protection,
        ).define(clusters, fleet.define_actuation())
        return google.network
