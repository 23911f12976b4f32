"""The Shared VPC: its subnets, its way to the internet, its names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cdktf import ITerraformDependable, TerraformOutput
from constructs import Construct

from constructs_lib.google.dns_policy import DnsPolicy
from constructs_lib.google.nat import Nat
from constructs_lib.google.network import Network
from constructs_lib.google.private_dns import PrivateDns
from constructs_lib.google.proxy_subnet import ProxySubnet
from constructs_lib.google.subnet import Subnet
from estate.model.google.google import GoogleConfig
from estate.model.google.network import NetworkConfig
from stacks.context import StackContext


class NetworkSection:
    """Define the network and what it needs before anything stands in it; its firewall comes after the clusters.

    Attributes:
        network: the Shared VPC.
        subnets: its subnets by key.
    """

    def __init__(
        self,
        context: StackContext,
        *,
        config: NetworkConfig,
        google: GoogleConfig,
        services: Sequence[ITerraformDependable],
    ) -> None:
        self.network: Final = Network(
            context.stack,
            "Network",
            config=config,
            naming=context.naming,
            project=google.host_project.id,
            dependencies=services,
            prevent_destroy=context.prevent_destroy,
        )
        namespace = Construct(context.stack, "Subnets")
        self.subnets: Final[Mapping[str, Subnet]] = {
            key: Subnet(
                namespace,
                key,
                config=subnet,
                network=self.network,
                name=subnet.name_in(*context.names, key),
                region=subnet.region or google.region,
                prevent_destroy=context.prevent_destroy,
            )
            for key in sorted(config.subnets)
            for subnet in [config.subnet(key)]
        }
        proxies = Construct(context.stack, "ProxySubnets")
        for key, proxy_subnet in sorted(config.proxy_subnets.items()):
            ProxySubnet(
                proxies,
                key,
                config=proxy_subnet,
                network=self.network,
                name=proxy_subnet.name_in(*context.names, key),
                region=proxy_subnet.region or google.region,
                prevent_destroy=context.prevent_destroy,
            )
        regions = tuple(config.regions(google.region))
        if config.nat:
            gateways = Construct(context.stack, "Nat")
            for region in regions:
                Nat(
                    gateways,
                    region,
                    config=config.nat,
                    network=self.network,
                    region=region,
                    dependencies=services,
                    prevent_destroy=context.prevent_destroy,
                )
        PrivateDns(
            context.stack,
            "PrivateDns",
            config=config.private_google_access,
            network=self.network,
        )
        if config.inbound_dns:
            _define_inbound_dns(context.stack, regions, self.network, self.subnets)


def _define_inbound_dns(
    stack: Construct, regions: Sequence[str], network: Network, subnets: Mapping[str, Subnet]
) -> None:
    policy = DnsPolicy(
        stack,
        "DnsPolicy",
        config=regions,
        network=network,
        dependencies=[subnet.resource for subnet in subnets.values()],
    )
    TerraformOutput(
        stack,
        "dns_forwarders",
        value=policy.forwarders,
        description="By region, the addresses that name servers outside forward Google's domains to: "
        "terraform output -raw dns_forwarders",
    )
