"""Which cluster is attached to which fleet, and who administers it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AttachSite:
    """A cluster and its fleet; literal values.

    Attributes:
        name: name of the cluster, and so of its membership.
        project_id: the fleet host project.
        project_number: its number, which the service wants for the fleet.
        location: Google Cloud region that administers the cluster.
        admin_groups: groups whose members administer it, by their addresses.
        admin_users: people who administer it, by their addresses.
    """

    name: str
    project_id: str
    project_number: int
    location: str
    admin_groups: tuple[str, ...]
    admin_users: tuple[str, ...]
