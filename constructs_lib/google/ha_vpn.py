"""A redundant VPN: gateway, the other end as Google Cloud sees it, tunnels with their BGP sessions.

Left out: IPv6; routes, which BGP brings; the firewall, which belongs to the network.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/compute_ha_vpn_gateway
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Any, Final

from cdktf import Precondition, TerraformResource, TerraformResourceLifecycle
from cdktf_cdktf_provider_google.compute_external_vpn_gateway import (
    ComputeExternalVpnGateway,
    ComputeExternalVpnGatewayInterface,
)
from cdktf_cdktf_provider_google.compute_ha_vpn_gateway import ComputeHaVpnGateway
from cdktf_cdktf_provider_google.compute_router_interface import ComputeRouterInterface
from cdktf_cdktf_provider_google.compute_router_peer import (
    ComputeRouterPeer,
    ComputeRouterPeerAdvertisedIpRanges,
    ComputeRouterPeerMd5AuthenticationKey,
)
from cdktf_cdktf_provider_google.compute_vpn_tunnel import ComputeVpnTunnel
from constructs import Construct

from constructs_lib.google.cloud_router import CloudRouter
from constructs_lib.google.network import Network
from constructs_lib.google.route_policy import RoutePolicies
from constructs_lib.google.transit_hub import Link
from constructs_lib.naming import Kind, Naming
from constructs_lib.tunnel_key import GOOGLE_KEY, MD5_KEY, TunnelKey
from estate.derived.google.names import EXTERNAL, INTERFACE, SESSION
from estate.model.vpn.tunnel import Tunnel
from estate.model.vpn.values import LINK_PREFIX
from estate.model.vpn.vpn import Peering


@dataclass(frozen=True)
class TunnelKeys:
    """The secrets of one tunnel.

    Attributes:
        preshared: of its two ends.
        md5: of its BGP session, None where that has none.
    """

    preshared: TunnelKey
    md5: TunnelKey | None

    def preconditions(self) -> list[Precondition]:
        """What has to hold of both; stands at the tunnel, so that all mistakes come at once."""
        return [
            *self.preshared.preconditions(GOOGLE_KEY),
            *(self.md5.preconditions(MD5_KEY) if self.md5 else ()),
        ]


class HaVpn(Construct):
    """Define an HA VPN gateway; :meth:`connect` makes what leads from it.

    Stateful. The gateway's addresses stand in the configuration of the devices at the other end.
    """

    def __init__(  # noqa: PLR0913 - the entity has many neighbours
        self,
        scope: Construct,
        id_: str,
        *,
        config: Peering,
        key: str,
        network: Network,
        router: CloudRouter,
        policies: RoutePolicies,
        naming: Naming,
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        self._config = config
        self._policies = policies
        self._key = key
        self._naming = naming
        self._router = router
        self._entity = f"vpn-{key}"
        self._gateway = ComputeHaVpnGateway(
            self,
            "Resource",
            project=router.project,
            region=router.region,
            name=self._name(),
            network=network.network_id,
            lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
        )

        self.interface_addresses: Final[Mapping[int, str]] = {
            interface: self._gateway.vpn_interfaces.get(interface).ip_address for interface in (0, 1)
        }

    def connect(
        self,
        addresses: Mapping[int, str],
        keys: Mapping[str, TunnelKeys],
        advertised: Sequence[IPv4Network],
    ) -> Sequence[Link]:
        """Define the external gateway and every tunnel to it, each with its BGP session.

        Args:
            addresses: the other end's, by interface of the external gateway.
            keys: secrets by key of the tunnel.
            advertised: the ranges that stand in the sessions.

        Returns:
            The tunnels with their sessions.
        """
        external = ComputeExternalVpnGateway(
            self,
            "ExternalGateway",
            project=self._router.project,
            name=self._name(part=EXTERNAL),
            redundancy_type=self._config.redundancy_type,
            interface=[
                ComputeExternalVpnGatewayInterface(id=interface, ip_address=address)
                for interface, address in sorted(addresses.items())
            ],
            # It names no network, so nothing else makes it wait for the API.
            depends_on=[self._gateway],
        )
        namespace = Construct(self, "Tunnels")
        links = []
        for key, tunnel in self._config.all_tunnels().items():
            scope = Construct(namespace, key)
            made = self._define_tunnel(scope, tunnel, external, keys[key])
            session = self._define_session(scope, tunnel, made, keys[key], advertised)
            links.append(Link(made.self_link, session))
        return links

    def _name(self, tunnel: str | None = None, *, part: str = "") -> str:
        return self._naming.name(self._entity, tunnel, kind=Kind.COMPUTE, part=part)

    def _define_tunnel(
        self,
        scope: Construct,
        tunnel: Tunnel,
        external: ComputeExternalVpnGateway,
        keys: TunnelKeys,
    ) -> ComputeVpnTunnel:
        return ComputeVpnTunnel(
            scope,
            "Resource",
            project=self._router.project,
            region=self._router.region,
            name=self._name(tunnel.name),
            ike_version=2,
            shared_secret=keys.preshared.value,
            vpn_gateway=self._gateway.id,
            vpn_gateway_interface=tunnel.interface,
            peer_external_gateway=external.id,
            peer_external_gateway_interface=tunnel.peer_interface,
            router=self._router.router_id,
            lifecycle=TerraformResourceLifecycle(precondition=keys.preconditions()),
        )

    def _define_session(
        self,
        scope: Construct,
        tunnel: Tunnel,
        made: ComputeVpnTunnel,
        keys: TunnelKeys,
        advertised: Sequence[IPv4Network],
    ) -> ComputeRouterPeer:
        ends = tunnel.ends(google_first=self._config.google_is_first)
        policy = self._policies.names.get(self._key)
        place: Mapping[str, Any] = {
            "project": self._router.project,
            "region": self._router.region,
            "router": self._router.router_name,
        }
        interface = ComputeRouterInterface(
            scope,
            "Interface",
            **place,
            name=self._name(tunnel.name, part=INTERFACE),
            vpn_tunnel=made.name,
            ip_range=f"{ends.google}/{LINK_PREFIX}",
            depends_on=list(self._policies.all_stand) or None,
            lifecycle=_replaced_with(made),
        )
        return ComputeRouterPeer(
            scope,
            "Peer",
            **place,
            name=self._name(tunnel.name, part=SESSION),
            interface=interface.name,
            ip_address=str(ends.google),
            peer_ip_address=str(ends.peer),
            peer_asn=self._config.peer_asn,
            advertised_route_priority=tunnel.priority,
            advertise_mode="CUSTOM",
            advertised_ip_ranges=[
                ComputeRouterPeerAdvertisedIpRanges(range=str(cidr)) for cidr in advertised
            ],
            import_policies=[policy] if policy else None,
            md5_authentication_key=ComputeRouterPeerMd5AuthenticationKey(
                name=self._name(tunnel.name, part=SESSION), key=keys.md5.value
            )
            if keys.md5
            else None,
            lifecycle=_replaced_with(interface),
        )


def _replaced_with(other: TerraformResource) -> TerraformResourceLifecycle:
    """Have something go before another object does, and come after it.

    The router names the tunnel by its interface, and the interface by its peer. A new tunnel has the name of the
    old one, so a plan by itself would leave both, and a tunnel that is named may not be deletable: what Google
    answers stands in none of its documents of 2026-11. In this order it works either way.
    The id, because it is another's only when the object is; as a whole, new labels would replace it too.
    """
    address = f"{other.terraform_resource_type}.{other.friendly_unique_id}"
    return TerraformResourceLifecycle(replace_triggered_by=[f"{address}.id"])
