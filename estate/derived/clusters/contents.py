"""What each member cluster gets by the tree of manifests, decided here; `manifests/` translates.

A team's rights in its namespaces are those of its scope, taken from the same grants: the fleet brings its bindings by the
scope, the tree brings them by the cluster's own API, and taking access away takes both. Left out: what another mechanism
makes already, such as the administrators of attached clusters, whom the attachment names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from estate.derived.access.grants import Binding, grants
from estate.derived.clusters.applied import applier
from estate.derived.clusters.argo_cd import ArgoCdContents, argo_cd
from estate.derived.clusters.installed import installed
from estate.derived.clusters.mesh import MESH_NAMESPACE, MeshContents, mesh_contents
from estate.derived.clusters.mesh_trust import MeshTrustContents, mesh_trust_contents
from estate.derived.clusters.skiperator import (
    SKIPERATOR_NAMESPACE,
    SkiperatorContents,
    has_skiperator,
    skiperator_contents,
)
from estate.derived.clusters.software import SYSTEM_NAMESPACE, Software
from estate.derived.clusters.storage import StorageClass, default_storage
from estate.derived.clusters.team_namespace import TeamNamespace, fleet_namespaces, team_kits
from estate.model.access.cluster_role import ClusterRole
from estate.model.access.kit import PodSecurity
from estate.model.estate import Estate
from estate.model.gitops import Applier
from estate.model.organization import Organization


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
            have; None where there is none to be held.
        others: further namespaces that Argo CD may touch, those of software among them.
        storage: StorageClass of claims that name none; None where another one makes it.
        software: software of others.
        applier: who applies all of this.
        argo_cd: what the cluster's Argo CD is told; None where there is none.
        mesh: what joins it to other clusters; None where nothing does.
        mesh_trust: what its mesh's control plane signs with; None where it signs with nothing from here.
        skiperator: what Skiperator is told; None where it is not there.
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
    argo_cd: ArgoCdContents | None = None
    mesh: MeshContents | None = None
    mesh_trust: MeshTrustContents | None = None
    skiperator: SkiperatorContents | None = None


def clusters(estate: Estate, names: Sequence[str]) -> Iterator[ClusterContents]:
    """Yield every member cluster of these environments, in their order."""
    organization = estate.organization
    bound = [grant for grant in grants(estate) if grant.binding is Binding.SCOPE_RBAC]
    for name in names:
        environment = estate.environments[name]
        team = organization.platform_team
        for key in environment.members:
            own = key in environment.own_members
            kits = team_kits(organization, environment, key, bound)
            software = tuple(installed(organization, environment, key))
            mesh = mesh_contents(organization, environment, key)
            others = _others(organization, software, mesh)
            by_skiperator = has_skiperator(environment, key)
            yield ClusterContents(
                environment=name,
                key=key,
                platform_group=team.group if team and own else None,
                roles=dict(sorted(organization.cluster_roles.items())),
                namespaces=tuple(fleet_namespaces(organization, kits)),
                prefixes=_prefixes(organization, name),
                others=(*others, *([SKIPERATOR_NAMESPACE] if by_skiperator else [])),
                storage=default_storage(organization, environment, key),
                software=software,
                applier=applier(organization, environment, key),
                argo_cd=argo_cd(organization, environment, key, kits),
                mesh=mesh,
                mesh_trust=mesh_trust_contents(organization, environment, key),
                skiperator=skiperator_contents(organization, environment, key, others),
            )


def _prefixes(organization: Organization, name: str) -> Mapping[str, PodSecurity] | None:
    if organization.gitops is None or organization.argo_cd is None:
        return None
    teams = [team for team in organization.teams.values() if name in team.access]
    return {
        team.namespace_prefix: team.pod_security for team in sorted(teams, key=lambda t: t.namespace_prefix)
    }


def _others(
    organization: Organization, software: Sequence[Software], mesh: MeshContents | None
) -> tuple[str, ...]:
    """Namespaces that the file names, and those that software and the mesh bring with them; the system's own is there."""
    named = organization.gitops.namespaces if organization.gitops else ()
    brought = [one.namespace for one in software if one.namespace != SYSTEM_NAMESPACE]
    return tuple(dict.fromkeys((*named, *brought, *([MESH_NAMESPACE] if mesh else []))))
