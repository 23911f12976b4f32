"""The Google Cloud side of an environment: its host project, and the APIs that are on in it.

A `google` section with a project and a region and nothing else is a retired one, or one that a first
cluster is still to come to: the provider stays declared.
"""

from __future__ import annotations

from environments.model.base import EnvironmentName, Model
from environments.model.google.values import ProjectId, ProjectNumber, Region, ServiceName


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
