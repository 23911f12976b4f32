"""The VPN to the on-prem network, in the three shapes that its end may have.

Two devices with an address each, one device with two addresses, or one device with one address:
https://docs.cloud.google.com/network-connectivity/docs/vpn/concepts/topologies. With two peers, interface 0
leads to interface 0 and 1 to 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import IPv4Address
from itertools import combinations
from typing import Annotated, ClassVar

from pydantic import Field, StrictBool

from estate.model.base import Key, Model
from estate.model.key_of import KeyOf
from estate.model.pinned_names import names_of_their_own
from estate.model.references import names_one
from estate.model.rules import Violation, rule
from estate.model.vpn.refusals import NO_BFD, NO_SECRETS
from estate.model.vpn.tunnel import Redundancy, Tunnel
from estate.model.vpn.values import (
    Accepts,
    Interface,
    LinkLocal,
    Priority,
    PrivateAsn,
    PublicAddress,
    ShortKey,
)

_TWO = 2


class PeerConfig(Model):
    """One address that tunnels are built to."""

    interface: Interface
    """Interface of the external VPN gateway that stands for it, 0 or 1. Another one replaces the tunnels."""
    address: PublicAddress
    """Public address. Another one replaces the tunnels of the whole VPN."""
    device: Key | None = None
    """The device that has the address, where one device has both; a device of its own when absent."""


class OnpremTunnelConfig(Model):
    """One tunnel to the on-prem network, with its BGP session."""

    name: ShortKey | None = None
    """Name to keep when the map key is renamed: part of the names of what the tunnel is made of and of the
    variables of its keys; the map key when absent. Another one replaces the tunnel."""
    interface: Interface
    """Interface of the HA VPN gateway, 0 or 1. Another one replaces the tunnel."""
    peer: Annotated[Key, KeyOf("vpn.onprem.peers")]
    """The peer at the other end, by its key. Another one replaces the tunnel."""
    link_local: LinkLocal | None = None
    """The /30 inside the tunnel: Google Cloud has its first address, the peer its second. Another one replaces
    the BGP session. hybrid check proposes a free one when absent."""
    priority: Priority = 100
    """MED of what is advertised over this tunnel: the same for both for active/active, a higher one for the
    passive tunnel; the peer has to prefer the same tunnel. 100 when absent."""
    md5: StrictBool = False
    """Whether the BGP session is authenticated with an MD5 key, a variable like the pre-shared key; not when
    absent."""

    refused: ClassVar[Mapping[str, str]] = {**NO_BFD, **NO_SECRETS}


class OnpremVpnConfig(Model):
    """A redundant VPN to the on-prem network."""

    asn: PrivateAsn
    """ASN of the on-prem side."""
    redundancy: Redundancy = Redundancy.HIGH_AVAILABILITY
    """high_availability: a tunnel on each interface of the gateway, as the 99.99 % of its SLA want. none: one
    interface will do, with a warning. high_availability when absent."""
    peers: Annotated[dict[Key, PeerConfig], Field(min_length=1, max_length=2)]
    """What tunnels are built to, by name; one or two."""
    tunnels: Annotated[dict[ShortKey, OnpremTunnelConfig], Field(min_length=1)]
    """Tunnels by name."""
    accepts: Accepts = Accepts.LISTED
    """Which routes the BGP sessions take from the on-prem side: listed, those to google.network.onprem_prefixes
    and to parts of it; everything, whatever it advertises, with a warning. listed when absent. A change counts
    at once, for all tunnels."""

    refused: ClassVar[Mapping[str, str]] = {
        **NO_BFD,
        **NO_SECRETS,
        "import_policies": "what the sessions take from the other end follows from accepts; leave it out",
        "prefixes": "what the on-prem side advertises stands in google.network.onprem_prefixes; list it there",
    }

    @property
    def redundancy_type(self) -> str:
        """What Google Cloud calls the shape of the other end."""
        return "TWO_IPS_REDUNDANCY" if len(self.peers) == _TWO else "SINGLE_IP_INTERNALLY_REDUNDANT"

    @property
    def peer_asn(self) -> int:
        """ASN of the other end."""
        return self.asn

    @property
    def google_is_first(self) -> bool:
        """Whether Google Cloud has the first address of every link."""
        return True

    @property
    def wanted_tunnels(self) -> int:
        """How many tunnels the SLA wants."""
        return _TWO

    @property
    def shape(self) -> str:
        """The shape of the other end in words."""
        devices = len(self.devices())
        addresses = "one address" if len(self.peers) == 1 else "two addresses"
        return f"one device with {addresses}" if devices == 1 else "two devices"

    def devices(self) -> Mapping[str, tuple[IPv4Address, ...]]:
        """The devices at the other end with their addresses."""
        found: dict[str, tuple[IPv4Address, ...]] = {}
        for key, peer in self.peers.items():
            device = peer.device or key
            found[device] = (*found.get(device, ()), peer.address)
        return found

    def all_tunnels(self) -> Mapping[str, Tunnel]:
        """Tunnels by key."""
        return {
            key: Tunnel(
                path=("tunnels", key),
                name=tunnel.name or key,
                interface=tunnel.interface,
                peer_interface=self.peers[tunnel.peer].interface,
                link_local=tunnel.link_local,
                parts=(f"gateway interface {tunnel.interface}", *self._parts(tunnel.peer)),
                priority=tunnel.priority,
                md5=tunnel.md5,
            )
            for key, tunnel in self.tunnels.items()
        }

    def _parts(self, key: str) -> Iterator[str]:
        peer = self.peers[key]
        yield f"device {peer.device or key}"
        if peer.device:
            yield f"address {key} {peer.address}"

    @rule
    def _tunnels_differ_in_name(self) -> Iterator[Violation]:
        """No two tunnels are called the same."""
        yield from names_of_their_own("tunnels", {key: one.name for key, one in self.tunnels.items()})

    @rule
    def _peers_have_an_interface_each(self) -> Iterator[Violation]:
        """Two peers have an interface each, and a single one has interface 0."""
        taken: dict[int, str] = {}
        for key, peer in self.peers.items():
            if len(self.peers) == 1 and peer.interface:
                yield Violation(
                    ("peers", key, "interface"),
                    "must be 0 where there is one peer, got 1; say interface: 0",
                    ("peers",),
                )
            if peer.interface in taken:
                yield Violation(
                    ("peers", key, "interface"),
                    f"must differ from that of {taken[peer.interface]}, got {peer.interface} for both; "
                    f"say interface: {1 - peer.interface}",
                )
            taken[peer.interface] = key

    @rule
    def _peer_addresses_differ(self) -> Iterator[Violation]:
        """No two peers have the same address."""
        for (one, mine), (other, theirs) in combinations(self.peers.items(), 2):
            if mine.address == theirs.address:
                yield Violation(
                    ("peers", other, "address"),
                    f"must differ from that of {one}, got {theirs.address} for both; one address is one peer, "
                    "which tunnels of both interfaces may lead to",
                )

    @rule
    def _tunnels_lead_to_peers(self) -> Iterator[Violation]:
        """A tunnel leads to a peer that there is."""
        for key, tunnel in self.tunnels.items():
            yield from names_one(("tunnels", key, "peer"), tunnel.peer, ("peers",), self.peers)

    @rule
    def _interfaces_lead_to_their_likes(self) -> Iterator[Violation]:
        """With two peers interface 0 leads to 0 and 1 to 1."""
        for key, tunnel in self.tunnels.items():
            peer = self.peers.get(tunnel.peer)
            if len(self.peers) == _TWO and peer and peer.interface != tunnel.interface:
                yield Violation(
                    ("tunnels", key, "interface"),
                    f"must be that of peer {tunnel.peer}, {peer.interface}, because with two peers interface 0 leads "
                    f"to 0 and 1 to 1; got {tunnel.interface}",
                )

    @rule
    def _no_two_tunnels_are_one(self) -> Iterator[Violation]:
        """No two tunnels lead from the same interface to the same peer."""
        for (one, mine), (other, theirs) in combinations(self.tunnels.items(), 2):
            if (mine.interface, mine.peer) == (theirs.interface, theirs.peer):
                yield Violation(
                    ("tunnels", other),
                    f"must differ from {one}, got interface {theirs.interface} to {theirs.peer} for both; "
                    "a second tunnel leads from the other interface",
                )

    @rule
    def _both_interfaces_are_used(self) -> Iterator[Violation]:
        """A redundant VPN has a tunnel on each interface of the gateway."""
        unused = {0, 1} - {tunnel.interface for tunnel in self.tunnels.values()}
        if self.redundancy is Redundancy.HIGH_AVAILABILITY:
            for interface in sorted(unused):
                yield Violation(
                    ("tunnels",),
                    f"must have a tunnel on interface {interface} too, or losing the other one loses the VPN; add it, "
                    "or say redundancy: none",
                    ("tunnels",),
                )
