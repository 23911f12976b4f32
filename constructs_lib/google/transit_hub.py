"""A hub that has Cloud Router pass on to each site what it has learned from the others, and a spoke a site.

All tunnels of a site are one spoke's, its peers have one ASN and those of other spokes another, and all of a hub's
tunnels are in one network. What a spoke links is fixed, so a new tunnel is a new spoke: it goes before the tunnel that
it links, and comes after the sessions of all of its tunnels.

Left out: VPC spokes, which would have the hub leave transfer between sites alone; filters of what a spoke sends and
takes, which are in preview: the sessions' import policies bound what is learned, and so what is passed on.

https://docs.cloud.google.com/network-connectivity/docs/network-connectivity-center/concepts/data-transfer, .../concepts/asn-requirements
and .../how-to/working-with-hubs-spokes, as of 2026-04-10, read 2026-11-30; that a policy drops a route before it is passed on is
concluded, not said there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_google.network_connectivity_hub import NetworkConnectivityHub
from cdktf_cdktf_provider_google.network_connectivity_spoke import (
    NetworkConnectivitySpoke,
    NetworkConnectivitySpokeLinkedVpnTunnels,
)
from constructs import Construct

from constructs_lib.google.cloud_router import CloudRouter
from constructs_lib.naming import Kind, Naming
from estate.derived.google.names import HUB, SPOKE


@dataclass(frozen=True)
class Link:
    """A tunnel as a spoke links it.

    Attributes:
        uri: of the tunnel; that of a new one is not known before it is made.
        session: the tunnel's BGP session, which has to stand before.
    """

    uri: str
    session: ITerraformDependable


class TransitHub(Construct):
    """Define the hub of a router's sites, with the spoke of each."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: Mapping[str, Sequence[Link]],
        router: CloudRouter,
        naming: Naming,
    ) -> None:
        """Define them.

        Args:
            scope: where they stand in the tree.
            id_: their id there.
            config: the tunnels of each VPN, by its key.
            router: whose they are.
            naming: names of the environment.
        """
        super().__init__(scope, id_)
        hub = NetworkConnectivityHub(
            self,
            "Resource",
            project=router.project,
            name=naming.name("vpn", kind=Kind.COMPUTE, part=HUB),
            preset_topology="MESH",
            # It names no network, so nothing else makes it wait for the API.
            depends_on=[router.stands],
        )
        spokes = Construct(self, "Spokes")
        for key, links in config.items():
            NetworkConnectivitySpoke(
                spokes,
                key.capitalize(),
                project=router.project,
                location=router.region,
                name=naming.name(f"vpn-{key}", kind=Kind.COMPUTE, part=SPOKE),
                hub=hub.id,
                linked_vpn_tunnels=NetworkConnectivitySpokeLinkedVpnTunnels(
                    uris=[link.uri for link in links], site_to_site_data_transfer=True
                ),
                depends_on=[link.session for link in links],
            )
