"""The network of a user cluster: the subnet its nodes stand in, and the ranges that live inside it.

Left out: more than one subnet or network card a node, and IPv6. The control plane always has fixed
addresses in the same subnet.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network
from typing import Annotated

from pydantic import Field, StrictBool

from estate.model.addresses import Address, Addresses, usable
from estate.model.base import Cidr, Model
from estate.model.rules import Path, Violation, rule
from estate.model.vmware.values import InventoryName, NodeName, SearchDomain, TimeServer

_PRIVATE = tuple(map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))


class NetworkConfig(Model):
    """A subnet of the data center, and a cluster's own ranges.

    The ranges cannot be changed once the cluster stands: the service refuses it at apply.
    """

    port_group: InventoryName
    """Name of the vSphere network (port group) of all nodes. Another one replaces the cluster."""
    cidr: Cidr
    """Range of the subnet behind it; all nodes and virtual addresses lie in it. Its length cannot be changed
    once the cluster stands."""
    gateway: Address
    """The subnet's router; cannot be changed once the cluster stands."""
    node_ips: tuple[Addresses, ...] = ()
    """Addresses for worker nodes: as many as the pools can have nodes, and one more; none with dhcp."""
    dhcp: StrictBool = False
    """Whether worker nodes take their addresses from a DHCP server instead; not when absent. This cannot be
    changed once the cluster stands."""
    dns: Annotated[tuple[Address, ...], Field(min_length=1)]
    """DNS servers."""
    ntp: Annotated[tuple[TimeServer, ...], Field(min_length=1)]
    """Time servers by address or name; cannot be changed once the cluster stands."""
    search_domains: tuple[SearchDomain, ...] = ()
    """Domains that nodes look short names up in; none when absent."""
    pods: Cidr
    """Range of the pods, which exists only inside the cluster; other clusters may have the same. It cannot be
    changed once the cluster stands."""
    services: Cidr
    """Range of the services, which exists only inside the cluster; other clusters may have the same. It cannot
    be changed once the cluster stands."""
    hostnames: dict[Address, NodeName] = {}
    """Host names of nodes by address, for those that exist under another name already; cluster and
    address make up a node's name when absent."""
    derive_hostnames: StrictBool = True
    """Whether cluster and address make up the name of a node that hostnames leaves out; false leaves it to
    the service, as for a cluster that gkectl made so. They do when absent."""

    def islands(self) -> Iterator[tuple[Path, IPv4Network]]:
        """The ranges that exist only inside the cluster, with their paths from here."""
        yield ("pods",), self.pods
        yield ("services",), self.services

    def servers(self) -> Iterator[tuple[str, int, IPv4Address]]:
        """Servers for names and time that are said by address: the key, the position and the address."""
        for field in ("dns", "ntp"):
            for position, server in enumerate(getattr(self, field)):
                if isinstance(server, IPv4Address):
                    yield field, position, server

    def public_islands(self) -> Iterator[tuple[Path, IPv4Network]]:
        """The islands outside the private ranges, which hide whoever has their addresses from the pods."""
        for path, cidr in self.islands():
            if not any(cidr.subnet_of(private) for private in _PRIVATE):
                yield path, cidr

    def servers_said_twice(self) -> Iterator[tuple[Path, IPv4Address | str]]:
        """Servers for names and time that stand in their list before."""
        for field in ("dns", "ntp"):
            servers = getattr(self, field)
            for position, server in enumerate(servers):
                if server in servers[:position]:
                    yield (field, position), server

    @rule
    def _workers_have_addresses(self) -> Iterator[Violation]:
        """Workers have addresses from the file or from a DHCP server, and not from both."""
        if self.dhcp and self.node_ips:
            yield Violation(
                ("node_ips",),
                "must be left out with dhcp: true; the DHCP server gives workers their addresses",
            )
        if not self.dhcp and not self.node_ips:
            yield Violation(
                ("node_ips",),
                "is needed without dhcp; list the workers' addresses, or say dhcp: true",
                ("dhcp",),
            )

    @rule
    def _pods_and_services_differ(self) -> Iterator[Violation]:
        """Pods and services have ranges apart from each other."""
        if self.pods.overlaps(self.services):
            yield Violation(
                ("services",),
                f"must not overlap pods {self.pods}, got {self.services}; choose a range beside it",
            )

    @rule
    def _islands_leave_servers_reachable(self) -> Iterator[Violation]:
        """Ranges inside the cluster cover no server for names or time."""
        for path, cidr in self.islands():
            for field, _, address in self.servers():
                if address in cidr:
                    yield Violation(
                        path,
                        f"must not cover {field} server {address}, which nodes and pods could then not reach, got {cidr}; "
                        "choose another range",
                    )

    @rule
    def _servers_are_hosts(self) -> Iterator[Violation]:
        """Servers for names and time have addresses that a host can have; most stand in another network."""
        for field, position, address in self.servers():
            nobody = address.is_loopback or address.is_multicast or address.is_unspecified
            if nobody or (address in self.cidr and address not in usable(self.cidr)):
                yield Violation(
                    (field, position),
                    f"must be the address of a server that nodes reach, got {address}, which is no host's",
                )

    @rule
    def _host_names_differ(self) -> Iterator[Violation]:
        """No two nodes have the same host name."""
        taken: dict[str, Address] = {}
        for address, name in self.hostnames.items():
            if name in taken:
                yield Violation(
                    ("hostnames", str(address)),
                    f"must differ from that of {taken[name]}, got {name} for both",
                )
            taken.setdefault(name, address)
