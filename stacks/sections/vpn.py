"""The VPNs of an environment: the router that they share, their keys, and what each leads to."""

from __future__ import annotations

from collections.abc import Sequence

from constructs import Construct

from constructs_lib.aws.account import AwsAccount
from constructs_lib.aws.management_vpc import ManagementVpc, Vpc
from constructs_lib.google.cloud_router import CloudRouter
from constructs_lib.google.network import Network
from constructs_lib.google.route_policy import RoutePolicies
from constructs_lib.google.transit_hub import Link, TransitHub
from estate.derived.vpn.routes import accepted
from estate.model.vpn.vpn import VpnConfig
from stacks.context import StackContext
from stacks.sections.vpn_aws import AwsVpnSection
from stacks.sections.vpn_keys import VpnKeysSection
from stacks.sections.vpn_onprem import OnpremVpnSection


class VpnSection:
    """Define every VPN with both of its ends, as far as they are ours."""

    def __init__(
        self, context: StackContext, *, config: VpnConfig, region: str, network: Network, vpc: Vpc | None
    ) -> None:
        """Define them.

        Args:
            context: what the stack is told.
            config: the vpn section.
            region: the region of Google Cloud in which they begin.
            network: the network that is joined to others.
            vpc: the VPC that the VPN to AWS leads to, None where there is none.
        """
        namespace = Construct(context.stack, "Vpn")
        router = CloudRouter(
            namespace, "Router", config=config, network=network, naming=context.naming, region=region
        )
        bounded = {key: accepted(context.environment, key) for key in config.peerings}
        policies = RoutePolicies(
            namespace,
            "Imports",
            config={key: ranges for key, ranges in bounded.items() if ranges is not None},
            router=router,
            naming=context.naming,
        )
        keys = VpnKeysSection(context, config=config).by_vpn
        links: dict[str, Sequence[Link]] = {}
        if config.onprem:
            onprem = OnpremVpnSection(
                context,
                config=config.onprem,
                namespace=namespace,
                network=network,
                router=router,
                policies=policies,
                keys=keys["onprem"],
            )
            links["onprem"] = onprem.links
        aws = context.environment.aws
        if config.aws and aws and isinstance(vpc, ManagementVpc):
            to_aws = AwsVpnSection(
                context,
                config=config.aws,
                namespace=namespace,
                network=network,
                router=router,
                policies=policies,
                keys=keys["aws"],
                vpc=vpc,
                account=AwsAccount(account_id=aws.account_id, region=aws.region),
            )
            links["aws"] = to_aws.links
        if config.transit_by.hub:
            TransitHub(namespace, "Hub", config=links, router=router, naming=context.naming)
