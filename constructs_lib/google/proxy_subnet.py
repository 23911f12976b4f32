"""A subnet of a Shared VPC for the proxies of regional Application Load Balancers.

Left out, because Google takes none of them there: flow logs, secondary ranges, private access to Google's APIs, and
people or agents who use it.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/compute_subnetwork
"""

from __future__ import annotations

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_google.compute_subnetwork import ComputeSubnetwork
from constructs import Construct

from constructs_lib.google.network import Network
from estate.model.google.proxy_subnet import ProxySubnetConfig


class ProxySubnet(Construct):
    """Define a subnet that a region's proxies have their addresses in.

    Stateful. Every internal Application Load Balancer of its region speaks to backends from it.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: ProxySubnetConfig,
        network: Network,
        name: str,
        region: str,
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        ComputeSubnetwork(
            self,
            "Resource",
            project=network.project,
            name=name,
            network=network.network_id,
            region=region,
            ip_cidr_range=str(config.cidr),
            purpose="REGIONAL_MANAGED_PROXY",
            role=config.role.name,
            lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
        )
