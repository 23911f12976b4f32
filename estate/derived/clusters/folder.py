"""Where a cluster's manifests lie."""

from __future__ import annotations

from typing import Final

from estate.model.gitops import GitOps

SYNCED: Final = "synced"
"""The folder of a cluster that whoever applies its manifests reads."""
INSTALL: Final = "install"
"""The folder of what a person brings in, because it has to be there before anybody applies."""


def cluster_folder(gitops: GitOps, environment: str, cluster: str) -> str:
    """The folder of a cluster, from the top of the repository."""
    return f"{gitops.path}/{environment}/{cluster}"


def tree_folder(gitops: GitOps, environment: str, cluster: str) -> str:
    """The folder of a cluster's manifests, from the top of the repository."""
    return f"{cluster_folder(gitops, environment, cluster)}/{SYNCED}"


def kit_folder(team: str) -> str:
    """The folder of what Argo CD puts into each namespace that a team's repository makes, below the cluster's."""
    return f"teams/{team}/kit"
