"""Who may do what, as rows of a table: the grants that the stacks make, and clusters' own administrators.

Left out: what entities of the stacks may do among themselves, which nobody acts as, and vCenter, for which
``hybrid permissions`` has a table of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from estate.derived.access.grants import Binding, Grant, grants
from estate.derived.stack_plan import attach_stack
from estate.model.access.team import PLATFORM
from estate.model.estate import Estate
from estate.reading.paths import did_you_mean, quoted
from estate.reading.problems import InvalidInput, Problem
from operations.check.access_by_argo_cd import argo_cd_rows
from operations.check.access_in_clusters import kit_rows, platform_row, role_made_by
from operations.check.access_of_identities import identities
from operations.check.access_row import Row

_ADMIN = "cluster-admin"


def what_may(estate: Estate, who: str, environments: Sequence[str]) -> list[Row]:
    """What a team, the platform team, a person or an address may do in these environments.

    Raises:
        InvalidInput: nobody is called so.
    """
    known = _names(estate)
    if who not in known:
        raise InvalidInput([_unknown("team, group or person", who, sorted(known))])
    there = set(environments)
    return [
        row
        for row in _rows(estate)
        if who in (row.who, row.address) and there.intersection(row.environment.split(", "))
    ]


def who_can(estate: Estate, cluster: str) -> list[Row]:
    """Everybody who may do anything in one cluster, named KEY, ENVIRONMENT/KEY or by its full name.

    Raises:
        InvalidInput: no cluster is called so, or several are.
    """
    found = [(environment, key) for environment, key, names in _clusters(estate) if cluster in names]
    if not found:
        known = [names[0] for _, _, names in _clusters(estate)]
        raise InvalidInput([_unknown("cluster", cluster, known)])
    if len(found) > 1:
        choices = ", ".join(f"{environment}/{key}" for environment, key in found)
        raise InvalidInput.of_file(
            "environments", f"holds several clusters {quoted(cluster)}; say one of {choices}"
        )
    [(name, key)] = found
    return [
        *(
            _row(estate, grant, (name,))
            for grant in grants(estate)
            if name in grant.environments and _reaches(estate, grant, name, key)
        ),
        *kit_rows(estate, name, key),
        *argo_cd_rows(estate, name, key),
        *(row for row in _administrators(estate, name) if row.where == f"cluster {key}"),
    ]


def _reaches(estate: Estate, grant: Grant, name: str, key: str) -> bool:
    """Whether a grant of the environment is good for anything in one of its clusters."""
    if grant.binding is not Binding.CLUSTER_IAM:
        return key in estate.environments[name].members
    google = estate.environments[name].google
    cluster = google.gke_clusters.get(key) if google else None
    return bool(google and cluster and google.project_of(cluster).id == grant.project)


def _rows(estate: Estate) -> Iterator[Row]:
    for grant in grants(estate):
        yield _row(estate, grant, grant.environments)
    for name in estate.environments:
        yield from kit_rows(estate, name)
        yield from argo_cd_rows(estate, name)
        yield from _administrators(estate, name)


def _row(estate: Estate, grant: Grant, environments: Sequence[str]) -> Row:
    grantee = grant.grantee
    role_by_hand = role_made_by(estate.organization, grant.holder, grant.role) if grant.custom else ""
    return Row(
        who=grantee.key,
        address=grantee.address,
        environment=", ".join(environments),
        role=grant.role,
        through=grant.binding.value,
        where=_where(estate, grant),
        until=grant.grantee.expires or "",
        made_by=f"{grant.holder}{role_by_hand}",
    )


def _where(estate: Estate, grant: Grant) -> str:
    if grant.scope is None:
        return f"project {grant.project}"
    scope = f"scope of team {grant.scope}"
    if grant.binding is not Binding.SCOPE_RBAC:
        return scope
    clusters = ", ".join(estate.environments[grant.holder].members)
    namespaces = ", ".join(estate.organization.teams[grant.scope].namespaces)
    return f"{scope}: namespaces {namespaces or 'none yet'}; clusters {clusters or 'none yet'}"


def _administrators(estate: Estate, name: str) -> Iterator[Row]:
    """Administrators of each whole cluster of an environment: the platform team, people, the cluster's own."""
    organization, environment = estate.organization, estate.environments[name]
    on_prem = environment.vmware.user_clusters if environment.vmware else {}
    for key in environment.own_members:
        where = f"cluster {key}"
        if organization.platform_team:
            yield platform_row(estate, name, key, organization.platform_team.group)
        # GKE asks IAM, where people have a grant like any other.
        cluster = on_prem.get(key)
        if cluster is None:
            continue
        for person, entry in organization.break_glass.items():
            if name in entry.environments:
                # The cluster knows no days; without the gateway it is out of reach.
                until = f"{entry.expires} by the gateway"
                yield Row(person, entry.user, name, _ADMIN, "admin_users", where, until, name)
        for user in cluster.admin_users:
            yield Row(user, user, name, _ADMIN, "admin_users", where, "", name)
    yield from _administrators_of_attached(estate, name)
    yield from identities(environment)


def _administrators_of_attached(estate: Estate, name: str) -> Iterator[Row]:
    """Attached clusters take groups and people themselves; AWS identities are no part of the fleet's access."""
    organization, by = estate.organization, attach_stack(name)
    for key in sorted(estate.environments[name].attached_clusters):
        where = f"cluster {key}"
        if organization.platform_team:
            group = organization.platform_team.group
            yield Row(PLATFORM, group, name, _ADMIN, "admin_groups", where, "", by)
        for person, entry in organization.break_glass.items():
            if name in entry.environments:
                until = f"{entry.expires} by the gateway"
                yield Row(person, entry.user, name, _ADMIN, "admin_users", where, until, by)
        own = estate.environments[name].clusters_of_others.get(key)
        for field in ("admin_groups", "admin_users") if own else ():
            for address in getattr(own, field):
                yield Row(address, address, name, _ADMIN, field, where, "", by)


def _clusters(estate: Estate) -> Iterator[tuple[str, str, tuple[str, str, str]]]:
    """Environment, key and names of every cluster, in a fleet or not; the first name is the one that is unique."""
    organization = estate.organization.name
    for name, environment in estate.environments.items():
        for one in environment.clusters:
            yield name, one.key, (f"{name}/{one.key}", one.key, one.name_in(organization, name))


def _names(estate: Estate) -> set[str]:
    """Everything that somebody can be called by, whether or not they may do anything."""
    organization = estate.organization
    names = {*organization.teams, *organization.break_glass}
    names |= {team.group for team in organization.teams.values()}
    names |= {entry.user for entry in organization.break_glass.values()}
    if organization.platform_team:
        names |= {PLATFORM, organization.platform_team.group}
    rows = [row for name in estate.environments for row in _administrators(estate, name)]
    return names | {row.who for row in rows} | {row.address for row in rows}


def _unknown(kind: str, name: str, known: Sequence[str]) -> Problem:
    return Problem.of_file("environments", f"holds no {kind} {quoted(name)}{did_you_mean(name, known)}")
