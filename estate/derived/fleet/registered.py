"""The members of fleets but for EKS clusters that are made here, and what each is called there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from estate.model.cluster import ClusterKind
from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.rules import Path

_ORDER: Final = ("admin_cluster", "user_clusters", "gke_clusters", "attached_clusters")


@dataclass(frozen=True)
class Member:
    """A cluster in a fleet.

    Attributes:
        project: the fleet host project; empty where nobody says one.
        name: the cluster's name, which is its membership's.
        path: where it stands, from the whole estate.
    """

    project: str
    name: str
    path: Path

    def __str__(self) -> str:
        environment, *path = self.path
        return f"{environment} {'.'.join(map(str, path))}"


def registered(estate: Estate) -> list[Member]:
    """Admin clusters first, then user clusters, those in Google Cloud, those of others."""
    members = [one for environment in estate.environments.values() for one in _of(estate, environment)]
    return sorted(members, key=lambda member: _ORDER.index(str(member.path[2])))


def _of(estate: Estate, environment: Environment) -> Iterator[Member]:
    names = (estate.organization.name, environment.environment)
    vmware, google, own = environment.vmware, environment.google, environment.environment
    project = google.host_project.id if google else ""
    if vmware and vmware.admin_cluster:
        admin = vmware.admin_cluster
        yield Member(admin.project, admin.name, (own, "vmware", "admin_cluster"))
    for one in environment.clusters:
        # EKS clusters have an account to be unique in, too, and a rule of their own for both.
        if one.kind is not ClusterKind.EKS:
            yield Member(project, one.name_in(*names), (own, *one.path))
