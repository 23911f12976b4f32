"""The rules of Google Cloud that look at all environments; those of host projects stand beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from estate.model.estate_violation import EstateViolation, InFile
from estate.model.google.environment_rules import cloud_ranges, onprem_ranges
from estate.model.google.gke_cluster import LONGEST_ACCOUNT_ID, LONGEST_CLUSTER_NAME
from estate.model.google.kms_key import LONGEST_RING_NAME
from estate.model.rules import Path

if TYPE_CHECKING:
    from estate.model.environment import Environment
    from estate.model.estate import Estate

Named = tuple[str, Path, str, int, str]
"""Environment, path, name, how long it may be, and what carries it."""


def google_violations(estate: Estate) -> Iterator[EstateViolation]:
    """Check what is in Google Cloud across all environments."""
    yield from _service_projects_belong_to_one(estate)
    yield from _names_are_short(estate)
    yield from _members_of_a_fleet_differ_in_name(estate)
    yield from _subnets_differ_in_name(estate)
    yield from _groups_are_the_organizations(estate)
    yield from _clouds_stand_outside_the_data_centers(estate)


def _service_projects_belong_to_one(estate: Estate) -> Iterator[EstateViolation]:
    """A service project has one host project, and one state that holds its attachment."""
    hosts = {
        environment.google.host_project.id: f"host_project of {name}"
        for name, environment in estate.environments.items()
        if environment.google
    }
    taken: dict[str, str] = {}
    for name, environment in estate.environments.items():
        for key, project in environment.google.service_projects.items() if environment.google else ():
            owner = taken.setdefault(project.id, name)
            also = hosts.get(project.id) or (f"service project of {owner}" if owner != name else None)
            # The environment's own host project is its own model's business.
            if also and also != f"host_project of {name}":
                yield EstateViolation(
                    name,
                    ("google", "service_projects", key, "id"),
                    f"must be no other environment's, got {project.id}, the {also}; give it a project of its own",
                )


def _names_are_short(estate: Estate) -> Iterator[EstateViolation]:
    for environment, path, name, limit, what in _names(estate):
        if len(name) > limit:
            yield EstateViolation(
                environment,
                path,
                f"makes the {what} {name} with {len(name)} characters, at most {limit} are allowed; shorten the key",
                absent=(
                    InFile(None, ("name",)),
                    *(InFile(environment, (*path, field)) for field in ("name", "short_name")),
                ),
            )


def _names(estate: Estate) -> Iterator[Named]:
    organization = estate.organization.name
    for name, environment in estate.environments.items():
        for key, cluster in environment.google.gke_clusters.items() if environment.google else ():
            path = ("google", "gke_clusters", key)
            called = cluster.name_in(organization, name, key)
            yield name, path, called, LONGEST_CLUSTER_NAME, "cluster name"
            account = cluster.account_id_in(organization, name, key)
            yield name, path, account, LONGEST_ACCOUNT_ID, "id of the nodes' service account"
        for key, config in environment.google.kms_keys.items() if environment.google else ():
            ring = config.ring_name_in(organization, name, key)
            yield name, ("google", "kms_keys", key), ring, LONGEST_RING_NAME, "key ring's name"


def _members_of_a_fleet_differ_in_name(estate: Estate) -> Iterator[EstateViolation]:
    """A cluster's name is its membership's, wherever the cluster stands."""
    taken: dict[tuple[str, str], str] = {}
    for place, project, path, called in _members(estate):
        environment, where = place, f"{place} {'.'.join(map(str, path))}"
        owner = taken.setdefault((project, called), where)
        if owner != where and path[0] == "google":
            yield EstateViolation(
                environment,
                path,
                f"must differ in name from {owner} in the same fleet, got {called} for both; "
                "rename one, or give it a name",
                absent=(InFile(None, ("name",)), InFile(environment, (*path, "name"))),
            )


def _members(estate: Estate) -> Iterator[tuple[str, str, Path, str]]:
    """Environment, host project, path and name of every cluster, those on VMware first."""
    organization = estate.organization.name
    with_google = [
        (name, one, one.google.host_project.id) for name, one in estate.environments.items() if one.google
    ]
    for name, one, project in with_google:
        for key, on_prem in one.vmware.user_clusters.items() if one.vmware else ():
            path: Path = ("vmware", "user_clusters", key)
            yield name, project, path, on_prem.name_in(organization, name, key)
    for name, one, project in with_google:
        for key, cluster in one.google.gke_clusters.items() if one.google else ():
            yield name, project, ("google", "gke_clusters", key), cluster.name_in(organization, name, key)


def _subnets_differ_in_name(estate: Estate) -> Iterator[EstateViolation]:
    """A project has a name once in each region."""
    taken: dict[tuple[str, str, str], str] = {}
    for name, environment in estate.environments.items():
        google = environment.google
        if google is None or google.network is None:
            continue
        for key, subnet in google.network.subnets.items():
            path, mine = ("google", "network", "subnets", key), f"{name} google.network.subnets.{key}"
            called = subnet.name_in(estate.organization.name, name, key)
            place = (google.host_project.id, subnet.region or google.region, called)
            owner = taken.setdefault(place, mine)
            if owner != mine:
                yield EstateViolation(
                    name,
                    path,
                    f"must differ in name from {owner}, got {called} for both; rename one, or give it a name",
                    absent=(InFile(None, ("name",)), InFile(name, (*path, "name"))),
                )


def _groups_are_the_organizations(estate: Estate) -> Iterator[EstateViolation]:
    domain = estate.organization.domain
    for name, environment in estate.environments.items():
        network = environment.google and environment.google.network
        for key, subnet in network.subnets.items() if network else ():
            for position, group in enumerate(subnet.network_users):
                if not group.endswith(f"@{domain}"):
                    yield EstateViolation(
                        name,
                        ("google", "network", "subnets", key, "network_users", position),
                        f"must be a group of {domain}, got {group}",
                        absent=(InFile(None, ("domain",)),),
                    )


def _clouds_stand_outside_the_data_centers(estate: Estate) -> Iterator[EstateViolation]:
    environments: list[Environment] = list(estate.environments.values())
    for environment in environments:
        for prefix in onprem_ranges(environment):
            for other in environments:
                for one in cloud_ranges(other) if other is not environment else ():
                    if one.cidr.overlaps(prefix.cidr):
                        yield EstateViolation(
                            environment.environment,
                            prefix.path,
                            f"must not overlap {one} of {one.environment}, which is in a cloud, got {prefix.cidr}; "
                            "correct one of the two",
                        )
