"""The rules that on-prem clusters of several environments share."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations
from typing import TYPE_CHECKING

from estate.model.estate_violation import EstateViolation, InFile
from estate.model.vmware.user_cluster import LONGEST_CLUSTER_NAME

if TYPE_CHECKING:
    from estate.model.estate import Estate


def vmware_violations(estate: Estate) -> Iterator[EstateViolation]:
    """Check the on-prem clusters of all environments against each other."""
    yield from _cluster_names_are_short(estate)
    yield from _cluster_names_differ(estate)
    yield from _claims_of_an_admin_cluster_agree(estate)
    yield from _admin_addresses_are_left_alone(estate)
    yield from _admin_clusters_stand_apart(estate)


def _cluster_names_are_short(estate: Estate) -> Iterator[EstateViolation]:
    for environment, key, name in _names(estate):
        if len(name) > LONGEST_CLUSTER_NAME:
            yield EstateViolation(
                environment,
                ("vmware", "user_clusters", key),
                f"makes the cluster name {name} with {len(name)} characters, at most {LONGEST_CLUSTER_NAME} are "
                "allowed; shorten the key, or give the cluster a name",
                absent=_parts_of_the_name(environment, key),
            )


def _cluster_names_differ(estate: Estate) -> Iterator[EstateViolation]:
    """A cluster's name is its fleet membership's, whatever its location; admin clusters have one too."""
    taken = {
        (admin.project, admin.name): f"{environment} vmware.admin_cluster"
        for environment, config in estate.environments.items()
        if (admin := config.vmware and config.vmware.admin_cluster)
    }
    for environment, key, name in _names(estate):
        google = estate.environments[environment].google
        project = google.host_project.id if google else ""
        owner = taken.setdefault((project, name), f"{environment} vmware.user_clusters.{key}")
        if owner != f"{environment} vmware.user_clusters.{key}":
            yield EstateViolation(
                environment,
                ("vmware", "user_clusters", key),
                f"must differ in name from {owner} in the same fleet, got {name} for both; "
                "rename one, or give it a name",
                absent=_parts_of_the_name(environment, key),
            )


def _claims_of_an_admin_cluster_agree(estate: Estate) -> Iterator[EstateViolation]:
    """Environments may share an admin cluster; it runs one version."""
    claims: dict[str, tuple[str, str]] = {}
    for environment, config in estate.environments.items():
        admin = config.vmware.admin_cluster if config.vmware else None
        if not admin:
            continue
        first, version = claims.setdefault(admin.membership, (environment, admin.version))
        if version != admin.version:
            yield EstateViolation(
                environment,
                ("vmware", "admin_cluster", "version"),
                f"must be {version}, as {first} says of the same admin cluster, got {admin.version}; "
                "`gcloud container vmware admin-clusters list` shows which is right",
            )


def _admin_addresses_are_left_alone(estate: Estate) -> Iterator[EstateViolation]:
    sections = {name: one.vmware for name, one in estate.environments.items() if one.vmware}
    for (one, admin), (other, section) in permutations(sections.items(), 2):
        for mine in admin.admin_uses():
            for key, use in section.cluster_uses():
                if use.addresses.overlaps(mine.addresses):
                    yield EstateViolation(
                        other,
                        ("vmware", *use.path),
                        f"must not overlap vmware.{'.'.join(map(str, mine.path))} {mine.addresses} of {one}, "
                        f"got {use.addresses} for the {use.words} of {key}; choose free addresses",
                    )


def _admin_clusters_stand_apart(estate: Estate) -> Iterator[EstateViolation]:
    """Two files may speak of one admin cluster; two admin clusters share no address."""
    clusters = [
        (name, one.vmware.admin_cluster)
        for name, one in estate.environments.items()
        if one.vmware and one.vmware.admin_cluster
    ]
    for (one, mine), (other, theirs) in combinations(clusters, 2):
        if mine.membership == theirs.membership:
            continue
        for path, addresses in theirs.uses():
            for _, taken in mine.uses():
                if addresses.overlaps(taken):
                    yield EstateViolation(
                        other,
                        ("vmware", "admin_cluster", *path),
                        f"must not overlap {taken} of {one}'s admin cluster, got {addresses}; correct one of the two",
                    )


def _parts_of_the_name(environment: str, key: str) -> tuple[InFile, ...]:
    """Where the parts of a cluster's name stand, besides its key."""
    return InFile(None, ("name",)), InFile(environment, ("vmware", "user_clusters", key, "name"))


def _names(estate: Estate) -> Iterator[tuple[str, str, str]]:
    """Environment, key and name of every user cluster."""
    for environment, config in estate.environments.items():
        for key, cluster in config.vmware.user_clusters.items() if config.vmware else ():
            yield environment, key, cluster.name_in(estate.organization.name, environment, key)
