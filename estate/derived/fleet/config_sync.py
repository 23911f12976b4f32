"""What Config Sync reads for each member cluster: the cluster's own folder of manifests, where the file names none.

A cluster begins with the fleet's default when it joins, until its own settings are there. The default names no repository
then: the whole of it holds the manifests of every cluster, and each would be administered as all of them.
"""

from __future__ import annotations

from estate.derived.clusters.folder import tree_folder
from estate.model.environment import Environment
from estate.model.fleet.config_sync import ConfigSyncSettings, GitRepository
from estate.model.fleet.fleet import FleetConfig
from estate.model.gitops import Applier, GitOps
from estate.model.organization import Organization


def synced(organization: Organization, environment: Environment, cluster: str) -> ConfigSyncSettings | None:
    """What a member cluster is kept in step with; None where Config Sync is off."""
    feature = environment.fleet.features.config_sync if environment.fleet else None
    if feature is None:
        return None
    settings, gitops = feature.clusters.get(cluster, feature), organization.gitops
    if gitops is None or settings.git is None or not _is_left_open(gitops, settings.git):
        return settings
    folder = tree_folder(gitops, environment.environment, cluster)
    said = {name: getattr(settings, name) for name in ConfigSyncSettings.model_fields}
    said["git"] = settings.git.model_copy(update={"directory": folder})
    # All of it has been checked: what checks it would be built for this alone, as no environment has it by itself.
    return ConfigSyncSettings.model_construct(**said)


def fleet_of(organization: Organization, environment: Environment) -> FleetConfig | None:
    """The environment's fleet with what Config Sync reads for each cluster; as the file says, where it says all."""
    fleet, gitops = environment.fleet, organization.gitops
    feature = fleet.features.config_sync if fleet else None
    if fleet is None or feature is None or gitops is None:
        return fleet
    own = {key: synced(organization, environment, key) for key in environment.members}
    changes: dict[str, object] = {"clusters": {key: one for key, one in own.items() if one is not feature}}
    if feature.git and _is_left_open(gitops, feature.git):
        changes["git"] = None
    features = fleet.features.model_copy(update={"config_sync": feature.model_copy(update=changes)})
    return fleet.model_copy(update={"features": features})


def _is_left_open(gitops: GitOps, git: GitRepository) -> bool:
    """Whether the folder follows from the tree: of its repository, where the file names no folder."""
    return gitops.applier is Applier.CONFIG_SYNC and git.directory is None and gitops.repo in {None, git.repo}
