"""The network of a Shared VPC, and its way to Google's APIs.

Left out: the route to the internet, which a network has by itself and which only Cloud NAT makes good for
machines without addresses.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/compute_network
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cdktf import ITerraformDependable, TerraformResourceLifecycle
from cdktf_cdktf_provider_google.compute_network import ComputeNetwork
from cdktf_cdktf_provider_google.compute_route import ComputeRoute
from constructs import Construct

from constructs_lib.naming import Kind, Naming
from estate.model.google.network import NetworkConfig


class Network(Construct):
    """Define a network in custom mode with global routes, and the route to Google's APIs.

    The route is said although the default one covers it: data centers may advertise a default route of their
    own, and the APIs stay where they are. GKE's own firewall rules come before the network's policy, so that
    nothing stands between a cluster's nodes.

    Stateful. Everything stands in it; another name or project replaces it all.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: NetworkConfig,
        naming: Naming,
        project: str,
        dependencies: Sequence[ITerraformDependable] = (),
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        self._resource = ComputeNetwork(
            self,
            "Resource",
            project=project,
            name=naming.name("network", kind=Kind.COMPUTE),
            auto_create_subnetworks=False,
            routing_mode="GLOBAL",
            network_firewall_policy_enforcement_order="AFTER_CLASSIC_FIREWALL",
            depends_on=list(dependencies) or None,
            lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
        )
        ComputeRoute(
            self,
            "GoogleApis",
            project=project,
            name=naming.name("google-apis", kind=Kind.COMPUTE),
            network=self._resource.id,
            dest_range=str(config.private_google_access.cidr),
            next_hop_gateway="default-internet-gateway",
            description=f"Google's APIs at {config.private_google_access.domain}, which never leave Google's network",
        )
        self.project: Final[str] = project
        self.naming: Final[Naming] = naming
        self.network_id: Final[str] = self._resource.id
        self.self_link: Final[str] = self._resource.self_link
