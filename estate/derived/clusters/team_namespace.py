"""What a team gets in a namespace, and which namespaces the fleet makes for it in an environment.

A team's role is that of its scope, taken from the same grants.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from estate.derived.access.grants import Grant
from estate.derived.clusters.skiperator import has_skiperator
from estate.derived.fleet.mesh import mesh_revision
from estate.model.access.kit import NetworkDefault, PodSecurity, Quota
from estate.model.environment import Environment
from estate.model.organization import Organization


@dataclass(frozen=True)
class TeamNamespace:
    """A namespace of a team in a cluster, with what the team gets in it.

    Attributes:
        name: its name; empty where any namespace of the team is meant.
        team: the team's key.
        label: what the team is called on objects, which stays when the key is renamed.
        group: address of the team's group.
        role: ClusterRole that the group has in it.
        pod_security: level that it enforces.
        network_default: what holds for connections that no policy speaks of.
        quota: how much it may hold; None for no limit.
        mesh_revision: control plane of the mesh that its pods have a proxy of; None for none from here.
    """

    name: str
    team: str
    label: str
    group: str
    role: str
    pod_security: PodSecurity
    network_default: NetworkDefault
    quota: Quota | None
    mesh_revision: str | None = None


def team_kits(
    organization: Organization, environment: Environment, cluster: str, bound: Sequence[Grant]
) -> dict[str, TeamNamespace]:
    """What each team with access to an environment gets in any namespace of its own in a cluster, by the team's key."""
    name, revision = environment.environment, mesh_revision(environment, cluster)
    roles = {grant.scope: grant.role for grant in bound if grant.holder == name and grant.scope}
    kits = {
        key: replace(_kit(organization, name, key, role), mesh_revision=revision)
        for key, role in sorted(roles.items())
    }
    if has_skiperator(environment, cluster):
        # It closes every namespace that it does not leave alone, and opens what applications ask for.
        return {key: replace(kit, network_default=NetworkDefault.OPEN) for key, kit in kits.items()}
    return kits


def _kit(organization: Organization, name: str, key: str, role: str) -> TeamNamespace:
    team = organization.teams[key]
    return TeamNamespace(
        name="",
        team=key,
        label=team.name or key,
        group=team.group,
        role=role,
        pod_security=team.pod_security,
        network_default=team.network_default,
        quota=team.quota.get(name),
    )


def fleet_namespaces(organization: Organization, kits: dict[str, TeamNamespace]) -> Iterator[TeamNamespace]:
    """The namespaces that the fleet makes for these teams, by name."""
    found = [(name, kit) for key, kit in kits.items() for name in organization.teams[key].namespaces]
    for name, kit in sorted(found, key=lambda one: one[0]):
        yield replace(kit, name=name)
