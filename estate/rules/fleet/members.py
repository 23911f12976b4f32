"""Rules on who is a member of a fleet, what a member is called there, and who administers it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.derived.fleet.registered import Member, registered
from estate.model.aws.eks_addons import ADDONS
from estate.model.cluster import Cluster, ClusterKind
from estate.model.environment import Environment
from estate.model.estate import ORGANIZATION, Estate
from estate.model.naming import physical_name
from estate.model.rules import Violation, rule

_LONGEST_ROLE_NAME: Final = 64
_MOST_ADMINISTRATORS: Final = 10


@rule(on=Environment)
def on_prem_clusters_have_a_fleet_host_project(environment: Environment) -> Iterator[Violation]:
    """Clusters on VMware register with a host project of the environment's."""
    if environment.vmware and not environment.google:
        yield Violation(
            ("vmware",),
            "needs google with the host_project that the clusters register with; add it",
            ("google",),
        )


@rule(on=Environment)
def on_prem_clusters_have_a_fleet(environment: Environment) -> Iterator[Violation]:
    """Clusters on VMware register themselves, so there is a fleet, and it is said whose."""
    if environment.vmware and not environment.fleet:
        yield Violation(
            ("vmware",),
            "needs fleet: clusters on VMware register themselves, and the first of them, the admin cluster, "
            "makes a fleet that no file owns; add fleet: {}",
            ("fleet",),
        )


@rule(on=Environment)
def gke_clusters_have_a_fleet(environment: Environment) -> Iterator[Violation]:
    """Clusters in Google Cloud are members of a fleet, and people come to them through it."""
    google = environment.google
    if google and google.gke_clusters and not environment.fleet:
        yield Violation(
            ("google", "gke_clusters"),
            "needs fleet: clusters are members of it, and people come to them through it; add fleet: {}",
            ("fleet",),
        )


@rule(on=Environment)
def attached_clusters_have_a_fleet(environment: Environment) -> Iterator[Violation]:
    """An attached cluster joins a fleet that there is."""
    for one in environment.clusters:
        if not one.is_attached and one.kind is not ClusterKind.ATTACHED:
            continue
        path = (*one.path, "attach") if one.kind is ClusterKind.EKS else one.path
        if environment.google is None:
            yield Violation(
                path, "needs google with the host_project whose fleet the cluster joins; add it", ("google",)
            )
        elif environment.fleet is None:
            yield Violation(path, "needs fleet, which the cluster joins; add fleet: {}", ("fleet",))


@rule(on=Environment)
def fleets_have_a_host_project(environment: Environment) -> Iterator[Violation]:
    """A fleet is that of a host project; an environment with members is told so by them."""
    told = environment.vmware or environment.attached_clusters or environment.clusters_of_others
    if environment.fleet is None or environment.google or told:
        return
    yield Violation(("fleet",), "needs google with the host_project whose fleet it is; add it", ("google",))


@rule(on=Environment)
def members_have_keys_of_their_own(environment: Environment) -> Iterator[Violation]:
    """No two clusters of an environment have the same key, by which settings of the fleet name them."""
    taken: dict[str, Cluster] = {}
    for one in environment.clusters:
        owner = taken.setdefault(one.key, one)
        if owner is not one:
            yield Violation(
                one.path,
                f"must differ from {owner}: settings of the fleet name a cluster by its key; rename one, and keep its "
                "name with name:",
            )


@rule(on=Estate)
def role_names_of_eks_clusters_are_short(estate: Estate) -> Iterator[Violation]:
    """IAM takes fewer characters than EKS, and the longest role is that of an add-on."""
    part = max((name for name, addon in ADDONS.items() if addon.policy), key=len)
    for environment, key, _, short_name in _eks_clusters(estate):
        path = (environment.environment, "aws", "eks_clusters", key)
        name = physical_name(estate.organization.name, environment.environment, "eks", short_name, part)
        if len(name) > _LONGEST_ROLE_NAME:
            yield Violation(
                path,
                f"makes the role name {name} with {len(name)} characters, IAM takes {_LONGEST_ROLE_NAME}; shorten the "
                "key and keep the cluster's name with name:, or choose another short_name",
                (ORGANIZATION, "name"),
                (*path, "short_name"),
            )


@rule(on=Estate)
def members_differ_in_name(estate: Estate) -> Iterator[Violation]:
    """A cluster's name is its membership's, and a fleet has it once, wherever the cluster stands."""
    taken: dict[tuple[str, str], Member] = {}
    for member in registered(estate):
        owner = taken.setdefault((member.project, member.name), member)
        # Environments may speak of one admin cluster.
        if owner != member and member.path[2] != "admin_cluster":
            yield _same_name(estate, member, owner, " in the same fleet")


@rule(on=Estate)
def eks_clusters_differ_in_name(estate: Estate) -> Iterator[Violation]:
    """A name is one EKS cluster's in its account and region, and one member's in a fleet, whatever its kind."""
    taken = {(member.project, member.name): member for member in registered(estate)}
    for environment, key, name, _ in _eks_clusters(estate):
        project = environment.google.host_project.id if environment.google else ""
        mine = Member(project, name, (environment.environment, "aws", "eks_clusters", key))
        places = (project, _region(environment))
        owners = [taken.setdefault((place, name), mine) for place in places if place]
        owner = next((one for one in owners if one != mine), None)
        if owner:
            yield _same_name(estate, mine, owner)


def _same_name(estate: Estate, mine: Member, owner: Member, where: str = "") -> Violation:
    newer = estate.yields(str(owner.path[0]), str(mine.path[0]))
    told, other = (owner, mine) if newer else (mine, owner)
    return Violation(
        told.path,
        f"must differ in name from {other}{where}, got {mine.name} for both; rename one, or give it a name",
        (ORGANIZATION, "name"),
        (*mine.path, "name"),
        (*owner.path, "name"),
    )


@rule(on=Estate)
def lists_of_administrators_are_short(estate: Estate) -> Iterator[Violation]:
    """The service takes ten people and ten groups as administrators of a cluster, those of all clusters among them.

    "Up to ten admin users can be provided" and "Up to ten admin groups can be provided": the provider's documentation of
    google_container_attached_cluster, 7.45.0.
    """
    for name, environment in estate.environments.items():
        people = [one for one in estate.organization.break_glass.values() if name in one.environments]
        team = estate.organization.platform_team
        for one in environment.clusters:
            own = environment.clusters_of_others.get(one.key) if one.kind is ClusterKind.ATTACHED else None
            path = (name, *one.path, *(["attach"] if one.kind is ClusterKind.EKS else ["admin_users"]))
            users = {entry.user for entry in people} | set(own.admin_users if own else ())
            if one.is_attached and len(users) > _MOST_ADMINISTRATORS:
                yield Violation(
                    path,
                    f"takes at most {_MOST_ADMINISTRATORS} people as administrators, got {len(users)}, those of break_glass in "
                    "organization.yaml among them; take those out that have expired",
                )
            groups = {*([team.group] if team else ()), *(own.admin_groups if own else ())}
            if len(groups) > _MOST_ADMINISTRATORS:
                yield Violation(
                    (name, *one.path, "admin_groups"),
                    f"takes at most {_MOST_ADMINISTRATORS} groups as administrators, got {len(groups)}, the platform team's "
                    "among them; nest some in one group",
                )


def _eks_clusters(estate: Estate) -> Iterator[tuple[Environment, str, str, str]]:
    """Environment, key, name and short name of every EKS cluster."""
    for name, environment in estate.environments.items():
        for key, cluster in environment.aws.eks_clusters.items() if environment.aws else ():
            called = cluster.name_in(estate.organization.name, name, key)
            yield environment, key, called, cluster.short_name or key


def _region(environment: Environment) -> str:
    return f"{environment.aws.account_id} {environment.aws.region}" if environment.aws else ""
