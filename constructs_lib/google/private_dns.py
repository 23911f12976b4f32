"""The zones that lead Google's domains to private addresses, for the network and for whoever asks it.

https://docs.cloud.google.com/vpc/docs/configure-private-google-access-hybrid
"""

from __future__ import annotations

from cdktf_cdktf_provider_google.dns_managed_zone import (
    DnsManagedZone,
    DnsManagedZonePrivateVisibilityConfig,
    DnsManagedZonePrivateVisibilityConfigNetworks,
)
from cdktf_cdktf_provider_google.dns_record_set import DnsRecordSet
from constructs import Construct

from constructs_lib.google.network import Network
from constructs_lib.naming import Kind
from estate.model.google.private_access import ZONES, PrivateGoogleAccess

_TTL_SECONDS = 300


class PrivateDns(Construct):
    """Define a private zone for each of the domains, whose every name leads to the same four addresses."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: PrivateGoogleAccess,
        network: Network,
    ) -> None:
        super().__init__(scope, id_)
        zones = Construct(self, "Zones")
        for domain in ZONES:
            place = Construct(zones, domain.replace(".", "-"))
            zone = DnsManagedZone(
                place,
                "Resource",
                project=network.project,
                name=network.naming.name(domain.replace(".", "-"), kind=Kind.COMPUTE),
                dns_name=f"{domain}.",
                description=f"{domain} at {config.domain}",
                visibility="private",
                private_visibility_config=DnsManagedZonePrivateVisibilityConfig(
                    networks=[DnsManagedZonePrivateVisibilityConfigNetworks(network_url=network.network_id)]
                ),
            )
            # googleapis.com itself is no API's name, so there the range has a name of its own.
            target = f"{config.domain}." if config.domain.endswith(domain) else f"{domain}."
            addresses = [str(address) for address in config.addresses()]
            _record(place, "Addresses", zone, target, "A", addresses)
            _record(place, "Names", zone, f"*.{domain}.", "CNAME", [target])


def _record(scope: Construct, id_: str, zone: DnsManagedZone, name: str, type_: str, data: list[str]) -> None:
    DnsRecordSet(
        scope,
        id_,
        project=zone.project,
        managed_zone=zone.name,
        name=name,
        type=type_,
        ttl=_TTL_SECONDS,
        rrdatas=data,
    )
