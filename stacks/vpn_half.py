"""The VPNs of an environment's stack: both clouds' ends, how they connect, the variables with their keys."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from cdktf import TerraformLocal, TerraformOutput, TerraformStack, TerraformVariable
from constructs import Construct

from constructs_lib.aws.management_vpc import ManagementVpc, Vpc
from constructs_lib.aws.transit_gateway import TransitGateway
from constructs_lib.aws.vpn_connections import VpnConnections
from constructs_lib.google.cloud_router import CloudRouter
from constructs_lib.google.ha_vpn import HaVpn, TunnelKeys
from constructs_lib.google.network import Network
from constructs_lib.naming import Naming
from constructs_lib.tunnel_key import TunnelKey
from estate.model.environment import Environment
from estate.model.google.google import GoogleConfig
from estate.model.vpn.aws import AwsVpnConfig
from estate.model.vpn.keys import Secret, secrets
from estate.model.vpn.onprem import OnpremVpnConfig
from estate.model.vpn.routes import advertised, from_onprem
from estate.model.vpn.vpn import Peering, VpnConfig

_KEYS = "vpn_keys"


@dataclass(frozen=True)
class VpnHalf:
    """Defines what one vpn section describes.

    Attributes:
        stack: the environment's stack.
        config: the section.
        environment: the whole environment, whose ranges are advertised.
        google: the google section, in whose region the VPNs begin.
        naming: names of the environment.
        network: the network that is joined to others.
        vpc: the VPC that the VPN to AWS leads to, None where there is none.
    """

    stack: TerraformStack
    config: VpnConfig
    environment: Environment
    google: GoogleConfig
    naming: Naming
    network: Network
    vpc: Vpc | None

    @cached_property
    def _namespace(self) -> Construct:
        return Construct(self.stack, "Vpn")

    @property
    def _protected(self) -> bool:
        return self.environment.deletion_protection

    def define(self) -> None:
        """Define every VPN with both of its ends, as far as they are ours."""
        router = CloudRouter(
            self._namespace,
            "Router",
            config=self.config,
            network=self.network,
            naming=self.naming,
            region=self.google.region,
        )
        keys = self._keys()
        if self.config.onprem:
            self._onprem(self.config.onprem, router, keys["onprem"])
        if self.config.aws and isinstance(self.vpc, ManagementVpc):
            self._aws(self.config.aws, router, keys["aws"], self.vpc)

    def _gateway(self, id_: str, key: str, config: Peering, router: CloudRouter) -> HaVpn:
        return HaVpn(
            self._namespace,
            id_,
            config=config,
            key=key,
            network=self.network,
            router=router,
            naming=self.naming,
            prevent_destroy=self._protected,
        )

    def _onprem(self, config: OnpremVpnConfig, router: CloudRouter, keys: Mapping[str, TunnelKeys]) -> None:
        vpn = self._gateway("Onprem", "onprem", config, router)
        addresses = {peer.interface: str(peer.address) for peer in config.peers.values()}
        vpn.connect(addresses, keys, advertised(self.environment, "onprem"))
        self._output_other_end(config, vpn, addresses)

    def _aws(
        self, config: AwsVpnConfig, router: CloudRouter, keys: Mapping[str, TunnelKeys], vpc: ManagementVpc
    ) -> None:
        vpn = self._gateway("Aws", "aws", config, router)
        transit_gateway = TransitGateway(
            self._namespace,
            "TransitGateway",
            config=config,
            vpc=vpc,
            naming=self.naming,
            prevent_destroy=self._protected,
        )
        connections = VpnConnections(
            self._namespace,
            "Connections",
            config=config,
            asn=self.config.asn,
            gateway=vpn,
            transit_gateway=transit_gateway,
            keys=keys,
            naming=self.naming,
        )
        prefixes = advertised(self.environment, "aws")
        vpn.connect(connections.outside_addresses, keys, prefixes)
        transit_gateway.route(prefixes)

    def _keys(self) -> dict[str, dict[str, TunnelKeys]]:
        """The keys of every tunnel, by VPN and tunnel."""
        keys = {
            (secret.vpn, secret.tunnel, secret.md5): self._variable(secret)
            for secret in secrets(self.environment)
        }
        TerraformLocal(self.stack, _KEYS, [key.value for key in keys.values()])
        return {
            vpn: {
                tunnel: TunnelKeys(
                    preshared=keys[vpn, tunnel, False],
                    md5=keys.get((vpn, tunnel, True)),
                )
                for tunnel in peering.all_tunnels()
            }
            for vpn, peering in self.config.peerings.items()
        }

    def _variable(self, secret: Secret) -> TunnelKey:
        variable = TerraformVariable(
            self.stack,
            secret.variable,
            type="string",
            sensitive=True,
            # Empty rather than required: what uses it says which variable is missing, and destroying needs none.
            default="",
            description=secret.what[0].upper() + secret.what[1:],
        )
        return TunnelKey(secret.variable, secret.what, variable.string_value, _KEYS)

    def _output_other_end(self, config: OnpremVpnConfig, vpn: HaVpn, addresses: Mapping[int, str]) -> None:
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
            "google_asn": self.config.asn,
            "onprem_asn": config.asn,
            "google_advertises": list(map(str, advertised(self.environment, "onprem"))),
            "onprem_advertises": list(map(str, from_onprem(self.environment))),
            "tunnels": tunnels,
        }
        TerraformOutput(
            self.stack,
            "vpn_onprem",
            value=json.dumps(other_end, indent=2),
            description="What the on-prem devices are set up with, but for the keys: terraform output -raw vpn_onprem",
        )
