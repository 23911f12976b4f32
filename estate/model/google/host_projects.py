"""The rules of host projects that several environments share: everything in one has one owner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from estate.model.estate_violation import EstateViolation, InFile
from estate.model.google.services import needed_services, owned_services
from estate.model.rules import Path

if TYPE_CHECKING:
    from estate.model.environment import Environment
    from estate.model.estate import Estate

_OWNER: Path = ("google", "host_project", "owner")
_BRINGS_SERVICES: tuple[Path, ...] = (
    ("google", "services"),
    ("google", "service_projects"),
    ("google", "network"),
    ("google", "kms_keys"),
    ("google", "gke_clusters"),
    ("vmware",),
    ("fleet",),
    ("aws", "eks_clusters"),
)


def host_project_violations(estate: Estate) -> Iterator[EstateViolation]:
    """Check who owns each host project, and that the owner does what the others need."""
    by_project: dict[str, dict[str, Environment]] = {}
    for name, environment in estate.environments.items():
        if environment.google:
            by_project.setdefault(environment.google.host_project.id, {})[name] = environment
    for sharers in by_project.values():
        yield from _numbers_agree(sharers)
        yield from _one_owner(sharers)
        yield from _owner_switches_on_what_others_need(sharers)


def _numbers_agree(sharers: dict[str, Environment]) -> Iterator[EstateViolation]:
    first, numbers = next(iter(sharers)), _numbers(sharers)
    for name, number in numbers.items():
        if number != numbers[first]:
            yield EstateViolation(
                name,
                ("google", "host_project", "number"),
                f"must be {numbers[first]}, as {first} says of the same project, got {number}; "
                "`gcloud projects describe` shows which is right",
            )


def _numbers(sharers: dict[str, Environment]) -> dict[str, int]:
    return {name: one.google.host_project.number for name, one in sharers.items() if one.google}


def _owners(sharers: dict[str, Environment]) -> dict[str, str | None]:
    return {name: one.google.host_project.owner for name, one in sharers.items() if one.google}


def _one_owner(sharers: dict[str, Environment]) -> Iterator[EstateViolation]:
    owners = _owners(sharers)
    owning = [name for name, owner in owners.items() if owner is None]
    for name in owning[1:]:
        yield EstateViolation(
            name,
            ("google", "host_project"),
            f"has two owners, {owning[0]} and {name}; say owner: {owning[0]} here",
            absent=(InFile(name, _OWNER), InFile(owning[0], _OWNER)),
        )
    for name, owner in owners.items():
        if owner == name:
            yield EstateViolation(name, _OWNER, f"names {name} itself; leave owner out, and it is the owner")
        elif owner is not None and owner not in owning:
            yield EstateViolation(
                name,
                _OWNER,
                f"must be the environment that owns the same host_project, got {owner}; "
                + (f"say {owning[0]}" if owning else "leave it out in one environment"),
                absent=(InFile(owner, ("google",)),),
            )


def _owner_switches_on_what_others_need(sharers: dict[str, Environment]) -> Iterator[EstateViolation]:
    for name, owner in _owners(sharers).items():
        if owner is None or owner not in sharers:
            continue
        missing = sorted(needed_services(sharers[name]) - set(owned_services(sharers[owner])))
        if missing:
            yield EstateViolation(
                owner,
                ("google",),
                f"owns the host project that {name} shares, and must switch on what {name} needs; "
                f"add services: [{', '.join(missing)}]",
                absent=tuple(InFile(owner, path) for path in _BRINGS_SERVICES),
            )
