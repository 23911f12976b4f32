"""The firewall of the Shared VPC: what comes in, by name; everything else is refused and logged.

Left out: traffic that goes out, which is free as by default; what GKE opens between nodes, pods and load
balancers of a cluster, which it does by rules of its own; and firewall endpoints.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network
from typing import Annotated, Final

from pydantic import Field, StrictBool, StrictInt, StringConstraints

from estate.model.base import Cidr, Key, Model
from estate.model.key_of import KeyOf
from estate.model.public_space import not_the_internet
from estate.model.rules import Violation, rule
from estate.model.words import Words

_PRIORITIES = range(1000, 60000)
_LARGEST_PORT = 65535
OWN_OPENINGS: Final = frozenset({"aws", "gke-control-plane", "health-checks", "iap", "onprem", "proxies"})
"""Names of the openings that follow from the file."""
_EVERYWHERE = IPv4Network("0.0.0.0/0")

Protocol = Annotated[
    str,
    StringConstraints(pattern=r"^(icmp|(tcp|udp)(:[0-9]{1,5}(-[0-9]{1,5})?)?)$"),
    Words(
        "tcp, udp or icmp, the first two with a port or a range of them such as tcp:443 or tcp:30000-32767"
    ),
]
"""A protocol, with a port or a range of ports where it has them."""


def ports_of(protocol: str) -> tuple[str, str | None]:
    """Split into the protocol and its ports, None for all."""
    name, _, ports = protocol.partition(":")
    return name, ports or None


class AllowConfig(Model):
    """One opening."""

    priority: Annotated[StrictInt, Field(ge=_PRIORITIES[0], le=_PRIORITIES[-1])]
    """Place among the rules, 1000 to 59999; each stands once. Another one replaces the rule."""
    sources: Annotated[tuple[Cidr, ...], Field(min_length=1)]
    """Ranges that it is open to."""
    ports: Annotated[tuple[Protocol, ...], Field(min_length=1)]
    """What is open, such as tcp:443."""
    cluster: Annotated[Key, KeyOf("google.gke_clusters")] | None = None
    """GKE cluster whose nodes it is open to; every machine of the network when absent."""
    why: Annotated[str, StringConstraints(min_length=5, max_length=200)]
    """Why it has to be open, for whoever reviews it."""

    @rule
    def _is_not_open_to_everybody(self) -> Iterator[Violation]:
        """No opening is for the whole internet, at once or in parts."""
        if _EVERYWHERE not in self.sources:
            yield from not_the_internet(("sources",), self.sources, "machines")
        for position, source in enumerate(self.sources):
            if source == _EVERYWHERE:
                yield Violation(
                    ("sources", position),
                    "must not be the whole internet, got 0.0.0.0/0; name the ranges, or put a load balancer before it",
                )

    @rule
    def _ports_are_ports(self) -> Iterator[Violation]:
        """Ports are 1 to 65535, and ranges run upwards."""
        for position, protocol in enumerate(self.ports):
            _, ports = ports_of(protocol)
            first, _, last = (ports or "1").partition("-")
            if not 1 <= int(first) <= int(last or first) <= _LARGEST_PORT:
                yield Violation(
                    ("ports", position),
                    f"must be a port from 1 to {_LARGEST_PORT}, or a range from a lower to a higher one, got {protocol}",
                )


class FirewallConfig(Model):
    """What comes in beside what every network here has."""

    allows: dict[Key, AllowConfig] = {}
    """Openings by name, beside those that follow from the file (`hybrid check ENV` lists all); none when absent."""
    log_denied: StrictBool = True
    """Whether what is refused is logged; true when absent."""

    @rule
    def _names_are_free(self) -> Iterator[Violation]:
        """No opening is called like one that follows from the file."""
        for key in self.allows:
            if key in OWN_OPENINGS:
                yield Violation(
                    ("allows", key),
                    f"must be none of {', '.join(sorted(OWN_OPENINGS))}, which follow from the file; rename it",
                )

    @rule
    def _openings_are_not_the_internet(self) -> Iterator[Violation]:
        """All openings together are not for the whole internet; each by itself was asked before."""
        sources = [cidr for allow in self.allows.values() for cidr in allow.sources]
        yield from not_the_internet(("allows",), sources, "machines")

    @rule
    def _priorities_differ(self) -> Iterator[Violation]:
        """No two openings have the same place among the rules."""
        taken: dict[int, str] = {}
        for key, allow in self.allows.items():
            if allow.priority in taken:
                yield Violation(
                    ("allows", key, "priority"),
                    f"must differ from that of {taken[allow.priority]}, got {allow.priority} for both",
                )
            taken.setdefault(allow.priority, key)
