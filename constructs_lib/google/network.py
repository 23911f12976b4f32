"""The VPC network of the host project.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/compute_network
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cdktf import ITerraformDependable, TerraformResourceLifecycle
from cdktf_cdktf_provider_google.compute_network import ComputeNetwork
from constructs import Construct

from constructs_lib.naming import Kind, Naming
from environments.model.google.network import NetworkConfig


class Network(Construct):
    """Define a network in custom mode with global routes.

    Stateful. Everything stands in it; another name or project replaces it all.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: NetworkConfig,  # noqa: ARG002 - its subnets are not made yet
        naming: Naming,
        project: str,
        dependencies: Sequence[ITerraformDependable] = (),
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        network = ComputeNetwork(
            self,
            "Resource",
            project=project,
            name=naming.name("network", kind=Kind.COMPUTE),
            auto_create_subnetworks=False,
            routing_mode="GLOBAL",
            depends_on=list(dependencies) or None,
            lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
        )

        self.project: Final[str] = project
        self.network_id: Final[str] = network.id
