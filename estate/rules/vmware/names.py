"""Rules on the names of clusters on VMware, which are those of their fleet memberships."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.estate import ORGANIZATION, Estate
from estate.model.rules import Path, Violation, rule
from estate.model.vmware.user_cluster import LONGEST_CLUSTER_NAME


@rule(on=Estate)
def cluster_names_are_short(estate: Estate) -> Iterator[Violation]:
    """Names that are made of organization, environment and key fit what the GKE On-Prem API takes."""
    for environment, key, name in _names(estate):
        if len(name) > LONGEST_CLUSTER_NAME:
            yield Violation(
                (environment, "vmware", "user_clusters", key),
                f"makes the cluster name {name} with {len(name)} characters, at most {LONGEST_CLUSTER_NAME} are "
                "allowed; shorten the key, or give the cluster a name",
                *_parts_of_the_name(environment, key),
            )


@rule(on=Estate)
def cluster_names_differ(estate: Estate) -> Iterator[Violation]:
    """A cluster's name is its fleet membership's, whatever its location; admin clusters have one too."""
    taken: dict[tuple[str, str], Path] = {
        (admin.project, admin.name): (environment, "vmware", "admin_cluster")
        for environment, config in estate.environments.items()
        if (admin := config.vmware and config.vmware.admin_cluster)
    }
    for environment, key, name in _names(estate):
        google = estate.environments[environment].google
        mine: Path = (environment, "vmware", "user_clusters", key)
        owner = taken.setdefault((google.host_project.id if google else "", name), mine)
        if owner != mine:
            at, (there, *other) = (
                (owner, mine) if estate.yields(str(owner[0]), environment) else (mine, owner)
            )
            yield Violation(
                at,
                f"must differ in name from {there} {'.'.join(map(str, other))} in the same fleet, got {name} for "
                "both; rename one, or give it a name",
                *_parts_of_the_name(environment, key),
                (*owner, "name"),
            )


def _parts_of_the_name(environment: str, key: str) -> tuple[Path, ...]:
    """Where the parts of a cluster's name stand, besides its key."""
    return (ORGANIZATION, "name"), (environment, "vmware", "user_clusters", key, "name")


def _names(estate: Estate) -> Iterator[tuple[str, str, str]]:
    """Environment, key and name of every user cluster."""
    for environment, config in estate.environments.items():
        for key, cluster in config.vmware.user_clusters.items() if config.vmware else ():
            yield environment, key, cluster.name_in(estate.organization.name, environment, key)
