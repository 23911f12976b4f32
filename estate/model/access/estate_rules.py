"""The rules of access that look at the environments' files, each team looked at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from estate.model.access.rules import groups
from estate.model.estate_violation import EstateViolation, InFile
from estate.model.google.services import owned_services
from estate.model.rules import Path

if TYPE_CHECKING:
    from estate.model.estate import Estate

_CLOUD_IDENTITY = "cloudidentity.googleapis.com"


def access_estate_violations(estate: Estate) -> Iterator[EstateViolation]:
    """Check that access leads somewhere and that people are not groups."""
    yield from _access_needs_a_fleet(estate)
    yield from _administrators_are_people_without_an_end(estate)
    yield from _namespaces_stand_once_in_a_fleet(estate)
    yield from _nesting_has_its_api(estate)


def _access_needs_a_fleet(estate: Estate) -> Iterator[EstateViolation]:
    """Say where a grant would be shown and never made; names that do not exist are reported elsewhere."""
    without = {name for name, environment in estate.environments.items() if not environment.fleet}
    organization = estate.organization
    named: list[tuple[Path, str]] = [
        (("teams", team, "access", environment), environment)
        for team, config in organization.teams.items()
        for environment in config.access
    ]
    named += [
        (("break_glass", key, "environments", position), environment)
        for key, entry in organization.break_glass.items()
        for position, environment in enumerate(entry.environments)
    ]
    for path, environment in named:
        if environment in without:
            yield EstateViolation(
                None,
                path,
                f"names {environment}, which has no fleet to have access to; add fleet: {{}} to it, or leave it out",
                absent=(InFile(environment, ("fleet",)),),
            )


def _administrators_are_people_without_an_end(estate: Estate) -> Iterator[EstateViolation]:
    of_groups = {address for _, address in groups(estate.organization)}
    until = {entry.user: key for key, entry in estate.organization.break_glass.items()}
    for name, environment in estate.environments.items():
        clusters = environment.vmware.user_clusters if environment.vmware else {}
        for key, cluster in clusters.items():
            for position, user in enumerate(cluster.admin_users):
                path = ("vmware", "user_clusters", key, "admin_users", position)
                if user in of_groups:
                    yield EstateViolation(
                        name,
                        path,
                        f"must be a person or service account, got the group {user}; the service takes no groups "
                        "here, and platform_team and teams in organization.yaml are their way in",
                    )
                elif user in until:
                    yield EstateViolation(
                        name,
                        path,
                        f"must not be {user}, who stands in break_glass.{until[user]} of organization.yaml, until a "
                        "day; take one of the two out",
                    )


def _namespaces_stand_once_in_a_fleet(estate: Estate) -> Iterator[EstateViolation]:
    """A fleet has a namespace of a name once, in one scope, and scopes are an environment's own."""
    sharers: dict[str, list[str]] = {}
    for name, environment in estate.environments.items():
        if environment.google and environment.fleet:
            sharers.setdefault(environment.google.host_project.id, []).append(name)
    for team, config in estate.organization.teams.items():
        for project, names in sharers.items() if config.namespaces else ():
            there = [name for name in names if name in config.access]
            if len(there) > 1:
                yield EstateViolation(
                    None,
                    ("teams", team, "namespaces"),
                    f"cannot be made in {' and '.join(there)}, which share the fleet of {project}: a fleet has a "
                    "namespace of a name once; leave namespaces out and have the team make them in the clusters, or "
                    "give one of these environments a host project of its own",
                )


def _nesting_has_its_api(estate: Estate) -> Iterator[EstateViolation]:
    nesting = estate.organization.google_groups.nesting
    environment = estate.environments.get(nesting.environment) if nesting else None
    if environment is None:
        return
    if not environment.google:
        yield EstateViolation(
            None,
            ("google_groups", "nesting", "environment"),
            f"must be an environment with a google section, got {environment.environment}",
            absent=(InFile(environment.environment, ("google",)),),
        )
        return
    owner = estate.environments.get(environment.google.host_project.owner or "", environment)
    if _CLOUD_IDENTITY not in owned_services(owner):
        yield EstateViolation(
            owner.environment,
            ("google",),
            f"must switch on the API that google_groups.nesting uses; add services: [{_CLOUD_IDENTITY}]",
            absent=(
                InFile(environment.environment, ("google", "host_project", "owner")),
                InFile(owner.environment, ("google", "services")),
            ),
        )
