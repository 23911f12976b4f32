"""Rules on access that look at the environments' files, each team looked at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.derived.access.administrators import named_administrators
from estate.derived.google.services import owned_services
from estate.model.estate import ORGANIZATION, Estate
from estate.model.organization import Organization
from estate.model.rules import Path, Violation, rule

_CLOUD_IDENTITY: Final = "cloudidentity.googleapis.com"


@rule(on=Estate)
def access_needs_a_fleet(estate: Estate) -> Iterator[Violation]:
    """Access is to environments with a fleet: elsewhere a grant would be shown and never made.

    Names that do not exist are reported elsewhere.
    """
    without = {name for name, environment in estate.environments.items() if not environment.fleet}
    for path, environment in _named(estate.organization):
        if environment in without:
            yield Violation(
                path,
                f"names {environment}, which has no fleet to have access to; add fleet: {{}} to it, or leave it out",
                (environment, "fleet"),
            )


@rule(on=Estate)
def environments_exist(estate: Estate) -> Iterator[Violation]:
    """Access, break-glass entries and the nesting of groups name environments that there are.

    One that has a file is there, though promotion misspells it.
    """
    organization = estate.organization
    known = {*organization.promotion, *estate.environments}
    nesting = organization.google_groups.nesting
    path: Path = (ORGANIZATION, "google_groups", "nesting", "environment")
    for place, environment in (*_named(organization), *([(path, nesting.environment)] if nesting else [])):
        if environment not in known:
            yield Violation(
                place,
                f"must be an environment: {', '.join(organization.promotion)}; got {environment}",
                (ORGANIZATION, "promotion"),
                (environment,),
            )


def _named(organization: Organization) -> Iterator[tuple[Path, str]]:
    """The environments that people are given access to, each with the place that names it."""
    for team, config in organization.teams.items():
        for environment in config.access:
            yield (ORGANIZATION, "teams", team, "access", environment), environment
    for key, entry in organization.break_glass.items():
        for position, environment in enumerate(entry.environments):
            yield (ORGANIZATION, "break_glass", key, "environments", position), environment


@rule(on=Estate)
def administrators_are_people_without_an_end(estate: Estate) -> Iterator[Violation]:
    """Administrators of a cluster are people, and none whose rights end on a day."""
    of_groups = {address for _, address in estate.organization.groups()}
    until = {entry.user: key for key, entry in estate.organization.break_glass.items()}
    for name, environment in estate.environments.items():
        for where, user in named_administrators(environment):
            path = (name, *where)
            if "admin_groups" in where:
                continue
            if user in of_groups:
                yield Violation(
                    path,
                    f"must be a person or service account, got the group {user}; the service takes no groups "
                    "here, and platform_team and teams in organization.yaml are their way in",
                )
            elif user in until:
                yield Violation(
                    path,
                    f"must not be {user}, who stands in break_glass.{until[user]} of organization.yaml, until a "
                    "day; take one of the two out",
                )


@rule(on=Estate)
def namespaces_stand_once_in_a_fleet(estate: Estate) -> Iterator[Violation]:
    """A fleet has a namespace of a name once, in one scope, and scopes are an environment's own."""
    sharers: dict[str, list[str]] = {}
    for name, environment in estate.environments.items():
        if environment.google and environment.fleet:
            sharers.setdefault(environment.google.host_project.id, []).append(name)
    for team, config in estate.organization.teams.items():
        for project, names in sharers.items() if config.namespaces else ():
            there = [name for name in names if name in config.access]
            if len(there) > 1:
                yield Violation(
                    (ORGANIZATION, "teams", team, "namespaces"),
                    f"cannot be made in {' and '.join(there)}, which share the fleet of {project}: a fleet has a "
                    "namespace of a name once; leave namespaces out and have the team make them in the clusters, or "
                    "give one of these environments a host project of its own",
                )


@rule(on=Estate)
def nesting_has_its_api(estate: Estate) -> Iterator[Violation]:
    """The environment that nests groups has a google section, and the API for it is on."""
    nesting = estate.organization.google_groups.nesting
    environment = estate.environments.get(nesting.environment) if nesting else None
    if environment is None:
        return
    if not environment.google:
        yield Violation(
            (ORGANIZATION, "google_groups", "nesting", "environment"),
            f"must be an environment with a google section, got {environment.environment}",
            (environment.environment, "google"),
        )
        return
    said = environment.google.host_project.owner or environment.environment
    owner = estate.environments.get(said, environment)
    if _CLOUD_IDENTITY not in owned_services(owner):
        yield Violation(
            (owner.environment, "google"),
            f"must switch on the API that google_groups.nesting uses; add services: [{_CLOUD_IDENTITY}]",
            (environment.environment, "google", "host_project", "owner"),
            (said, "google", "services"),
        )


@rule(on=Estate)
def network_users_are_the_organizations(estate: Estate) -> Iterator[Violation]:
    """Groups that may use a subnet are of the organization's domain."""
    domain = estate.organization.domain
    for name, environment in estate.environments.items():
        network = environment.google and environment.google.network
        for key, subnet in network.subnets.items() if network else ():
            for position, group in enumerate(subnet.network_users):
                if not group.endswith(f"@{domain}"):
                    yield Violation(
                        (name, "google", "network", "subnets", key, "network_users", position),
                        f"must be a group of {domain}, got {group}",
                        (ORGANIZATION, "domain"),
                    )
