"""Rules on access within organization.yaml; each looks at every team once, because there may be hundreds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from estate.model.access.google_groups import SECURITY_GROUPS
from estate.model.access.team import PLATFORM
from estate.model.organization import Organization
from estate.model.rules import Path, Violation, rule

_FIRST_LAST: Final = re.compile(r"[a-z]{2,}\.[a-z]{2,}")


@rule(on=Organization)
def groups_are_groups_of_the_domain(organization: Organization) -> Iterator[Violation]:
    """A team's group is of the organization's domain, its own, and no person."""
    people = {entry.user: name for name, entry in organization.break_glass.items()}
    for path, address in organization.groups():
        local, _, domain = address.partition("@")
        if domain != organization.domain:
            yield Violation(path, f"must be a group of {organization.domain}, got {address}", ("domain",))
        elif local == SECURITY_GROUPS:
            yield Violation(
                path, f"must be the team's own group, got {address}, which holds the groups of all teams"
            )
        elif address in people:
            yield Violation(
                path,
                f"must be a group, got {address}, a person who stands in break_glass.{people[address]}; "
                "make a group of one and give its address",
            )
        elif _FIRST_LAST.fullmatch(local) and not organization.google_groups.may_look_like_people:
            yield Violation(
                path,
                f"must be a group, got {address}, which looks like a person's; access is by group only; if it is "
                "one, say google_groups: {may_look_like_people: true}",
            )


@rule(on=Organization)
def a_group_is_one_team(organization: Organization) -> Iterator[Violation]:
    """One group is one team, so that every grant has one reason."""
    taken: dict[str, Path] = {}
    for path, address in organization.groups():
        first = taken.setdefault(address, path)
        if first != path:
            yield Violation(
                path,
                f"must differ from {'.'.join(map(str, first))}, got {address} for both; one group is one team, "
                "so that every grant has one reason",
            )


@rule(on=Organization)
def people_are_people(organization: Organization) -> Iterator[Violation]:
    """Who breaks glass is a person of the organization's domain, and stands there once."""
    of_groups = {address for _, address in organization.groups()}
    taken: dict[str, str] = {}
    for name, entry in organization.break_glass.items():
        if entry.user.rpartition("@")[2] != organization.domain:
            yield Violation(
                ("break_glass", name, "user"),
                f"must be a person of {organization.domain}, got {entry.user}; have an account made there for whoever helps out",
                ("domain",),
            )
        if entry.user in of_groups or entry.user.partition("@")[0] == SECURITY_GROUPS:
            yield Violation(
                ("break_glass", name, "user"), f"must be a person, got {entry.user}, which is a group"
            )
        first = taken.setdefault(entry.user, name)
        if first != name:
            yield Violation(
                ("break_glass", name, "user"),
                f"must differ from break_glass.{first}.user, got {entry.user} for both; one entry a person",
            )


@rule(on=Organization)
def keys_name_one(organization: Organization) -> Iterator[Violation]:
    """Nobody is called as somebody else is: a key is what `hybrid who` is asked for."""
    for name in organization.teams:
        if name == PLATFORM:
            yield Violation(("teams", name), f"must not be called {PLATFORM}, as platform_team is; rename it")
    for name in organization.break_glass:
        if name == PLATFORM or name in organization.teams:
            yield Violation(("break_glass", name), f"must not be called as a team is, got {name}; rename it")


@rule(on=Organization)
def prefixes_do_not_contain_each_other(organization: Organization) -> Iterator[Violation]:
    """No namespace could belong to two teams: no prefix begins with another one."""
    # Sorted, a prefix stands right behind what it begins with, or behind others that begin with the same.
    above: list[tuple[str, str]] = []
    for prefix, name in sorted((team.namespace_prefix, name) for name, team in organization.teams.items()):
        while above and not prefix.startswith(above[-1][0]):
            above.pop()
        if above:
            other, owner = above[-1]
            yield Violation(
                ("teams", name, "namespace_prefix"),
                f"must not begin with another team's, got {prefix}, and {owner} has {other}; "
                f"a namespace {prefix}x would belong to both",
            )
        above.append((prefix, name))
