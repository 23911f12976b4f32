"""The rules of access within organization.yaml; each looks at every team once, because there may be hundreds.

Left out: what needs the environments' files, which :mod:`estate.model.access.estate_rules` has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Protocol

from estate.model.access.break_glass import BreakGlass
from estate.model.access.google_groups import GoogleGroups
from estate.model.access.team import PlatformTeam, Team
from estate.model.rules import Path, Violation

SECURITY_GROUPS: Final = "gke-security-groups"
"""The group that holds all groups which clusters see."""

PLATFORM: Final = "platform"
"""What the platform team is called by where a team is called by its key."""

_FIRST_LAST = re.compile(r"[a-z]{2,}\.[a-z]{2,}")


class WithAccess(Protocol):
    """What these rules need of an organization."""

    @property
    def domain(self) -> str:
        """Domain of the groups."""

    @property
    def promotion(self) -> Sequence[str]:
        """The environments."""

    @property
    def teams(self) -> dict[str, Team]:
        """The teams."""

    @property
    def platform_team(self) -> PlatformTeam | None:
        """The team that runs the clusters."""

    @property
    def break_glass(self) -> dict[str, BreakGlass]:
        """People with rights of their own."""

    @property
    def google_groups(self) -> GoogleGroups:
        """What there is to know about groups."""


def groups(organization: WithAccess) -> Iterator[tuple[Path, str]]:
    """Every group that is granted something, with the path of its address; the platform team's first."""
    if organization.platform_team:
        yield ("platform_team", "group"), organization.platform_team.group
    for name, team in organization.teams.items():
        yield ("teams", name, "group"), team.group


def access_violations(organization: WithAccess) -> Iterator[Violation]:
    """Run every rule of access that organization.yaml decides by itself."""
    yield from _groups_are_groups_of_the_domain(organization)
    yield from _a_group_is_one_team(organization)
    yield from _people_are_people(organization)
    yield from _keys_name_one(organization)
    yield from _prefixes_do_not_contain_each_other(organization)
    yield from _environments_exist(organization)


def _groups_are_groups_of_the_domain(organization: WithAccess) -> Iterator[Violation]:
    people = {entry.user: name for name, entry in organization.break_glass.items()}
    for path, address in groups(organization):
        local, _, domain = address.partition("@")
        if domain != organization.domain:
            yield Violation(
                path, f"must be a group of {organization.domain}, got {address}", absent=("domain",)
            )
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


def _a_group_is_one_team(organization: WithAccess) -> Iterator[Violation]:
    taken: dict[str, Path] = {}
    for path, address in groups(organization):
        first = taken.setdefault(address, path)
        if first != path:
            yield Violation(
                path,
                f"must differ from {'.'.join(map(str, first))}, got {address} for both; one group is one team, "
                "so that every grant has one reason",
            )


def _people_are_people(organization: WithAccess) -> Iterator[Violation]:
    of_groups = {address for _, address in groups(organization)}
    taken: dict[str, str] = {}
    for name, entry in organization.break_glass.items():
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


def _keys_name_one(organization: WithAccess) -> Iterator[Violation]:
    """A key is what `hybrid check --who` is asked for."""
    for name in organization.teams:
        if name == PLATFORM:
            yield Violation(("teams", name), f"must not be called {PLATFORM}, as platform_team is; rename it")
    for name in organization.break_glass:
        if name == PLATFORM or name in organization.teams:
            yield Violation(("break_glass", name), f"must not be called as a team is, got {name}; rename it")


def _prefixes_do_not_contain_each_other(organization: WithAccess) -> Iterator[Violation]:
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


def _environments_exist(organization: WithAccess) -> Iterator[Violation]:
    known = set(organization.promotion)
    named: list[tuple[Path, str]] = [
        (("teams", name, "access", environment), environment)
        for name, team in organization.teams.items()
        for environment in team.access
    ]
    named += [
        (("break_glass", name, "environments", position), environment)
        for name, entry in organization.break_glass.items()
        for position, environment in enumerate(entry.environments)
    ]
    if organization.google_groups.nesting:
        named.append(
            (("google_groups", "nesting", "environment"), organization.google_groups.nesting.environment)
        )
    for path, environment in named:
        if environment not in known:
            there = ", ".join(organization.promotion)
            yield Violation(
                path, f"must be an environment: {there}; got {environment}", absent=("promotion",)
            )
