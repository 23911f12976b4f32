"""The VPN to AWS: both of its ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from constructs import Construct

from constructs_lib.aws.account import AwsAccount
from constructs_lib.aws.management_vpc import ManagementVpc
from constructs_lib.aws.transit_gateway import TransitGateway
from constructs_lib.aws.vpn_connections import VpnConnections
from constructs_lib.aws.vpn_logs import VpnLogs
from constructs_lib.google.cloud_router import CloudRouter
from constructs_lib.google.ha_vpn import HaVpn, TunnelKeys
from constructs_lib.google.network import Network
from constructs_lib.google.route_policy import RoutePolicies
from constructs_lib.google.transit_hub import Link
from estate.derived.vpn.routes import advertised, written_out
from estate.model.vpn.aws import AwsVpnConfig
from stacks.context import StackContext


class AwsVpnSection:
    """Define the gateway in Google Cloud, the transit gateway in AWS, and the tunnels between them."""

    def __init__(  # noqa: PLR0913 - it joins two clouds
        self,
        context: StackContext,
        *,
        config: AwsVpnConfig,
        namespace: Construct,
        network: Network,
        router: CloudRouter,
        policies: RoutePolicies,
        keys: Mapping[str, TunnelKeys],
        vpc: ManagementVpc,
        account: AwsAccount,
    ) -> None:
        vpn = HaVpn(
            namespace,
            "Aws",
            config=config,
            key="aws",
            network=network,
            router=router,
            policies=policies,
            naming=context.naming,
            prevent_destroy=context.prevent_destroy,
        )
        transit_gateway = TransitGateway(
            namespace,
            "TransitGateway",
            config=config,
            vpc=vpc,
            naming=context.naming,
            prevent_destroy=context.prevent_destroy,
        )
        logs = (
            VpnLogs(
                namespace,
                "Logs",
                config=config.log_retention_days,
                naming=context.naming,
                account=account,
                prevent_destroy=context.prevent_destroy,
            )
            if config.log_retention_days
            else None
        )
        connections = VpnConnections(
            namespace,
            "Connections",
            config=config,
            asn=router.asn,
            gateway=vpn,
            transit_gateway=transit_gateway,
            keys=keys,
            naming=context.naming,
            logs=logs,
        )
        self.links: Final[Sequence[Link]] = vpn.connect(
            connections.outside_addresses, keys, written_out(context.environment, "aws")
        )
        # Nothing of what it learns writes a route into the VPC's tables, whoever tells it.
        transit_gateway.route(advertised(context.environment, "aws"))
