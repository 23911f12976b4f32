"""Where a cluster's manifests lie."""

from __future__ import annotations

from typing import Final

from estate.model.gitops import GitOps

SYNCED: Final = "synced"
"""The folder of a cluster that whoever applies its manifests reads."""


def tree_folder(gitops: GitOps, environment: str, cluster: str) -> str:
    """The folder of a cluster's manifests, from the top of the repository."""
    return f"{gitops.path}/{environment}/{cluster}/{SYNCED}"
