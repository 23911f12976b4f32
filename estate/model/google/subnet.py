"""A subnet of the Shared VPC: its ranges, and whose groups may put machines into it.

Left out: IPv6, subnets for Private Service Connect, which nothing here needs, and those for proxies, which are an entity of
their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network
from typing import Annotated, Final, Literal

from pydantic import Field, StrictInt

from estate.model.access.values import GroupEmail
from estate.model.base import NO_BOOLEAN, Model
from estate.model.google.values import PrivateCidr, Region, ResourceName
from estate.model.lists import stands_once
from estate.model.naming import physical_name
from estate.model.rules import Path, Violation, rule

# https://docs.cloud.google.com/vpc/docs/subnets#valid-ranges
_SMALLEST_PREFIX = 29
_SERVICES: Final = range(16, 28)
"""Prefix lengths of a cluster's services; https://docs.cloud.google.com/kubernetes-engine/docs/concepts/alias-ips."""
RESERVED_ADDRESSES: Final = 4
"""Addresses of a subnet that nobody may have: the first two and the last two."""


AggregationSeconds = Annotated[Literal[5, 30, 60, 300, 600, 900], NO_BOOLEAN]
"""The intervals that VPC flow logs offer, in seconds."""


class FlowLogsConfig(Model):
    """How much of the traffic is logged."""

    sampling_percent: Annotated[StrictInt, Field(ge=0, le=100)] = 10
    """Share of the flows that is logged, in percent; 0 logs none. 10 when absent."""
    aggregation_seconds: AggregationSeconds = 300
    """Seconds of a flow that one entry sums up; 300 when absent."""


class SubnetConfig(Model):
    """One subnet."""

    name: ResourceName | None = None
    """Name in Google Cloud; organization-environment-key when absent. Another one replaces the subnet."""
    cidr: PrivateCidr
    """Range of machines; it can be widened in place, and a narrower or other one replaces the subnet."""
    pods: PrivateCidr | None = None
    """Secondary range of a GKE cluster's pods, routed like the subnet itself; none when absent."""
    services: PrivateCidr | None = None
    """Secondary range of a GKE cluster's services; with pods and not without. none when absent."""
    pods_name: ResourceName | None = None
    """Name of the secondary range of pods; pods when absent. Another one replaces the cluster that uses it."""
    services_name: ResourceName | None = None
    """Name of the secondary range of services; services when absent. Another one replaces the cluster that uses it."""
    region: Region | None = None
    """Region of the subnet, and of a cluster in it; google.region when absent. Another one replaces it."""
    flow_logs: FlowLogsConfig | None = None
    """How much of its traffic is logged; as the network says when absent."""
    network_users: tuple[GroupEmail, ...] = ()
    """Groups that may put machines of the service projects into it; only the projects' own agents, for
    their clusters, when absent."""

    def name_in(self, organization: str, environment: str, key: str) -> str:
        """The subnet's name."""
        return self.name or physical_name(organization, environment, key)

    @property
    def pods_range(self) -> str:
        """Name of the range of pods."""
        return self.pods_name or "pods"

    @property
    def services_range(self) -> str:
        """Name of the range of services."""
        return self.services_name or "services"

    def ranges(self) -> Iterator[tuple[Path, IPv4Network]]:
        """Every range with its path from here; Cloud Router advertises all of them."""
        for name in ("cidr", "pods", "services"):
            cidr = getattr(self, name)
            if cidr:
                yield (name,), cidr

    @rule
    def _has_a_size_that_google_takes(self) -> Iterator[Violation]:
        """A subnet has a size that Google Cloud takes."""
        if self.cidr.prefixlen > _SMALLEST_PREFIX:
            yield Violation(("cidr",), f"must be /{_SMALLEST_PREFIX} or larger, got {self.cidr}")

    @rule
    def _pods_and_services_go_together(self) -> Iterator[Violation]:
        """A subnet has ranges of both pods and services, or of neither."""
        if (self.pods is None) != (self.services is None):
            missing, there = ("pods", "services") if self.pods is None else ("services", "pods")
            yield Violation(
                (missing,), f"is needed with {there}, a cluster has both; give both or neither", (missing,)
            )

    @rule
    def _ranges_are_named_where_there_are_some(self) -> Iterator[Violation]:
        """Only ranges that there are have names, and two of them two."""
        for field, cidr in (("pods_name", self.pods), ("services_name", self.services)):
            if getattr(self, field) and cidr is None:
                yield Violation(
                    (field,),
                    f"names a range that is not there; give {field.removesuffix('_name')}, or leave it out",
                )
        if self.pods_range == self.services_range:
            yield Violation(
                ("services_name",),
                f"must differ from the name of the pods' range, got {self.services_range} for both",
            )

    @rule
    def _services_have_a_size_that_gke_takes(self) -> Iterator[Violation]:
        """The services' range has a size that GKE takes."""
        if self.services and self.services.prefixlen not in _SERVICES:
            yield Violation(
                ("services",),
                f"must be between /{_SERVICES[0]} and /{_SERVICES[-1]}, got {self.services}; /20 has 4096 services",
            )

    @rule
    def _groups_stand_once(self) -> Iterator[Violation]:
        """Each group that may use a subnet stands once."""
        yield from stands_once("network_users", self.network_users)
