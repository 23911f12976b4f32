"""The AWS end of a VPN to Google Cloud: a customer gateway and a connection for each of its gateway's interfaces.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpn_connection
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.customer_gateway import CustomerGateway
from cdktf_cdktf_provider_aws.vpn_connection import (
    VpnConnection,
    VpnConnectionTunnel1LogOptions,
    VpnConnectionTunnel1LogOptionsCloudwatchLogOptions,
    VpnConnectionTunnel2LogOptions,
    VpnConnectionTunnel2LogOptionsCloudwatchLogOptions,
)
from constructs import Construct

from constructs_lib.aws.transit_gateway import TransitGateway
from constructs_lib.aws.vpn_logs import VpnLogs
from constructs_lib.google.ha_vpn import HaVpn, TunnelKeys
from constructs_lib.naming import Naming
from constructs_lib.tunnel_key import AWS_KEY
from estate.model.vpn.aws import TUNNELS, AwsVpnConfig

_ENTITY = "vpn-google"
# One proposal: with several, Google Cloud's answer at a rekey is cut into fragments, which AWS drops.
_PROPOSAL: Mapping[str, Any] = {
    "ike_versions": ["ikev2"],
    "phase1_encryption_algorithms": ["AES256"],
    "phase1_integrity_algorithms": ["SHA2-256"],
    "phase1_dh_group_numbers": [16],
    "phase2_encryption_algorithms": ["AES256"],
    "phase2_integrity_algorithms": ["SHA2-256"],
    "phase2_dh_group_numbers": [16],
}
# AWS has a field of its own for numbers that a signed integer of 32 bits does not hold.
_LARGEST_PLAIN_ASN = 2147483647


class VpnConnections(Construct):
    """Define the connections with two tunnels each, on a transit gateway.

    Left out: the tunnels' other halves, which the HA VPN gateway's construct defines.
    """

    def __init__(  # noqa: PLR0913 - the entity joins two clouds
        self,
        scope: Construct,
        id_: str,
        *,
        config: AwsVpnConfig,
        asn: int,
        gateway: HaVpn,
        transit_gateway: TransitGateway,
        keys: Mapping[str, TunnelKeys],
        naming: Naming,
        logs: VpnLogs | None,
    ) -> None:
        super().__init__(scope, id_)
        addresses: dict[int, str] = {}
        for key, connection in config.connections.items():
            made = Construct(self, key)
            tags = {"Name": naming.name(_ENTITY, connection.name or key)}
            customer = CustomerGateway(
                made,
                "CustomerGateway",
                type="ipsec.1",
                ip_address=gateway.interface_addresses[connection.interface],
                bgp_asn=str(asn) if asn <= _LARGEST_PLAIN_ASN else None,
                bgp_asn_extended=str(asn) if asn > _LARGEST_PLAIN_ASN else None,
                tags=tags,
            )
            tunnels = {name: keys[f"{key}-{name}"] for name in TUNNELS}
            resource = VpnConnection(
                made,
                "Resource",
                type="ipsec.1",
                customer_gateway_id=customer.id,
                transit_gateway_id=transit_gateway.transit_gateway_id,
                tunnel1_inside_cidr=str(connection.tunnel1.link_local),
                tunnel1_preshared_key=tunnels["tunnel1"].preshared.value,
                tunnel2_inside_cidr=str(connection.tunnel2.link_local),
                tunnel2_preshared_key=tunnels["tunnel2"].preshared.value,
                **{f"{name}_{field}": value for name in TUNNELS for field, value in _PROPOSAL.items()},
                **_log_options(logs),
                tags=tags,
                lifecycle=TerraformResourceLifecycle(
                    precondition=[
                        condition
                        for of_tunnel in tunnels.values()
                        for condition in of_tunnel.preshared.preconditions(AWS_KEY)
                    ]
                ),
            )
            first = 2 * connection.interface
            addresses |= {first: resource.tunnel1_address, first + 1: resource.tunnel2_address}

        self.outside_addresses: Final[Mapping[int, str]] = addresses


def _log_options(logs: VpnLogs | None) -> Mapping[str, Any]:
    if logs is None:
        return {}
    said: Mapping[str, Any] = {
        "log_enabled": True,
        "log_group_arn": logs.log_group_arn,
        "log_output_format": "json",
        "bgp_log_enabled": True,
        "bgp_log_group_arn": logs.log_group_arn,
        "bgp_log_output_format": "json",
    }
    return {
        "tunnel1_log_options": VpnConnectionTunnel1LogOptions(
            cloudwatch_log_options=VpnConnectionTunnel1LogOptionsCloudwatchLogOptions(**said)
        ),
        "tunnel2_log_options": VpnConnectionTunnel2LogOptions(
            cloudwatch_log_options=VpnConnectionTunnel2LogOptionsCloudwatchLogOptions(**said)
        ),
    }
