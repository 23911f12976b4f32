"""The VPN to AWS: a transit gateway, two connections, four tunnels.

One tunnel fewer is no redundancy to either cloud, so there is nothing to choose:
https://cloud.google.com/network-connectivity/docs/vpn/how-to/connect-ha-vpn-aws-peer-gateway.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Final

from pydantic import Field

from estate.model.aws.management_vpc import FlowLogRetentionDays
from estate.model.base import Model
from estate.model.pinned_names import names_of_their_own
from estate.model.rules import Violation, rule
from estate.model.vpn.refusals import NO_BFD, NO_SECRETS
from estate.model.vpn.tunnel import Tunnel
from estate.model.vpn.values import Accepts, Interface, LinkLocal, PrivateAsn, ShortKey

TUNNELS: Final = ("tunnel1", "tunnel2")
"""The two tunnels of every connection, as AWS calls them."""


class AwsTunnelConfig(Model):
    """One of the two tunnels of a connection, with its BGP session."""

    link_local: LinkLocal | None = None
    """The /30 inside the tunnel: AWS has its first address, Google Cloud its second. Another one replaces the BGP
    session. hybrid check proposes a free one when absent."""

    refused: ClassVar[Mapping[str, str]] = {
        **NO_BFD,
        **NO_SECRETS,
        "md5": "AWS takes no MD5 key for the BGP sessions of its connections; leave it out",
        "priority": "all four tunnels carry traffic, as the transit gateway shares it out; leave it out",
    }


class ConnectionConfig(Model):
    """One Site-to-Site VPN connection, to one interface of the HA VPN gateway."""

    name: ShortKey | None = None
    """Name to keep when the map key is renamed: part of the names of what the connection is made of and of the
    variables of its keys; the map key when absent. Another one replaces the connection."""
    interface: Interface
    """Interface of the HA VPN gateway that both tunnels come from, 0 or 1. Another one replaces them."""
    tunnel1: AwsTunnelConfig
    """The first tunnel; AWS ends it in one zone."""
    tunnel2: AwsTunnelConfig
    """The second tunnel; AWS ends it in another zone."""


class AwsVpnConfig(Model):
    """A redundant VPN to AWS."""

    transit_gateway_asn: PrivateAsn
    """ASN of the transit gateway. Another one replaces it with all that hangs on it."""
    connections: Annotated[dict[ShortKey, ConnectionConfig], Field(min_length=2, max_length=2)]
    """The two connections by name, one to each interface of the HA VPN gateway."""
    log_retention_days: FlowLogRetentionDays | None = None
    """How long AWS's logs of the tunnels and their BGP sessions are kept, in days, in a log group with a key of its
    own; nothing is logged when absent. Where the tunnels stand, saying it or leaving it out interrupts each for
    minutes, one of a connection after the other. Google Cloud logs its end by itself."""
    accepts: Accepts = Accepts.LISTED
    """Which routes the BGP sessions take from AWS: listed, those to the VPC and to parts of it; everything,
    whatever the transit gateway advertises, with a warning. listed when absent. A change counts at once, for
    all tunnels."""

    refused: ClassVar[Mapping[str, str]] = {
        **NO_BFD,
        **NO_SECRETS,
        "asn": "the key is transit_gateway_asn",
        "import_policies": "what the sessions take from the other end follows from accepts; leave it out",
        "logs": "the key is log_retention_days",
        "redundancy": "four tunnels are the only shape that either cloud calls redundant; leave it out",
        "tunnels": "each of connections has its tunnel1 and tunnel2",
    }

    @property
    def redundancy_type(self) -> str:
        """What Google Cloud calls the shape of the other end."""
        return "FOUR_IPS_REDUNDANCY"

    @property
    def peer_asn(self) -> int:
        """ASN of the other end."""
        return self.transit_gateway_asn

    @property
    def google_is_first(self) -> bool:
        """Whether Google Cloud has the first address of every link; AWS takes it for itself."""
        return False

    @property
    def wanted_tunnels(self) -> int:
        """How many tunnels the SLA wants."""
        return 2 * len(TUNNELS)

    def all_tunnels(self) -> Mapping[str, Tunnel]:
        """Tunnels by key: the connection's and AWS's name for the tunnel."""
        return {
            f"{key}-{name}": Tunnel(
                path=("connections", key, name),
                name=f"{connection.name or key}-{name}",
                interface=connection.interface,
                # Google Cloud knows by these numbers which addresses are of one connection.
                peer_interface=2 * connection.interface + position,
                link_local=getattr(connection, name).link_local,
                parts=(f"gateway interface {connection.interface}", f"connection {key}"),
            )
            for key, connection in self.connections.items()
            for position, name in enumerate(TUNNELS)
        }

    @rule
    def _connections_differ_in_name(self) -> Iterator[Violation]:
        """No two connections are called the same."""
        yield from names_of_their_own("connections", {key: one.name for key, one in self.connections.items()})

    @rule
    def _connections_have_an_interface_each(self) -> Iterator[Violation]:
        """The two connections come from the two interfaces of the gateway."""
        taken: dict[int, str] = {}
        for key, connection in self.connections.items():
            if connection.interface in taken:
                yield Violation(
                    ("connections", key, "interface"),
                    f"must differ from that of {taken[connection.interface]}, got {connection.interface} for both, "
                    f"or losing that interface loses the VPN; say interface: {1 - connection.interface}",
                )
            taken[connection.interface] = key
