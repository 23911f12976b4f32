"""The Cloud Router that speaks BGP for every VPN of a network.

Left out: what it advertises, which each BGP session says for itself; BFD, which HA VPN has not.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/compute_router
"""

from __future__ import annotations

from typing import Final

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_google.compute_router import ComputeRouter, ComputeRouterBgp
from constructs import Construct

from constructs_lib.google.network import Network
from constructs_lib.naming import Kind, Naming
from estate.model.vpn.vpn import VpnConfig

# The shortest that there is: a session whose other end is silent for three of them is lost.
_KEEPALIVE_SECONDS = 20


class CloudRouter(Construct):
    """Define a Cloud Router for VPNs."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: VpnConfig,
        network: Network,
        naming: Naming,
        region: str,
    ) -> None:
        super().__init__(scope, id_)
        router = ComputeRouter(
            self,
            "Resource",
            project=network.project,
            region=region,
            name=naming.name("vpn", kind=Kind.COMPUTE),
            network=network.network_id,
            bgp=ComputeRouterBgp(asn=config.asn, keepalive_interval=_KEEPALIVE_SECONDS),
        )

        self.router_name: Final[str] = router.name
        self.router_id: Final[str] = router.id
        self.project: Final[str] = network.project
        self.region: Final[str] = region
        self.asn: Final[int] = config.asn
        self.stands: Final[ITerraformDependable] = router
