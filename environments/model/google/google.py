"""The Google Cloud side of an environment: its host project, and the APIs that are on in it.

A `google` section with a project and a region and nothing else is a retired one, or one that a first
cluster is still to come to: the provider stays declared.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

from environments.model.base import EnvironmentName, Model
from environments.model.google.network import NetworkConfig
from environments.model.google.values import ProjectId, ProjectNumber, Region, ServiceName
from environments.model.rules import Path


class HostProject(Model):
    """The project that holds the fleet and that the on-prem clusters register with."""

    id: ProjectId
    """Id of the project. Another one replaces everything in it."""
    number: ProjectNumber
    """Number of the same project; memberships and service agents carry it."""
    owner: EnvironmentName | None = None
    """The environment that owns what a project has only once (its services, its fleet) where several
    environments share the project; this one when absent."""


class GoogleConfig(Model):
    """One host project."""

    host_project: HostProject
    """The fleet host project."""
    region: Region
    """Region of what does not say its own."""
    services: tuple[ServiceName, ...] = ()
    """APIs to switch on in the host project beside those that the environment's content needs, for
    example what another environment that shares the project needs; none when absent."""
    network: NetworkConfig | None = None
    """The VPC network of the host project; none when absent."""

    def routable_ranges(self) -> Iterator[tuple[Path, IPv4Network]]:
        """Every range that other networks route to, with its path from this section."""
        for path, cidr in self.network.routable_ranges() if self.network else ():
            yield ("network", *path), cidr
