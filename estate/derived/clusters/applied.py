"""Who applies a cluster's manifests.

Config Sync applies what it reads: a cluster that it keeps in step with another folder or another repository, or with an
image, has its manifests applied by nobody, and that is what tables say.
"""

from __future__ import annotations

from collections.abc import Sequence

from estate.derived.clusters.folder import tree_folder
from estate.derived.fleet.config_sync import synced
from estate.model.environment import Environment
from estate.model.gitops import Applier, GitOps
from estate.model.organization import Organization


def applier(organization: Organization, environment: Environment, cluster: str) -> Applier:
    """Who applies a member cluster's manifests; a person, where nothing does or there are none."""
    gitops = organization.gitops
    if gitops is None or gitops.applier is not Applier.CONFIG_SYNC:
        return gitops.applier if gitops else Applier.NONE
    return Applier.CONFIG_SYNC if _reads(gitops, organization, environment, cluster) else Applier.NONE


def _reads(gitops: GitOps, organization: Organization, environment: Environment, cluster: str) -> bool:
    settings = synced(organization, environment, cluster)
    return bool(
        settings
        and settings.git
        and gitops.repo in {None, settings.git.repo}
        and settings.git.directory == tree_folder(gitops, environment.environment, cluster)
    )


def by_applier(
    organization: Organization, environment: Environment, clusters: Sequence[str]
) -> dict[Applier, list[str]]:
    """Clusters by who applies their manifests."""
    found: dict[Applier, list[str]] = {}
    for key in clusters:
        found.setdefault(applier(organization, environment, key), []).append(key)
    return found
