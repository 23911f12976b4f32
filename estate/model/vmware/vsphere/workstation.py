"""A workstation for gkectl, user-managed: Ubuntu 22.04 from a template that exists.

Left out: gkectl and its tools, which people install on it; the template, which has cloud-init and reads its
settings from vSphere, as Ubuntu's cloud images do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, StrictInt, StringConstraints

from estate.model.addresses import Address, usable
from estate.model.base import Cidr, Key, Model
from estate.model.key_of import KeyOf
from estate.model.naming import physical_name
from estate.model.rules import Violation, rule
from estate.model.vmware.values import HostName, InventoryName, SearchDomain, TimeServer
from estate.model.vmware.vsphere.values import OpenSshPublicKey
from estate.model.words import Words

LoginName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][-a-z0-9_]{0,31}$"),
    Words("a Linux login of at most 32 lower-case letters, digits, hyphens and underscores, a letter first"),
]
"""Login on a Linux machine."""


class WorkstationNetwork(Model):
    """The subnet that a workstation stands in."""

    port_group: InventoryName
    """Name of the vSphere network (port group), one of port_groups or one that exists."""
    cidr: Cidr
    """Range of the subnet behind it."""
    gateway: Address
    """The subnet's router."""
    dns: Annotated[tuple[Address, ...], Field(min_length=1)]
    """DNS servers."""
    ntp: tuple[TimeServer, ...] = ()
    """Time servers by address or name; those of the template when absent."""
    search_domains: tuple[SearchDomain, ...] = ()
    """Domains that it looks short names up in; none when absent."""

    @rule
    def _gateway_lies_in_the_subnet(self) -> Iterator[Violation]:
        """A workstation's router lies in its subnet."""
        if self.gateway not in usable(self.cidr):
            yield Violation(
                ("gateway",),
                f"must lie inside cidr {self.cidr}, its first and last address left out, got {self.gateway}",
            )


class WorkstationConfig(Model):
    """A virtual machine that gkectl runs on, made from a template."""

    name: HostName | None = None
    """Name of the machine, in vSphere and of the host; organization, environment and map key when absent."""
    template: InventoryName
    """Name or path of the template, Ubuntu 22.04 with cloud-init. It is used when the machine is made;
    another one changes nothing afterwards, but every plan looks it up, so it has to stay."""
    ip: Address
    """Its address; no cluster may use it. Read when the machine is made."""
    network: WorkstationNetwork
    """The subnet of its address. All but the port group is read when the machine is made."""
    # https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/vmware/docs/how-to/create-admin-workstation
    cpus: Annotated[StrictInt, Field(ge=4, le=128)] = 4
    """Virtual processors; 4 when absent."""
    memory_mb: Annotated[StrictInt, Field(ge=8192)] = 8192
    """Memory in MiB, a multiple of 4; 8192 when absent."""
    disk_gb: Annotated[StrictInt, Field(ge=100)] = 100
    """Disk in GiB, at least the template's; 100 when absent. It can grow and not shrink."""
    datastore: InventoryName | None = None
    """Datastore of the disk; vmware.vcenter.datastore when absent."""
    resource_pool: Annotated[Key, KeyOf("vmware.vsphere.resource_pools")] | None = None
    """One of resource_pools; the vSphere cluster's own pool when absent."""
    login: LoginName = "ubuntu"
    """Login of the person who administers it, by key only; ubuntu when absent. Read when it is made."""
    ssh_public_keys: Annotated[tuple[OpenSshPublicKey, ...], Field(min_length=1)]
    """Keys that may log in. Read when the machine is made; later ones are added on the machine."""
    wait_for_ip_minutes: Annotated[StrictInt, Field(ge=0, le=60)] = 5
    """How long an apply waits for VMware Tools to say the address; 5 when absent, 0 does not wait."""

    def name_in(self, organization: str, environment: str, key: str) -> str:
        """The machine's name, and its host name."""
        return self.name or physical_name(organization, environment, key)

    @rule
    def _memory_is_a_multiple_of_four(self) -> Iterator[Violation]:
        """Memory is a multiple of 4 MiB, as vSphere wants it."""
        if self.memory_mb % 4:
            yield Violation(
                ("memory_mb",),
                f"must be a multiple of 4, as vSphere wants it, got {self.memory_mb}; "
                f"write {self.memory_mb + 4 - self.memory_mb % 4}",
            )

    @rule
    def _address_is_its_own(self) -> Iterator[Violation]:
        """A workstation's address lies in its subnet and is no router's or server's."""
        if self.ip not in usable(self.network.cidr):
            yield Violation(
                ("ip",),
                f"must lie inside network.cidr {self.network.cidr}, its first and last address left out, "
                f"got {self.ip}",
            )
        servers = [("gateway", self.network.gateway), *(("dns", one) for one in self.network.dns)]
        for field, server in servers:
            if self.ip == server:
                yield Violation(("ip",), f"must differ from network.{field}, got {self.ip} for both")
