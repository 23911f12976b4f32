"""What keeps an object in a cluster that leaves the tree, because its deletion would delete what runs there.

Both appliers' annotations stand on it, whoever applies the tree: changing the applier is no moment without protection.
https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/ (Prune=false, Delete=false) and
https://docs.cloud.google.com/kubernetes-engine/config-sync/docs/how-to/managing-objects (deletion: detach), 2026-11-29.
"""

from __future__ import annotations


def kept() -> dict[str, str]:
    """The annotations."""
    return {
        "argocd.argoproj.io/sync-options": "Prune=false,Delete=false",
        "client.lifecycle.config.k8s.io/deletion": "detach",
    }
