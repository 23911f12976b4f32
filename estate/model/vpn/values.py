"""Value types of VPN tunnels and their BGP sessions.

Sources: RFC 6996 for private ASNs; for what AWS keeps of the link-local range
https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html.
"""

from __future__ import annotations

from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network
from typing import Annotated, Final

from pydantic import AfterValidator, Field, StrictInt, StringConstraints

from estate.model.addresses import Address, address_schema
from estate.model.base import Cidr, cidr_schema
from estate.model.words import Words


class Accepts(StrEnum):
    """Which routes the BGP sessions of a VPN take from its other end."""

    LISTED = "listed"
    EVERYTHING = "everything"


LINK_LOCALS: Final = IPv4Network("169.254.0.0/16")
LINK_PREFIX: Final = 30
RESERVED_LINKS: Final = frozenset(
    IPv4Network(f"169.254.{third}/{LINK_PREFIX}") for third in (*(f"{n}.0" for n in range(6)), "169.252")
)
"""What AWS keeps for itself; the last one holds the metadata server, of Google Cloud too."""

_PRIVATE_ASNS = (range(64512, 65535), range(4200000000, 4294967295))
_NOT_PUBLIC = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "224.0.0.0/3",
        ),
    )
)


def _private_asn(value: int) -> int:
    if not any(value in asns for asns in _PRIVATE_ASNS):
        raise ValueError(
            f"must be a private ASN, 64512 to 65534 or 4200000000 to 4294967294, got {value}; choose one of these"
        )
    return value


PrivateAsn = Annotated[
    StrictInt,
    Field(json_schema_extra={"minimum": 64512, "maximum": 4294967294}),
    AfterValidator(_private_asn),
]
"""Number of an autonomous system for private use, by RFC 6996."""


def _link_local(value: IPv4Network) -> IPv4Network:
    if value.prefixlen != LINK_PREFIX or not value.subnet_of(LINK_LOCALS):
        raise ValueError(f"must be a /30 inside {LINK_LOCALS} such as 169.254.10.0/30, got {value}")
    if value in RESERVED_LINKS:
        raise ValueError(
            f"must be outside of what AWS and Google Cloud keep for themselves, got {value}; "
            "take one from 169.254.6.0/30 on, but not 169.254.169.252/30"
        )
    return value


LinkLocal = Annotated[
    Cidr,
    AfterValidator(_link_local),
    cidr_schema("169.254.10.0/30", f"a /{LINK_PREFIX} inside {LINK_LOCALS}"),
]
"""The /30 of the two ends of a BGP session inside a tunnel."""


def _public(value: IPv4Address) -> IPv4Address:
    for network in _NOT_PUBLIC:
        if value in network:
            raise ValueError(
                f"must be a public address, which is what tunnels are built to, got {value} of {network}; "
                "name the address that the internet sees"
            )
    return value


PublicAddress = Annotated[
    Address, AfterValidator(_public), address_schema("203.0.113.10", "a public IPv4 address")
]
"""An address that the internet routes to."""

ShortKey = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z]([-a-z0-9]{0,14}[a-z0-9])?$"),
    Words("lower-case letters, digits and hyphens, at most 16, a letter first and no hyphen last"),
]
"""A key of a tunnel or connection: the names that it becomes part of have at most 63 characters."""

Interface = Annotated[StrictInt, Field(ge=0, le=1)]
"""One of the two interfaces of an HA VPN gateway or of the devices at its other end."""

Priority = Annotated[StrictInt, Field(ge=0, le=65535)]
"""The MED of what is advertised over a tunnel; the lowest one is preferred."""
