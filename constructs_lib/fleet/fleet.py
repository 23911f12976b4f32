"""The fleet of a host project.

Left out: default cluster configuration, which only clusters in Google Cloud take.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/gke_hub_fleet
"""

from __future__ import annotations

from collections.abc import Sequence

from cdktf import ITerraformDependable, TerraformResourceLifecycle
from cdktf_cdktf_provider_google.gke_hub_fleet import GkeHubFleet
from constructs import Construct

from estate.model.fleet.fleet import FleetConfig


class Fleet(Construct):
    """Define the fleet, which every membership of the project has to come after.

    Stateful. A fleet can be destroyed only once it has no member, and the admin cluster's membership stays
    whatever Terraform destroys. One that exists already, made by a first registration, is imported.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: FleetConfig,
        project: str,
        dependencies: Sequence[ITerraformDependable] = (),
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        self._resource = GkeHubFleet(
            self,
            "Resource",
            project=project,
            display_name=config.display_name,
            depends_on=list(dependencies) or None,
            lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
        )

    @property
    def resource(self) -> ITerraformDependable:
        """What to depend on."""
        return self._resource
