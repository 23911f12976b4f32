"""What a member cluster's new key is to its manifests, which go by the key: what people do, in which order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.derived.clusters.applied import applier
from estate.derived.clusters.folder import INSTALL, cluster_folder
from estate.model.cluster import ClusterKind
from estate.model.estate import Estate
from estate.model.gitops import Applier
from operations.rename.target import Target

_MAPS: Final = tuple(kind.path for kind in ClusterKind)


def in_the_cluster(estate: Estate, target: Target) -> Iterator[str]:
    """Yield what is done beside Terraform; nothing where no manifests go by the key.

    Args:
        estate: as it was before.
        target: what is renamed.
    """
    environment, gitops = estate.environments.get(target.stem), estate.organization.gitops
    if environment is None or gitops is None or target.path[:-1] not in _MAPS:
        return
    name, old, new = target.stem, target.old, target.new
    if old not in environment.members:
        return
    reads = applier(estate.organization, environment, old)
    shown = (
        "a plan shows Config Sync's folder alone" if reads is Applier.CONFIG_SYNC else "no plan shows that"
    )
    yield f"the manifests of {old} go by its key, and {shown}; in this order:"
    if estate.organization.argo_cd:
        yield (
            f"- before it is merged, teams copy env/{name}/{old} of their repositories to env/{name}/{new}, or Argo CD deletes "
            "what runs of it where it prunes"
        )
    yield (
        f"- with it: released: [{{object: {old}, reason: called {new}}}] in environments/refactoring/{name}.yaml, and hybrid "
        f"manifests {name} --write"
    )
    if reads is Applier.ARGO_CD:
        file = f"{cluster_folder(gitops, name, new)}/{INSTALL}/20-cluster-application.yaml"
        yield f"- once it is merged, in the cluster: kubectl apply --server-side -f {file}"
    yield f"- once {new} is synced: take the released entry out by hybrid settle {name} --write, and teams what is left of env/{name}/{old}"
