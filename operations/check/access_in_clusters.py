"""Who may do what by objects in the clusters: what the tree of manifests brings, and by whom, or whose hand it takes.

No row names a maker that is not: where nobody applies the tree, the verb that prints the command for it stands there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.derived.clusters.applied import applier
from estate.derived.clusters.contents import ClusterContents, clusters
from estate.derived.clusters.team_namespace import TeamNamespace
from estate.model.access.team import EVERY_RIGHT, PLATFORM
from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.gitops import Applier
from estate.model.organization import Organization
from operations.check.access_row import Row

_BY: Final = {
    Applier.CONFIG_SYNC: "the tree, by Config Sync",
    Applier.ARGO_CD: "the tree, by Argo CD",
}


def platform_row(estate: Estate, name: str, cluster: str, group: str) -> Row:
    """The platform team as administrator of a whole cluster."""
    organization, environment = estate.organization, estate.environments[name]
    where = f"cluster {cluster}"
    by = made_by(organization, environment, cluster)
    return Row(PLATFORM, group, name, EVERY_RIGHT, "cluster role binding", where, "", by)


def made_by(organization: Organization, environment: Environment, cluster: str) -> str:
    """What brings the objects of a cluster into it."""
    name = environment.environment
    if organization.gitops and (by := _BY.get(applier(organization, environment, cluster))):
        return by
    # Without a tree, the object belongs into whatever Config Sync reads.
    reads = organization.gitops is None and environment.fleet and environment.fleet.features.config_sync
    return f"hand, {'by Config Sync' if reads else 'with kubectl'} (hybrid prerequisites {name})"


def role_made_by(organization: Organization, name: str, role: str) -> str:
    """What has to make a ClusterRole of the organization's own by hand; empty where the tree has it."""
    if role in organization.cluster_roles:
        return ""
    return f"; ClusterRole {role} by hand (hybrid prerequisites {name})"


def kit_rows(estate: Estate, name: str, cluster: str | None = None) -> Iterator[Row]:
    """What teams may do in their namespaces by the tree, clusters of one maker together; none without a tree.

    Args:
        estate: the whole estate.
        name: the environment.
        cluster: the one cluster that is asked about; all when absent.
    """
    organization, environment = estate.organization, estate.environments[name]
    if organization.gitops is None:
        return
    found: dict[tuple[str, str, str, str], tuple[list[str], list[str]]] = {}
    for contents in clusters(estate, [name]):
        if cluster in {None, contents.key}:
            by = made_by(organization, environment, contents.key)
            for one in contents.namespaces:
                key = (one.team, one.group, one.role, by)
                _add(found.setdefault(key, ([], [])), one, contents)
    for (team, group, role, by), (namespaces, keys) in found.items():
        where = f"namespaces {', '.join(namespaces)}; clusters {', '.join(keys)}"
        yield Row(team, group, name, role, "role binding", where, "", by)


def _add(to: tuple[list[str], list[str]], namespace: TeamNamespace, contents: ClusterContents) -> None:
    for names, one in zip(to, (namespace.name, contents.key), strict=True):
        if one not in names:
            names.append(one)
