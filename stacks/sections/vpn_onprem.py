"""The VPN to the data centers: our end, and what the other end is told."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

from cdktf import TerraformOutput
from constructs import Construct

from constructs_lib.google.cloud_router import CloudRouter
from constructs_lib.google.ha_vpn import HaVpn, TunnelKeys
from constructs_lib.google.network import Network
from constructs_lib.google.route_policy import RoutePolicies
from constructs_lib.google.transit_hub import Link
from estate.derived.vpn.routes import advertised, from_onprem, written_out
from estate.model.vpn.onprem import OnpremVpnConfig
from stacks.context import StackContext


class OnpremVpnSection:
    """Define the gateway with its tunnels, and put out what the on-prem devices are set up with."""

    def __init__(
        self,
        context: StackContext,
        *,
        config: OnpremVpnConfig,
        namespace: Construct,
        network: Network,
        router: CloudRouter,
        policies: RoutePolicies,
        keys: Mapping[str, TunnelKeys],
    ) -> None:
        vpn = HaVpn(
            namespace,
            "Onprem",
            config=config,
            key="onprem",
            network=network,
            router=router,
            policies=policies,
            naming=context.naming,
            prevent_destroy=context.prevent_destroy,
        )
        addresses = {peer.interface: str(peer.address) for peer in config.peers.values()}
        self.links: Final[Sequence[Link]] = vpn.connect(
            addresses, keys, written_out(context.environment, "onprem")
        )
        _output_other_end(context, config, router.asn, vpn, addresses)


def _output_other_end(
    context: StackContext, config: OnpremVpnConfig, asn: int, vpn: HaVpn, addresses: Mapping[int, str]
) -> None:
    tunnels = {}
    for tunnel in config.all_tunnels().values():
        ends = tunnel.ends(google_first=config.google_is_first)
        tunnels[tunnel.name] = {
            "google_address": vpn.interface_addresses[tunnel.interface],
            "onprem_address": addresses[tunnel.peer_interface],
            "google_bgp_address": str(ends.google),
            "onprem_bgp_address": str(ends.peer),
            "link_local": str(tunnel.link_local),
            "google_med": tunnel.priority,
        }
    other_end = {
        "ike_version": 2,
        "google_asn": asn,
        "onprem_asn": config.asn,
        "google_advertises": list(map(str, advertised(context.environment, "onprem"))),
        "onprem_advertises": list(map(str, from_onprem(context.environment))),
        "tunnels": tunnels,
    }
    TerraformOutput(
        context.stack,
        "vpn_onprem",
        value=json.dumps(other_end, indent=2),
        description="What the on-prem devices are set up with, but for the keys: terraform output -raw vpn_onprem",
    )
