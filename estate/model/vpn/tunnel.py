"""One tunnel as everything after the file sees it, whoever is at its other end."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network

from estate.model.rules import Path


class Redundancy(StrEnum):
    """What a VPN has to survive."""

    HIGH_AVAILABILITY = "high_availability"
    NONE = "none"


@dataclass(frozen=True)
class Tunnel:
    """One tunnel of a VPN.

    Attributes:
        path: where it stands, from the VPN's section.
        name: what it is called: part of the names of what it is made of, and of its keys' variables.
        interface: interface of the HA VPN gateway.
        peer_interface: interface of the external VPN gateway, which stands for the other end.
        link_local: the /30 inside the tunnel; None while nobody has chosen one, which the estate refuses.
        parts: what the tunnel hangs on besides itself, in words: an interface, a device, an address.
        priority: MED of what Google Cloud advertises over it.
        md5: whether its BGP session is authenticated by a key.
    """

    path: Path
    name: str
    interface: int
    peer_interface: int
    link_local: IPv4Network | None
    parts: tuple[str, ...]
    priority: int = 100
    md5: bool = False

    def ends(self, *, google_first: bool) -> Ends:
        """The addresses of the BGP session's two ends.

        Args:
            google_first: whether Google Cloud has the first of the two.
        """
        if self.link_local is None:
            raise ValueError(f"{'.'.join(map(str, self.path))} has no link_local; hybrid check proposes one")
        first, second = self.link_local.hosts()
        return Ends(*((first, second) if google_first else (second, first)))


@dataclass(frozen=True)
class Ends:
    """The two ends of a BGP session.

    Attributes:
        google: the Cloud Router's address.
        peer: the other side's.
    """

    google: IPv4Address
    peer: IPv4Address
