"""Addresses of nodes: IP block files in both of their forms, and the control plane's own block.

An entry is one address or a CIDR; its order is kept, because the service knows the entries as a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Interface, IPv4Network
from typing import Any

from estate.model.addresses import AddressRange
from estate.reading.paths import quoted
from operations.adopt.gkectl.document import Document, Field


@dataclass(frozen=True)
class Node:
    """Addresses of one entry.

    Attributes:
        ip: the entry as written.
        addresses: what it stands for.
        hostname: the node's name.
        is_control_plane: whether the entry says that it is for a control plane node.
    """

    ip: Field[str]
    addresses: AddressRange
    hostname: Field[str]
    is_control_plane: bool


@dataclass(frozen=True)
class Block:
    """Nodes of one subnet."""

    netmask: Field[str]
    gateway: Field[str]
    nodes: tuple[Node, ...]
    place: Field[Any]

    @property
    def cidr(self) -> IPv4Network | None:
        """The subnet; None when netmask or gateway is missing or wrong."""
        try:
            cidr = IPv4Interface(f"{self.gateway.value}/{self.netmask.value}").network
        except ValueError:
            return None
        return cidr if self.netmask.value in {str(cidr.netmask), str(cidr.prefixlen)} else None


def read_blocks(document: Document) -> list[Block]:
    """The blocks of an IP block file."""
    return [read_block(document, *path) for path in document.entries("blocks")]


def read_block(document: Document, *keys: str | int) -> Block:
    """One block; netmask and gateway that make no subnet are reported."""
    nodes = tuple(_nodes(document, *keys, "ips"))
    netmask, gateway = document.text(*keys, "netmask"), document.text(*keys, "gateway")
    block = Block(netmask, gateway, nodes, document.place(*keys))
    if block.cidr is None and netmask.value and gateway.value:
        netmask.problem(
            f"must be a netmask such as 255.255.255.0 that with gateway {quoted(gateway.value)} names a subnet, "
            f"got {quoted(netmask.value)}"
        )
    return block


def runs(nodes: Iterable[Node]) -> list[tuple[AddressRange, Node]]:
    """The addresses in their order, those that follow each other as one range, with each range's first node."""
    found: list[tuple[AddressRange, Node]] = []
    for node in nodes:
        if found and node.addresses.first == found[-1][0].last + 1:
            found[-1] = (AddressRange(found[-1][0].first, node.addresses.last), found[-1][1])
        else:
            found.append((node.addresses, node))
    return found


def _nodes(document: Document, *keys: str | int) -> Iterator[Node]:
    for path in document.entries(*keys):
        ip = document.text(*path, "ip")
        if ip.value is None:
            document.leave_out("its entry has no ip, so it names no node", *path)
            continue
        try:
            addresses = AddressRange.parse(ip.value)
        except ValueError as error:
            ip.problem(f"{error}, got {quoted(ip.value)}")
            continue
        control_plane = document.flag(*path, "isControlPlane")
        yield Node(ip, addresses, document.text(*path, "hostname"), control_plane.use() or False)
