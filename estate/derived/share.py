"""What one environment's stack makes for the whole estate beside its own sections.

A host project, its IAM and the organization's groups stand once, whoever uses them: each belongs to one
environment, and this says what belongs to which.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from estate.derived.access.grants import Binding, Grant, Grantee, grants, platform_grantee, team_grantee
from estate.derived.fleet.attached import sends_telemetry
from estate.model.estate import Estate


@dataclass(frozen=True)
class Share:
    """One environment's share.

    Attributes:
        grants: what its stack grants, those of one grantee together.
        custom_roles: ClusterRoles that scopes of its fleet bind, of all environments in the fleet, sorted;
            None when it owns no fleet or no scope of the fleet binds any role.
        has_on_prem_clusters: whether it owns a host project that clusters on VMware register with.
        hosts_shared_vpc: whether it owns a host project that service projects are attached to.
        nested: groups that its stack nests in gke-security-groups.
        administrators: addresses of the people who break glass here, sorted.
        lets_telemetry_in: whether its companion stack lets the agents of all attached clusters of the host project
            write logs and metrics there: the first environment's with such clusters does.
    """

    grants: tuple[Grant, ...] = ()
    custom_roles: tuple[str, ...] | None = None
    has_on_prem_clusters: bool = False
    hosts_shared_vpc: bool = False
    nested: tuple[Grantee, ...] = ()
    administrators: tuple[str, ...] = ()
    lets_telemetry_in: bool = False


def shares(estate: Estate) -> Mapping[str, Share]:
    """The share of each environment by name."""
    held: dict[str, list[Grant]] = {name: [] for name in estate.environments}
    bound: dict[str, set[str]] = {}
    for grant in grants(estate):
        held[grant.holder].append(grant)
        if grant.binding is Binding.SCOPE_RBAC:
            bound.setdefault(grant.project, set()).update({grant.role} if grant.custom else ())
    on_prem = {
        environment.google.host_project.id
        for environment in estate.environments.values()
        if environment.google and environment.vmware
    }
    shared = {
        environment.google.host_project.id
        for environment in estate.environments.values()
        if environment.google and environment.google.service_projects
    }
    writers: dict[str, str] = {}
    for name, environment in estate.environments.items():
        if environment.google and sends_telemetry(environment):
            writers.setdefault(environment.google.host_project.id, name)
    found = {}
    for name, environment in estate.environments.items():
        project = environment.google.host_project if environment.google else None
        owned = project.id if project and project.owner is None else None
        roles = bound.get(owned) if owned and environment.fleet else None
        found[name] = Share(
            grants=tuple(held[name]),
            custom_roles=None if roles is None else tuple(sorted(roles)),
            has_on_prem_clusters=owned in on_prem,
            hosts_shared_vpc=owned in shared,
            nested=_nested(estate, name),
            administrators=_administrators(estate, name),
            lets_telemetry_in=project is not None and writers.get(project.id) == name,
        )
    return found


def _administrators(estate: Estate, name: str) -> tuple[str, ...]:
    entries = estate.organization.break_glass.values()
    return tuple(sorted(entry.user for entry in entries if name in entry.environments))


def _nested(estate: Estate, name: str) -> tuple[Grantee, ...]:
    organization = estate.organization
    nesting = organization.google_groups.nesting
    if nesting is None or nesting.environment != name:
        return ()
    platform = [platform_grantee(organization.platform_team)] if organization.platform_team else []
    return (*platform, *(team_grantee(key, team) for key, team in organization.teams.items()))
