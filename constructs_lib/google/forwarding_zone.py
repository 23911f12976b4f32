"""A domain that a network asks name servers of another site for.

The servers are asked through the network whatever their addresses are, from 35.199.192.0/19, which the other
site has to know the way back to.

https://docs.cloud.google.com/dns/docs/zones/zones-overview#forwarding_zones
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address

from cdktf_cdktf_provider_google.dns_managed_zone import (
    DnsManagedZone,
    DnsManagedZoneForwardingConfig,
    DnsManagedZoneForwardingConfigTargetNameServers,
    DnsManagedZonePrivateVisibilityConfig,
    DnsManagedZonePrivateVisibilityConfigNetworks,
)
from constructs import Construct

from constructs_lib.google.network import Network


class ForwardingZone(Construct):
    """Define a private zone without records, whose names are asked elsewhere."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: Sequence[IPv4Address],
        network: Network,
        domain: str,
        name: str,
    ) -> None:
        """Define it.

        Args:
            scope: where it stands in the tree.
            id_: its id there.
            config: the name servers.
            network: the network that asks.
            domain: the domain.
            name: the zone's.
        """
        super().__init__(scope, id_)
        DnsManagedZone(
            self,
            "Resource",
            project=network.project,
            name=name,
            dns_name=f"{domain}.",
            description=f"{domain} is asked at {', '.join(map(str, config))}",
            visibility="private",
            private_visibility_config=DnsManagedZonePrivateVisibilityConfig(
                networks=[DnsManagedZonePrivateVisibilityConfigNetworks(network_url=network.network_id)]
            ),
            forwarding_config=DnsManagedZoneForwardingConfig(
                target_name_servers=[
                    DnsManagedZoneForwardingConfigTargetNameServers(
                        ipv4_address=str(server), forwarding_path="private"
                    )
                    for server in config
                ]
            ),
        )
