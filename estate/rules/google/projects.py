"""Rules on projects: who owns a host project, and that the owner does what the others need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from estate.derived.google.services import needed_services, owned_services
from estate.model.estate import Estate
from estate.model.google.google import GoogleConfig
from estate.model.rules import Path, Violation, rule

_OWNER: Final[Path] = ("google", "host_project", "owner")
_BRINGS_SERVICES: Final[tuple[Path, ...]] = (
    ("google", "services"),
    ("google", "service_projects"),
    ("google", "network"),
    ("google", "kms_keys"),
    ("google", "gke_clusters"),
    ("vmware",),
    ("fleet",),
    ("aws", "eks_clusters"),
)


@rule(on=GoogleConfig)
def projects_differ(google: GoogleConfig) -> Iterator[Violation]:
    """No two projects of a section have the same id or number."""
    taken = {google.host_project.id: "host_project", google.host_project.number: "host_project"}
    for key, project in google.service_projects.items():
        for field in ("id", "number"):
            value = getattr(project, field)
            if value in taken:
                yield Violation(
                    ("service_projects", key, field),
                    f"must differ from that of {taken[value]}, got {value} for both",
                )
            taken.setdefault(value, f"service_projects.{key}")


@rule(on=Estate)
def service_projects_belong_to_one(estate: Estate) -> Iterator[Violation]:
    """A service project has one host project, and one state that holds its attachment."""
    hosts = {
        environment.google.host_project.id: name
        for name, environment in estate.environments.items()
        if environment.google
    }
    taken: dict[str, str] = {}
    for name, environment in estate.environments.items():
        for key, project in environment.google.service_projects.items() if environment.google else ():
            owner = taken.setdefault(project.id, name)
            host = hosts.get(project.id)
            if host and estate.yields(host, name):
                place: Path = (host, "google", "host_project", "id")
                also = f"service project of {name}"
            else:
                place = (name, "google", "service_projects", key, "id")
                also = f"host_project of {host}" if host else f"service project of {owner}"
            # The environment's own host project is judged with its section.
            if (host or owner) != name:
                yield Violation(
                    place,
                    f"must be no other environment's, got {project.id}, the {also}; give it a project of its own",
                )


@rule(on=Estate)
def numbers_of_a_host_project_agree(estate: Estate) -> Iterator[Violation]:
    """Environments that share a host project say the same number of it."""
    for sharers in _host_projects(estate):
        first, numbers = (
            next(iter(sharers)),
            {name: google.host_project.number for name, google in sharers.items()},
        )
        for name, number in numbers.items():
            if number != numbers[first]:
                yield Violation(
                    (name, "google", "host_project", "number"),
                    f"must be {numbers[first]}, as {first} says of the same project, got {number}; "
                    "`gcloud projects describe` shows which is right",
                )


@rule(on=Estate)
def host_projects_have_one_owner(estate: Estate) -> Iterator[Violation]:
    """Of the environments that share a host project one owns it, and the others name that one."""
    for sharers in _host_projects(estate):
        owners = _owners(sharers)
        owning = [name for name, owner in owners.items() if owner is None]
        for name in owning[1:]:
            yield Violation(
                (name, "google", "host_project"),
                f"has two owners, {owning[0]} and {name}; give it a project of its own, or say owner: {owning[0]} here",
                (name, *_OWNER),
                (owning[0], *_OWNER),
            )
        for name, owner in owners.items():
            if owner == name:
                yield Violation((name, *_OWNER), f"names {name} itself; leave owner out, and it is the owner")
            elif owner is not None and owner not in owning:
                yield Violation(
                    (name, *_OWNER),
                    f"must be the environment that owns the same host_project, got {owner}; "
                    + (f"say {owning[0]}" if owning else "leave it out in one environment"),
                    (owner, "google"),
                )


@rule(on=Estate)
def owners_switch_on_what_others_need(estate: Estate) -> Iterator[Violation]:
    """The owner of a host project switches on every API that those who share it need."""
    for sharers in _host_projects(estate):
        for name, owner in _owners(sharers).items():
            if owner is None or owner not in sharers:
                continue
            on = owned_services(estate.environments[owner])
            missing = sorted(needed_services(estate.environments[name]).difference(on))
            if missing:
                yield Violation(
                    (owner, "google"),
                    f"owns the host project that {name} shares, and must switch on what {name} needs; "
                    f"add services: [{', '.join(missing)}]",
                    *((owner, *path) for path in _BRINGS_SERVICES),
                )


def _host_projects(estate: Estate) -> Iterator[Mapping[str, GoogleConfig]]:
    """The google sections of those who share a host project by environment, for each project."""
    found: dict[str, dict[str, GoogleConfig]] = {}
    for name, environment in estate.environments.items():
        if environment.google:
            found.setdefault(environment.google.host_project.id, {})[name] = environment.google
    yield from found.values()


def _owners(sharers: Mapping[str, GoogleConfig]) -> Mapping[str, str | None]:
    return {name: google.host_project.owner for name, google in sharers.items()}
