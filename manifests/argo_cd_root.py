"""The application by which Argo CD applies a cluster's manifests.

It has no finalizer: whoever deletes it deletes nothing of the cluster.
https://argo-cd.readthedocs.io/en/stable/operator-manual/cluster-bootstrapping/, read 2026-11-30.
"""

from __future__ import annotations

from estate.derived.clusters.argo_cd import ArgoCdContents
from manifests.argo_cd_object import HERE, SERVER_SIDE, argo_cd_object, retried
from manifests.kubernetes_object import Object


def argo_cd_root(config: ArgoCdContents) -> list[Object]:
    """The application; none where another one applies the folder."""
    if config.synced is None:
        return []
    tree = config.tree
    spec = {
        "project": "default",
        "source": {"repoURL": tree.url, "targetRevision": tree.revision, "path": config.synced},
        "destination": {"server": HERE},
        "syncPolicy": {
            "automated": {"prune": True, "selfHeal": True},
            "syncOptions": [SERVER_SIDE],
            "retry": retried(),
        },
    }
    return [argo_cd_object("Application", "cluster", spec)]
