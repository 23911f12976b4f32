"""What each member cluster gets by the tree of manifests, decided here; `manifests/` translates.

A team's rights in its namespaces are those of its scope, taken from the same grants: the fleet brings its bindings by the
scope, the tree brings them by the cluster's own API, and taking access away takes both. Left out: what another mechanism
makes already, such as the administrators of attached clusters, whom the attachment names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from estate.derived.access.grants import Binding, Grant, grants
from estate.derived.clusters.applied import applier
from estate.derived.clusters.installed import installed
from estate.derived.clusters.software import SYSTEM_NAMESPACE, Software
from estate.derived.clusters.storage import StorageClass, default_storage
from estate.model.access.cluster_role import ClusterRole
from estate.model.access.kit import NetworkDefault, PodSecurity, Quota
from estate.model.estate import Estate
from estate.model.gitops import Applier, GitOps
from estate.model.organization import Organization


@dataclass(frozen=True)
class TeamNamespace:
    """A namespace of a team in a cluster, with what the team gets in it.

    Attributes:
        name: its name.
        team: the team's key.
        label: what the team is called on objects, which stays when the key is renamed.
        group: address of the team's group.
        role: ClusterRole that the group has in it.
        pod_security: level that it enforces.
        network_default: what holds for connections that no policy speaks of.
        quota: how much it may hold; None for no limit.
    """

    name: str
    team: str
    label: str
    group: str
    role: str
    pod_security: PodSecurity
    network_default: NetworkDefault
    quota: Quota | None


@dataclass(frozen=True)
class ClusterContents:
    """What one cluster gets.

    Attributes:
        environment: its environment.
        key: its key there.
        platform_group: group that is made administrator of the cluster; None where nobody is, or something else does it.
        roles: ClusterRoles of the organization's own, by name.
        namespaces: the teams' namespaces, by name.
        prefixes: prefixes that Argo CD may touch namespaces under, each with the weakest Pod Security level that these may
            have; None where nothing has to hold it.
        others: further namespaces that Argo CD may touch, those of software among them.
        storage: StorageClass of claims that name none; None where another one makes it.
        software: software of others.
        applier: who applies all of this.
    """

    environment: str
    key: str
    platform_group: str | None
    roles: Mapping[str, ClusterRole]
    namespaces: tuple[TeamNamespace, ...]
    prefixes: Mapping[str, PodSecurity] | None
    others: tuple[str, ...]
    storage: StorageClass | None = None
    software: tuple[Software, ...] = ()
    applier: Applier = Applier.NONE


def clusters(estate: Estate, names: Sequence[str]) -> Iterator[ClusterContents]:
    """Yield every member cluster of these environments, in their order."""
    organization = estate.organization
    bound = [grant for grant in grants(estate) if grant.binding is Binding.SCOPE_RBAC]
    for name in names:
        environment = estate.environments[name]
        namespaces = tuple(_namespaces(organization, name, bound))
        team = organization.platform_team
        for key in environment.members:
            own = key in environment.own_members
            software = tuple(installed(organization, environment, key))
            yield ClusterContents(
                environment=name,
                key=key,
                platform_group=team.group if team and own else None,
                roles=dict(sorted(organization.cluster_roles.items())),
                namespaces=namespaces,
                prefixes=_prefixes(organization, name),
                others=_others(organization, software),
                storage=default_storage(organization, environment, key),
                software=software,
                applier=applier(organization, environment, key),
            )


def _namespaces(organization: Organization, name: str, bound: Sequence[Grant]) -> Iterator[TeamNamespace]:
    """The namespaces of an environment's teams, with the role that each team's scope gives it there."""
    roles = {grant.scope: grant.role for grant in bound if grant.holder == name}
    found = [(one, key) for key in roles if key for one in organization.teams[key].namespaces]
    for one, key in sorted(found):
        team = organization.teams[key]
        yield TeamNamespace(
            name=one,
            team=key,
            label=team.name or key,
            group=team.group,
            role=roles[key],
            pod_security=team.pod_security,
            network_default=team.network_default,
            quota=team.quota.get(name),
        )


def _prefixes(organization: Organization, name: str) -> Mapping[str, PodSecurity] | None:
    gitops: GitOps | None = organization.gitops
    if gitops is None or gitops.applier is not Applier.ARGO_CD:
        return None
    teams = [team for team in organization.teams.values() if name in team.access]
    return {
        team.namespace_prefix: team.pod_security for team in sorted(teams, key=lambda t: t.namespace_prefix)
    }


def _others(organization: Organization, software: Sequence[Software]) -> tuple[str, ...]:
    """Namespaces that the file names, and those that software brings with it; the system's own is there."""
    named = organization.gitops.namespaces if organization.gitops else ()
    brought = [one.namespace for one in software if one.namespace != SYSTEM_NAMESPACE]
    return tuple(dict.fromkeys((*named, *brought)))
