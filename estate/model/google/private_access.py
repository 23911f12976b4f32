"""The addresses at which private networks reach Google's APIs, and the zones that lead there.

https://docs.cloud.google.com/vpc/docs/configure-private-google-access-hybrid has the ranges and domains.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network
from typing import Final

ZONES: Final = ("gcr.io", "gke.goog", "googleapis.com", "pkg.dev")
"""Domains that are led to the range: APIs, registries, and the clusters' DNS endpoints (gke.goog)."""


class PrivateGoogleAccess(StrEnum):
    """Which of the two ranges the network uses."""

    RESTRICTED = "restricted"
    PRIVATE = "private"

    @property
    def cidr(self) -> IPv4Network:
        """The range; it is routed inside Google's network only."""
        last = 4 if self is PrivateGoogleAccess.RESTRICTED else 8
        return IPv4Network(f"199.36.153.{last}/30")

    @property
    def domain(self) -> str:
        """The name of the range's addresses."""
        return f"{self.value}.googleapis.com"

    def addresses(self) -> Iterator[IPv4Address]:
        """All of its addresses; each of the four answers."""
        yield from self.cidr
