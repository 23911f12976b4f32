"""Administrators whom a cluster names by itself, beside the platform team and who breaks glass."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.cluster import ClusterKind
from estate.model.environment import Environment
from estate.model.rules import Path


def named_administrators(environment: Environment) -> Iterator[tuple[Path, str]]:
    """Yield where each stands in the environment's file, and its address: people and service accounts, then groups."""
    on_prem = environment.vmware.user_clusters if environment.vmware else {}
    for key, cluster in on_prem.items():
        for position, user in enumerate(cluster.admin_users):
            yield (*ClusterKind.ON_PREM.path, key, "admin_users", position), user
    for key, attached in environment.clusters_of_others.items():
        for field in ("admin_users", "admin_groups"):
            for position, address in enumerate(getattr(attached, field)):
                yield (*ClusterKind.ATTACHED.path, key, field, position), address
