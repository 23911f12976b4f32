"""A subnet for the proxies of regional Application Load Balancers, which stand in no other.

Google's proxies take the addresses that they speak to backends from; machines and load balancers have none of them. Left
out: proxies of cross-region load balancers (GLOBAL_MANAGED_PROXY), which GKE makes through a multi-cluster Gateway alone.

https://docs.cloud.google.com/load-balancing/docs/proxy-only-subnets of 2026-11-30, excerpt
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from estate.model.base import Model
from estate.model.google.values import PrivateCidr, Region, ResourceName
from estate.model.naming import physical_name
from estate.model.rules import Violation, rule

_SMALLEST_PREFIX: Final = 26
"""The page: it must provide 64 or more addresses, which corresponds to a prefix length of /26 or shorter."""


class ProxyRole(StrEnum):
    """Whether proxies use it."""

    ACTIVE = "active"
    """Proxies have their addresses in it."""
    BACKUP = "backup"
    """It waits to become active, or is drained after it was."""


class ProxySubnetConfig(Model):
    """One subnet for the proxies of a region."""

    name: ResourceName | None = None
    """Name in Google Cloud; organization-environment-proxies-key when absent. Another one replaces the subnet."""
    cidr: PrivateCidr
    """Range of the proxies, /26 or larger; Google advises /23. It is let in to the GKE clusters of its region. Another
    one replaces the subnet, which the API refuses while load balancers use it."""
    region: Region | None = None
    """Region whose load balancers use it; google.region when absent. Another one replaces it."""
    role: ProxyRole = ProxyRole.ACTIVE
    """Whether proxies use it, active or backup; active when absent. A region gets another range without a gap when a
    backup becomes active and the active one a backup; changed in place."""

    def name_in(self, organization: str, environment: str, key: str) -> str:
        """The subnet's name."""
        return self.name or physical_name(organization, environment, "proxies", key)

    @rule
    def _has_room_for_proxies(self) -> Iterator[Violation]:
        """A subnet of proxies has the 64 addresses that Google wants."""
        if self.cidr.prefixlen > _SMALLEST_PREFIX:
            yield Violation(
                ("cidr",),
                f"must be /{_SMALLEST_PREFIX} or larger, got {self.cidr} with {self.cidr.num_addresses} addresses where "
                "64 are asked for; Google advises /23",
            )
