"""The admin cluster and its workstation, as data: both are made by hand, with gkectl.

Left out: making them. Their creation asks questions on the workstation, and Terraform's destroy of an
admin cluster does nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.facts.vmware.versions import why_unsupported
from estate.model.addresses import Address, Addresses, AddressRange
from estate.model.base import Model
from estate.model.rules import Path, Violation, rule
from estate.model.vmware.values import MembershipName, OnPremVersion

LONGEST_NAME_IN_CONSOLE: Final = 20
"""Characters of a name that Google's console takes; gkectl takes more, and a name cannot be changed."""


class AdminWorkstationConfig(Model):
    """The machine that gkectl runs on."""

    ip: Address
    """Its address; no cluster may use it."""


class AdminClusterConfig(Model):
    """The admin cluster that manages the user clusters."""

    membership: MembershipName
    """Its fleet membership. Another one replaces every user cluster."""
    version: OnPremVersion
    """The version it runs; never older than that of any user cluster."""
    addresses: tuple[Addresses, ...] = ()
    """Addresses of its nodes and its control plane VIP, which no user cluster may use; unchecked when
    absent."""

    @property
    def name(self) -> str:
        """The cluster's name, the last part of its membership."""
        return self.membership.rsplit("/", 1)[1]

    @property
    def project(self) -> str:
        """The project that the cluster is registered in."""
        return self.membership.split("/")[1]

    def uses(self) -> Iterator[tuple[Path, AddressRange]]:
        """What it uses, with the path from here."""
        for position, addresses in enumerate(self.addresses):
            yield ("addresses", position), addresses

    @rule
    def _version_is_supported(self) -> Iterator[Violation]:
        """The admin cluster's version is a supported one."""
        why = why_unsupported(self.version)
        if why:
            yield Violation(("version",), why)
