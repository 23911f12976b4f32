"""What no applier takes away by itself, because with it goes all that runs there.

Who prunes leaves such an object where it is when it leaves the tree, and deletes it with nothing else:
https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/ (Prune=false, Delete=false) and
https://docs.cloud.google.com/kubernetes-engine/config-sync/docs/how-to/managing-objects (deletion: detach), 2026-11-29.
The annotations of both stand on it whoever applies the tree: changing the applier is no moment without protection.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from manifests.kubernetes_object import Object

KINDS: Final = frozenset({"AppProject", "ApplicationSet", "CustomResourceDefinition", "Namespace"})
"""A namespace goes with all in it, an ApplicationSet with its applications and what they made, an AppProject with the right
of these to go on, a definition with every object of its kind."""

_STAYS: Final = {
    "argocd.argoproj.io/sync-options": "Prune=false,Delete=false",
    "client.lifecycle.config.k8s.io/deletion": "detach",
}


def kept() -> dict[str, str]:
    """The annotations of an object that nobody prunes."""
    return dict(_STAYS)


def kept_addresses(cluster: str, objects: Iterable[Object]) -> frozenset[str]:
    """What of a cluster's objects is kept, as records and entries name it: apps/Namespace/web, with the namespace of what has
    one: apps/AppProject/argocd/web.
    """
    return frozenset(
        "/".join([cluster, one["kind"], *_names(one["metadata"])]) for one in objects if one["kind"] in KINDS
    )


READS: Final = " reads "
"""Stands in a line between a set of applications and what it makes them of."""


def sets_by_reading(cluster: str, objects: Iterable[Object]) -> Mapping[str, bool]:
    """What each set of applications reads, as records and entries name it, and whether a directory that it finds no more takes
    along what runs there: apps/ApplicationSet/argocd/web-apps reads https://git.example.com/web.git main env/dev/apps/web-*.

    Another URL, revision or folder is for Argo CD as if every directory had gone:
    https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Application-Deletion/, 2026-11-30.
    """
    return {
        f"{'/'.join([cluster, one['kind'], *_names(one['metadata'])])}{READS}{_read(generator['git'])}": not keeps
        for one in objects
        if one["kind"] == "ApplicationSet"
        for generator in one["spec"]["generators"]
        for keeps in [one["spec"]["syncPolicy"]["preserveResourcesOnDeletion"]]
    }


def _read(git: Object) -> str:
    folders = [found["path"] for found in git["directories"] if not found.get("exclude")]
    return " ".join([git["repoURL"], git["revision"], *folders])


def _names(metadata: Object) -> list[str]:
    return [metadata[key] for key in ("namespace", "name") if key in metadata]
