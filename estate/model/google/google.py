"""The Google Cloud side of an environment: its projects, the APIs that are on, its network and clusters.

A `google` section with a project and a region and nothing else is a retired one, or one that a first
cluster is still to come to: the provider stays declared.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from ipaddress import IPv4Network
from typing import Annotated, ClassVar

from pydantic import Field

from estate.facts.providers import default_version, versions
from estate.model.base import EnvironmentName, Key, Model
from estate.model.google.gke_cluster import GkeClusterConfig
from estate.model.google.kms_key import KmsKeyConfig
from estate.model.google.network import NetworkConfig
from estate.model.google.values import (
    DerivedName,
    ProjectId,
    ProjectNumber,
    Region,
    ResourceName,
    ServiceName,
)
from estate.model.rules import Path, Violation, rule


class Project(Model):
    """A project of Google Cloud."""

    id: ProjectId
    """Id of the project. Another one replaces everything in it."""
    number: ProjectNumber
    """Number of the same project; memberships and service agents carry it."""


class HostProject(Project):
    """The project that holds fleet and network, and that the on-prem clusters register with."""

    owner: EnvironmentName | None = None
    """The environment that owns what a project has only once (its services, its fleet) where several
    environments share the project; this one when absent."""


class LoadBalancerRules(StrEnum):
    """Who makes the VPC firewall rules that let clients in to load balancers of GKE clusters."""

    GKE = "gke"
    """GKE's agent of the project."""
    BY_HAND = "by_hand"
    """People, as openings of the network's firewall."""


class ServiceProject(Project):
    """A project whose clusters stand in the host project's network; it belongs to one environment."""

    load_balancer_rules: LoadBalancerRules | None = None
    """Who lets clients in to what a Service of type LoadBalancer, an Ingress or a Gateway makes: gke, whose agent may then
    make, change and delete every VPC firewall rule of the host project, or by_hand, as network.firewall.allows. The
    agent's rules are asked before network.firewall, which does not bind them; a constraint of Policy Controller does.
    Nobody when absent, which `hybrid check` warns of. Another one gives and takes the agent's role in place; rules that it
    made stay."""


class GoogleConfig(Model):
    """One host project, the service projects that are attached to it, and what is in them."""

    judged_from_outside: ClassVar[bool] = True

    host_project: HostProject
    """The fleet host project, which is the Shared VPC host project too."""
    region: Region
    """Region of what does not say its own."""
    services: tuple[ServiceName, ...] = ()
    """APIs to switch on in the host project beside those that the environment's content needs, for
    example what another environment that shares the project needs; none when absent."""
    service_projects: dict[Key, ServiceProject] = {}
    """Projects that are attached to the Shared VPC, by name; none when absent."""
    network: NetworkConfig | None = None
    """The Shared VPC; none when absent."""
    kms_keys: dict[Key, KmsKeyConfig] = {}
    """Cloud KMS keys by purpose; none when absent."""
    gke_clusters: dict[Key, GkeClusterConfig] = {}
    """GKE clusters by name; none when absent."""
    names: dict[DerivedName, ResourceName] = {}
    """Names that stay as they are in Google Cloud, of what has no entry of its own beside which to say one, by what the
    derived name says after organization and environment: network, nat-europe-north1, vpn-onprem-a; behind a slash what would
    be called the same, such as nat-europe-north1/router, vpn/hub or vpn-onprem-a/session. Derived when absent. Another one
    replaces what is called so, and for the network all that stands in it. No two of a kind are called the same."""
    provider_version: Annotated[str, Field(json_schema_extra={"enum": [*versions("google")]})] = (
        default_version("google")
    )
    """Version of Terraform's google provider: the newest that was proven when absent. An older one is the way back from
    a newer that does harm here. Another one changes no object by itself, and wants the lock files renewed."""

    @rule
    def _provider_version_is_proven(self) -> Iterator[Violation]:
        """The google provider's version is one of those that the stacks were validated with."""
        if self.provider_version not in versions("google"):
            yield Violation(
                ("provider_version",),
                f"must be one of {', '.join(versions('google'))}, got {self.provider_version}; leave it out for "
                f"{default_version('google')}, or add a proven one to estate/facts/providers.json",
            )

    def project_of(self, cluster: GkeClusterConfig) -> Project:
        """The project that a cluster stands in."""
        return self.service_projects[cluster.project] if cluster.project else self.host_project

    def region_of(self, cluster: GkeClusterConfig) -> str:
        """The region that a cluster stands in: its subnet's."""
        subnet = self.network.subnets.get(cluster.subnet) if self.network else None
        return (subnet and subnet.region) or self.region

    def routable_ranges(self) -> Iterator[tuple[Path, IPv4Network]]:
        """Every range that other networks route to, with its path from this section."""
        for path, cidr in self.network.routable_ranges() if self.network else ():
            yield ("network", *path), cidr
        for key, cluster in self.gke_clusters.items():
            yield ("gke_clusters", key, "control_plane_cidr"), cluster.control_plane_cidr
