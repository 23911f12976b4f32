"""Everything that anybody may do, as plain data: what the stacks build and what `hybrid check` shows.

A grant is one object in Google Cloud: an IAM binding of a host or service project, one of a scope, or a Kubernetes
role binding that a scope brings to its clusters. Each has exactly one holder, the environment whose stack
makes it: a scope belongs to its environment, and a host project's IAM to the environment that owns the
project, so that no two stacks make the same binding and destroy it for each other.

Left out: administrators of whole clusters on VMware, whom no scope makes; they pass the gateway by a grant,
and are administrators by each cluster's own means (docs/adr/0012). GKE obeys IAM, so there it is a grant.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from estate.model.access.break_glass import BreakGlass
from estate.model.access.team import PLATFORM, Access, CustomAccess, PlatformTeam, Team, level
from estate.model.access.values import AccessLevel
from estate.model.estate import Estate
from estate.model.google.google import GoogleConfig, HostProject


class Binding(StrEnum):
    """Through what a grant is made."""

    PROJECT_IAM = "project IAM"
    CLUSTER_IAM = "IAM of the clusters' project"
    SCOPE_IAM = "scope IAM"
    SCOPE_RBAC = "scope RBAC"


class GranteeKind(StrEnum):
    """Who is granted something."""

    TEAM = "team"
    PLATFORM = "platform team"
    BREAK_GLASS = "break glass"


@dataclass(frozen=True)
class Grantee:
    """Somebody who is granted something.

    Attributes:
        kind: what they are.
        key: key in organization.yaml, `platform` for the platform team.
        address: bare address of the group or person.
        expires: day from whose beginning IAM lets them through no more; None for ever.
        reason: why, in a person's words; empty for groups, whose team is the reason.
    """

    kind: GranteeKind
    key: str
    address: str
    expires: str | None = None
    reason: str = ""

    @property
    def is_group(self) -> bool:
        """Whether the address is a group's."""
        return self.kind is not GranteeKind.BREAK_GLASS

    @property
    def member(self) -> str:
        """The address as IAM wants it."""
        return f"group:{self.address}" if self.is_group else f"user:{self.address}"


@dataclass(frozen=True)
class Grant:
    """One thing that somebody may do.

    Attributes:
        grantee: who.
        binding: through what.
        role: an IAM role, a predefined role of a scope in small letters, or a ClusterRole.
        custom: whether the role is a ClusterRole of the organization's own.
        project: host project in which it is granted; with CLUSTER_IAM the project that GKE clusters stand in.
        scope: key of the team whose scope it is good in, None where the whole project is meant.
        environments: where it is good for something, in promotion order.
        holder: environment whose stack makes it.
    """

    grantee: Grantee
    binding: Binding
    role: str
    project: str
    environments: tuple[str, ...]
    holder: str
    scope: str | None = None
    custom: bool = False


_GATEWAY: Final = {
    AccessLevel.VIEW: "roles/gkehub.gatewayReader",
    AccessLevel.EDIT: "roles/gkehub.gatewayEditor",
    AccessLevel.ADMIN: "roles/gkehub.gatewayAdmin",
}
_SCOPE_ON_PROJECT: Final = {
    AccessLevel.VIEW: "roles/gkehub.scopeViewerProjectLevel",
    AccessLevel.EDIT: "roles/gkehub.scopeEditorProjectLevel",
    AccessLevel.ADMIN: "roles/gkehub.scopeEditorProjectLevel",
}
_SCOPE: Final = {
    AccessLevel.VIEW: "roles/gkehub.scopeViewer",
    AccessLevel.EDIT: "roles/gkehub.scopeEditor",
    AccessLevel.ADMIN: "roles/gkehub.scopeAdmin",
}
_VIEWER: Final = "roles/gkehub.viewer"
_CLUSTER_ADMIN: Final = "roles/container.admin"


def grants(estate: Estate) -> tuple[Grant, ...]:
    """Every grant of the estate, those of one grantee together, each object once."""
    found: dict[tuple[str, ...], Grant] = {}
    grantees = list(_grantees(estate))
    for environment in estate.environments.values():
        for grantee, by_environment in grantees:
            access = by_environment.get(environment.environment)
            if access is None or not environment.fleet or not environment.google:
                continue
            for grant in (
                *_grants(environment.environment, environment.google.host_project, grantee, access),
                *_grants_on_clusters(environment.environment, environment.google, grantee),
            ):
                on_project = grant.binding in {Binding.PROJECT_IAM, Binding.CLUSTER_IAM}
                where = "" if on_project else environment.environment
                key = (grant.binding, grant.project, where, grant.role, grantee.member)
                known = found.get(key)
                found[key] = (
                    replace(known, environments=(*known.environments, *grant.environments))
                    if known
                    else grant
                )
    order = {grantee: position for position, (grantee, _) in enumerate(grantees)}
    return tuple(sorted(found.values(), key=lambda grant: order[grant.grantee]))


def _grantees(estate: Estate) -> Iterator[tuple[Grantee, dict[str, Access]]]:
    """Everybody with their access by environment: the platform team, the teams, people."""
    organization = estate.organization
    if organization.platform_team:
        everywhere: dict[str, Access] = dict.fromkeys(estate.environments, AccessLevel.ADMIN)
        yield platform_grantee(organization.platform_team), everywhere
    for key, team in organization.teams.items():
        yield team_grantee(key, team), dict(team.access)
    for key, entry in organization.break_glass.items():
        there: dict[str, Access] = dict.fromkeys(entry.environments, AccessLevel.ADMIN)
        yield _break_glass_grantee(key, entry), there


def platform_grantee(team: PlatformTeam) -> Grantee:
    """The platform team as a grantee."""
    return Grantee(GranteeKind.PLATFORM, PLATFORM, team.group)


def team_grantee(key: str, team: Team) -> Grantee:
    """A team as a grantee."""
    return Grantee(GranteeKind.TEAM, key, team.group)


def _break_glass_grantee(key: str, entry: BreakGlass) -> Grantee:
    return Grantee(GranteeKind.BREAK_GLASS, key, entry.user, entry.expires, entry.reason)


def _grants(name: str, project: HostProject, grantee: Grantee, access: Access) -> Iterator[Grant]:
    holder, reach = project.owner or name, level(access)
    yield Grant(grantee, Binding.PROJECT_IAM, _VIEWER, project.id, (name,), holder)
    yield Grant(grantee, Binding.PROJECT_IAM, _GATEWAY[reach], project.id, (name,), holder)
    if grantee.kind is not GranteeKind.TEAM:
        return
    custom = isinstance(access, CustomAccess)
    # Bound to a role of one's own, the scope itself is only looked at.
    looks = AccessLevel.VIEW if custom else reach
    role = access.custom_role if isinstance(access, CustomAccess) else access.value
    yield Grant(grantee, Binding.PROJECT_IAM, _SCOPE_ON_PROJECT[looks], project.id, (name,), holder)
    yield Grant(grantee, Binding.SCOPE_IAM, _SCOPE[looks], project.id, (name,), name, grantee.key)
    yield Grant(grantee, Binding.SCOPE_RBAC, role, project.id, (name,), name, grantee.key, custom)


def _grants_on_clusters(name: str, google: GoogleConfig, grantee: Grantee) -> Iterator[Grant]:
    """Administrators of GKE clusters without regard to the fleet, for those who break glass."""
    if grantee.kind is not GranteeKind.BREAK_GLASS:
        return
    projects = {google.project_of(cluster).id for cluster in google.gke_clusters.values()}
    for project in sorted(projects):
        of_host = project == google.host_project.id
        holder = (google.host_project.owner or name) if of_host else name
        yield Grant(grantee, Binding.CLUSTER_IAM, _CLUSTER_ADMIN, project, (name,), holder)
