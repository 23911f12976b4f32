"""The VPNs of an environment: one Cloud Router, the on-prem network and AWS at its other ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import ClassVar

from pydantic import StrictBool

from estate.model.access.values import Day
from estate.model.base import Cidr, Model
from estate.model.rules import Path, Violation, rule
from estate.model.vpn.aws import AwsVpnConfig
from estate.model.vpn.onprem import OnpremVpnConfig
from estate.model.vpn.refusals import NO_BFD, NO_SECRETS
from estate.model.vpn.transit import TransitBy
from estate.model.vpn.tunnel import Redundancy, Tunnel
from estate.model.vpn.values import PrivateAsn

Peering = OnpremVpnConfig | AwsVpnConfig


class VpnConfig(Model):
    """Redundant VPNs from the environment's network in Google Cloud."""

    asn: PrivateAsn
    """ASN of Google Cloud's side, which is one Cloud Router's."""
    onprem: OnpremVpnConfig | None = None
    """The VPN to the on-prem network; none when absent."""
    aws: AwsVpnConfig | None = None
    """The VPN to the management VPC in AWS; none when absent."""
    transit: StrictBool | None = None
    """Whether the on-prem network and AWS reach each other through Google Cloud, by what transit_by says. Has to be
    said where there are both."""
    transit_by: TransitBy = TransitBy.ADVERTISEMENTS
    """By what they reach each other. hub: Network Connectivity Center has each side told what the other advertises, and
    nothing while that one is gone. advertisements: each one's ranges stand in the sessions to the other at all times,
    with a warning. both: the step from one to the other, which takes nothing away. advertisements when absent. A hub
    and its spokes are made or destroyed; sessions change in place."""
    transit_location_checked: Day | None = None
    """The day on which Google said that google.region transfers data between sites, for a region that is not known
    to: hybrid check says how to ask. None when absent."""
    advertise: tuple[Cidr, ...] = ()
    """Ranges to advertise to every side beside those of the network, for example of a peered one; none when
    absent."""

    refused: ClassVar[Mapping[str, str]] = {**NO_BFD, **NO_SECRETS}

    @property
    def peerings(self) -> Mapping[str, Peering]:
        """The VPNs by key."""
        found: Mapping[str, Peering | None] = {"onprem": self.onprem, "aws": self.aws}
        return {key: peering for key, peering in found.items() if peering}

    def all_tunnels(self) -> Iterator[tuple[Path, Tunnel]]:
        """Every tunnel with its path from this section."""
        for key, peering in self.peerings.items():
            for tunnel in peering.all_tunnels().values():
                yield (key, *tunnel.path), tunnel

    def asns(self) -> Iterator[tuple[Path, int]]:
        """Every ASN with its path from this section."""
        yield ("asn",), self.asn
        if self.onprem:
            yield ("onprem", "asn"), self.onprem.asn
        if self.aws:
            yield ("aws", "transit_gateway_asn"), self.aws.transit_gateway_asn

    @rule
    def _something_is_at_the_other_end(self) -> Iterator[Violation]:
        """A vpn section leads to on-prem, to AWS or to both."""
        if not self.peerings:
            yield Violation((), "leads nowhere; add onprem or aws, or leave vpn out", ("onprem",))

    @rule
    def _transit_is_said(self) -> Iterator[Violation]:
        """Where there are on-prem and AWS, it is said whether they reach each other; elsewhere it is not."""
        if self.onprem and self.aws and self.transit is None:
            yield Violation(
                ("transit",),
                "has to be said where there are onprem and aws: true and Google Cloud passes traffic between them, "
                "false and neither reaches the other",
            )
        elif self.transit and not (self.onprem and self.aws):
            yield Violation(
                ("transit",),
                "needs both onprem and aws, which it joins; leave it out",
                ("aws",) if self.onprem else ("onprem",),
            )

    @rule
    def _a_hub_joins_what_is_joined(self) -> Iterator[Violation]:
        """By what the sides reach each other is said where they do, and a hub passes on between redundant VPNs alone.

        https://docs.cloud.google.com/network-connectivity/docs/network-connectivity-center/concepts/high-availability, 2026-11-30
        """
        if self.transit_by.hub and not self.transit:
            yield Violation(
                ("transit_by",),
                f"is {self.transit_by} of no transit; say transit: true where there are onprem and aws, or leave it out",
            )
        if self.transit_by.hub and self.onprem and self.onprem.redundancy is Redundancy.NONE:
            yield Violation(
                ("transit_by",),
                f"must be advertisements with onprem.redundancy: none, got {self.transit_by}: sites of which one is not "
                "redundant may not reach each other through a hub; make the VPN redundant",
                ("onprem", "redundancy"),
            )
        if self.transit_location_checked and not self.transit_by.hub:
            yield Violation(
                ("transit_location_checked",),
                "is for a hub, and transit_by names none; leave it out",
                ("transit_by",),
            )

    @rule
    def _asns_differ(self) -> Iterator[Violation]:
        """Every side of an environment's VPNs has an ASN of its own."""
        for (one, mine), (other, theirs) in combinations(self.asns(), 2):
            if mine == theirs:
                yield Violation(
                    other,
                    f"must differ from vpn.{'.'.join(map(str, one))}, got {theirs} for both, and BGP takes what comes "
                    "from its own ASN for a loop; choose another private ASN",
                )

    @rule
    def _link_locals_differ(self) -> Iterator[Violation]:
        """Every tunnel of an environment has a link-local range of its own."""
        for (one, mine), (other, theirs) in combinations(self.all_tunnels(), 2):
            if mine.link_local and mine.link_local == theirs.link_local:
                yield Violation(
                    (*other, "link_local"),
                    f"must differ from vpn.{'.'.join(map(str, one))}.link_local, got {theirs.link_local} for both; "
                    "leave it out, and hybrid check proposes a free one",
                )

    @rule
    def _advertised_ranges_differ(self) -> Iterator[Violation]:
        """No two advertised ranges overlap."""
        for (_, one), (position, other) in combinations(enumerate(self.advertise), 2):
            if one.overlaps(other):
                yield Violation(
                    ("advertise", position),
                    f"must not overlap another range, got {other}, which overlaps {one}; leave the smaller one out",
                )
