"""The rules of EKS clusters that look at the names of every member of their fleets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from estate.model.aws.eks_addons import ADDONS
from estate.model.estate_violation import EstateViolation, InFile

if TYPE_CHECKING:
    from estate.model.environment import Environment
    from estate.model.estate import Estate

_LONGEST_ROLE_NAME: Final = 64
_MOST_ADMINISTRATORS: Final = 10


def attached_estate_violations(estate: Estate) -> Iterator[EstateViolation]:
    """Check the names of EKS clusters, which are those of their memberships, and access to them."""
    yield from _role_names_are_short(estate)
    yield from _names_differ(estate)
    yield from _lists_are_short(estate)


def _eks_clusters(estate: Estate) -> Iterator[tuple[Environment, str, str, str]]:
    """Environment, key, name and short name of every EKS cluster."""
    for name, environment in estate.environments.items():
        for key, cluster in environment.aws.eks_clusters.items() if environment.aws else ():
            called = cluster.name_in(estate.organization.name, name, key)
            yield environment, key, called, cluster.short_name or key


def _role_names_are_short(estate: Estate) -> Iterator[EstateViolation]:
    """IAM takes fewer characters than EKS, and the longest role is that of an add-on."""
    for environment, key, _, short_name in _eks_clusters(estate):
        part = max((name for name, addon in ADDONS.items() if addon.policy), key=len)
        name = f"{estate.organization.name}-{environment.environment}-eks-{short_name}-{part}"
        if len(name) > _LONGEST_ROLE_NAME:
            yield EstateViolation(
                environment.environment,
                ("aws", "eks_clusters", key),
                f"makes the role name {name} with {len(name)} characters, IAM takes {_LONGEST_ROLE_NAME}; shorten the "
                "key and keep the cluster's name with name:, or choose another short_name",
                absent=(
                    InFile(None, ("name",)),
                    InFile(environment.environment, ("aws", "eks_clusters", key, "short_name")),
                ),
            )


def _names_differ(estate: Estate) -> Iterator[EstateViolation]:
    """Within an account and region, and within a fleet, whatever kind of cluster has the name there."""
    taken = dict(_names_of_other_members(estate))
    for environment, key, name, _ in _eks_clusters(estate):
        mine = f"{environment.environment} aws.eks_clusters.{key}"
        places = (_project(environment), _region(environment))
        owners = [taken.setdefault((place, name), mine) for place in places if place]
        other = next((owner for owner in owners if owner != mine), None)
        if other:
            yield EstateViolation(
                environment.environment,
                ("aws", "eks_clusters", key),
                f"must differ in name from {other}, got {name} for both; rename one, or give it a name",
                absent=_parts_of_the_name(environment.environment, key),
            )


def _names_of_other_members(estate: Estate) -> Iterator[tuple[tuple[str, str], str]]:
    organization = estate.organization.name
    for name, environment in estate.environments.items():
        project, vmware, google = _project(environment), environment.vmware, environment.google
        for key, on_prem in vmware.user_clusters.items() if vmware else ():
            yield (project, on_prem.name_in(organization, name, key)), f"{name} vmware.user_clusters.{key}"
        for key, cluster in google.gke_clusters.items() if google else ():
            yield (project, cluster.name_in(organization, name, key)), f"{name} google.gke_clusters.{key}"
        if vmware and vmware.admin_cluster:
            yield (project, vmware.admin_cluster.name), f"{name} vmware.admin_cluster"


def _region(environment: Environment) -> str:
    return f"{environment.aws.account_id} {environment.aws.region}" if environment.aws else ""


def _project(environment: Environment) -> str:
    return environment.google.host_project.id if environment.google else ""


def _lists_are_short(estate: Estate) -> Iterator[EstateViolation]:
    """The service takes ten administrators of a cluster; people who break glass are administrators of all."""
    for environment, key, _, _ in _eks_clusters(estate):
        people = [
            entry
            for entry in estate.organization.break_glass.values()
            if environment.environment in entry.environments
        ]
        if len(people) > _MOST_ADMINISTRATORS:
            yield EstateViolation(
                environment.environment,
                ("aws", "eks_clusters", key, "attach"),
                f"takes at most {_MOST_ADMINISTRATORS} people as administrators, got {len(people)} of break_glass in "
                "organization.yaml; take those out that have expired",
            )


def _parts_of_the_name(environment: str, key: str) -> tuple[InFile, ...]:
    """Where the parts of a cluster's name stand, besides its key."""
    return InFile(None, ("name",)), InFile(environment, ("aws", "eks_clusters", key, "name"))
