"""Names across the sites: which domains the data centers answer, and which AWS answers.

Left out: what Google Cloud answers for the data centers, its APIs, which google.network.inbound_dns opens; the
private hosted zones in AWS, which whoever has names there makes; names of other environments.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network
from itertools import combinations
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from estate.model.addresses import Address
from estate.model.aws.values import AvailabilityZone
from estate.model.base import Key, Model
from estate.model.google.private_access import ZONES
from estate.model.lists import stands_once
from estate.model.rules import Path, Violation, rule
from estate.model.words import Words

CLOUD_DNS: Final = IPv4Network("35.199.192.0/19")
"""Where Cloud DNS asks from: https://docs.cloud.google.com/dns/docs/zones/zones-overview, 2026-11-30 (excerpt)."""
DNS_PORTS: Final = ("udp:53", "tcp:53")

Domain = Annotated[
    str,
    StringConstraints(pattern=r"^([a-z0-9_]([-a-z0-9_]{0,61}[a-z0-9])?\.)*[a-z]([-a-z0-9]{0,61}[a-z0-9])?$"),
    Words("a domain in lower case such as corp.example.com, without a dot at the end"),
]
"""A domain with everything below it."""


def covers(domain: str, name: str) -> bool:
    """Whether a name is a domain or stands below it."""
    return name == domain or name.endswith(f".{domain}")


class ForwardConfig(Model):
    """A domain that name servers of the data centers answer."""

    domain: Domain
    """The domain; what is below it is asked there too. Another one replaces the zone and the rule."""
    servers: Annotated[tuple[Address, ...], Field(min_length=1, max_length=6)]
    """Addresses of the name servers, among google.network.onprem_prefixes."""

    @rule
    def _servers_stand_once(self) -> Iterator[Violation]:
        """No name server of a domain stands twice."""
        yield from stands_once("servers", self.servers)


class AwsNamesConfig(Model):
    """Domains that private hosted zones in AWS answer, and where they are asked."""

    domains: Annotated[dict[Key, Domain], Field(min_length=1)]
    """The domains by name; each hosted zone has to be associated with the VPC. Another one replaces the zone that
    leads there from Google Cloud."""
    addresses: Annotated[dict[AvailabilityZone, Address], Field(min_length=2)]
    """The address of each zone's private subnet at which Route 53 answers, in two zones at least. Another one is
    taken in place; whoever asks there has to know."""


class DnsConfig(Model):
    """Which domains are answered where."""

    onprem: dict[Key, ForwardConfig] = {}
    """Domains that the data centers answer, by name: Google Cloud asks there, and AWS where vpn.transit leads there.
    None when absent."""
    aws: AwsNamesConfig | None = None
    """Domains that AWS answers: Google Cloud asks there, and name servers of the data centers where vpn.transit
    leads there. None when absent."""

    def domains(self) -> Iterator[tuple[Path, str]]:
        """Every domain with its path from this section."""
        for key, forward in self.onprem.items():
            yield ("onprem", key, "domain"), forward.domain
        for key, domain in self.aws.domains.items() if self.aws else ():
            yield ("aws", "domains", key), domain

    def servers(self) -> tuple[IPv4Address, ...]:
        """Every name server of the data centers once, in order."""
        return tuple(sorted({server for forward in self.onprem.values() for server in forward.servers}))

    @rule
    def _somebody_answers(self) -> Iterator[Violation]:
        """A dns section names a domain."""
        if not self.onprem and self.aws is None:
            yield Violation((), "names no domain; add onprem or aws, or leave dns out", ("onprem",))

    @rule
    def _domains_are_answered_once(self) -> Iterator[Violation]:
        """No domain is answered in two places."""
        for (one, mine), (other, theirs) in combinations(self.domains(), 2):
            if mine == theirs:
                yield Violation(
                    other,
                    f"must differ from dns.{'.'.join(map(str, one))}, got {theirs} for both; say once who answers it",
                )

    @rule
    def _google_answers_its_own(self) -> Iterator[Violation]:
        """Google's domains are led to its private addresses, and to nobody else."""
        for path, domain in self.domains():
            for zone in ZONES:
                if covers(zone, domain):
                    yield Violation(
                        path,
                        f"must not be {zone} or below it, which google.network.private_google_access leads to Google, "
                        f"got {domain}; leave it out",
                    )
