"""Where a cluster's manifests lie, and who applies them there.

Config Sync applies what it reads: a cluster that it keeps in step with another folder or another repository, or with an
image, has its manifests applied by nobody, and that is what tables say.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from estate.model.environment import Environment
from estate.model.fleet.config_sync import ConfigSync
from estate.model.gitops import Applier, GitOps
from estate.model.organization import Organization

SYNCED: Final = "synced"
"""The folder of a cluster that whoever applies its manifests reads."""


def tree_folder(gitops: GitOps, environment: str, cluster: str) -> str:
    """The folder of a cluster's manifests, from the top of the repository."""
    return f"{gitops.path}/{environment}/{cluster}/{SYNCED}"


def applier(organization: Organization, environment: Environment, cluster: str) -> Applier:
    """Who applies a member cluster's manifests; a person, where nothing does or there are none."""
    gitops = organization.gitops
    if gitops is None or gitops.applier is not Applier.CONFIG_SYNC:
        return gitops.applier if gitops else Applier.NONE
    reads = environment.fleet and _reads(gitops, environment.fleet.features.config_sync, environment, cluster)
    return Applier.CONFIG_SYNC if reads else Applier.NONE


def _reads(gitops: GitOps, feature: ConfigSync | None, environment: Environment, cluster: str) -> bool:
    git = feature.clusters.get(cluster, feature).git if feature else None
    return bool(
        git
        and gitops.repo in {None, git.repo}
        and git.directory == tree_folder(gitops, environment.environment, cluster)
    )


def by_applier(
    organization: Organization, environment: Environment, clusters: Sequence[str]
) -> dict[Applier, list[str]]:
    """Clusters by who applies their manifests."""
    found: dict[Applier, list[str]] = {}
    for key in clusters:
        found.setdefault(applier(organization, environment, key), []).append(key)
    return found
