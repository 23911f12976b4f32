"""One way that packets have to get through, from one end to the other; answers come back by themselves or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Network, summarize_address_range
from typing import Final

from estate.facts.ways.reason import Reason
from estate.model.addresses import AddressRange


class Kind(StrEnum):
    """What stands at an end, and so which tables and filters are before it."""

    GKE_NODES = "nodes and pods of GKE cluster"
    GKE_API = "Kubernetes API of GKE cluster"
    GOOGLE_APIS = "addresses of Google's APIs"
    GOOGLE_EDGE = "Google's own front ends"
    """Health checks and Identity-Aware Proxy, which every network in Google Cloud answers without a route."""
    GOOGLE_SUBNETS = "subnets in Google Cloud"
    EKS_NODES = "nodes and pods of EKS cluster"
    EKS_API = "Kubernetes API of EKS cluster"
    AWS_SUBNETS = "private subnets in AWS"
    BASTION = "bastion"
    DATA_CENTER = "data center"
    INTERNET = "internet"


IN_AWS: Final = frozenset({Kind.EKS_NODES, Kind.EKS_API, Kind.AWS_SUBNETS, Kind.BASTION})
"""What stands in the VPC."""


@dataclass(frozen=True)
class End:
    """One end.

    Attributes:
        kind: what stands there.
        name: which of its kind: a cluster's name; empty where there is one.
        ranges: its addresses; none where only its name is known.
        text: how tables write it; the ranges when empty.
    """

    kind: Kind
    name: str = ""
    ranges: tuple[IPv4Network, ...] = ()
    text: str = ""

    def __str__(self) -> str:
        return self.text or ", ".join(dict.fromkeys(map(str, self.ranges)))

    @property
    def words(self) -> str:
        """What it is and where, for a sentence."""
        what = f"{self.kind} {self.name}".rstrip()
        return f"{what} ({self})" if str(self) else what


@dataclass(frozen=True)
class Way:
    """One way.

    Attributes:
        source: who begins to speak.
        target: whom they speak to.
        ports: protocols and ports of the target, such as tcp:443.
        reason: why, with its source.
        detail: what of the estate it is for, in words for a table.
        names: host names that the target is called by; none where it is called by address.
    """

    source: End
    target: End
    ports: tuple[str, ...]
    reason: Reason
    detail: str
    names: tuple[str, ...] = ()

    @property
    def kinds(self) -> frozenset[Kind]:
        """What stands at its two ends."""
        return frozenset((self.source.kind, self.target.kind))


def data_center(addresses: Iterable[AddressRange | IPv4Network], name: str = "") -> End:
    """An end in a data center by its addresses, written as the file writes them."""
    found = list(dict.fromkeys(addresses))
    ranges = [
        network
        for one in found
        for network in (
            [one] if isinstance(one, IPv4Network) else summarize_address_range(one.first, one.last)
        )
    ]
    return End(Kind.DATA_CENTER, name, tuple(ranges), ", ".join(map(str, found)))


def named(kind: Kind, text: str) -> End:
    """An end that only a name is known of."""
    return End(kind, text=text)
