"""What is deleted by hand of a team that Argo CD serves no more, in the order in which nothing that runs goes along.

Sets and projects stay in the cluster when they leave the tree, and the team its rights. A set that keeps what it brought takes
the finalizer from its applications, which then go alone:
https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Application-Deletion/, read 2026-11-30.
Left out: namespaces with what runs in them, and a cluster that is released as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from estate.model.estate import Estate
from manifests.kept import READS
from operations.cards.card import Step, Turn
from operations.cards.steps.way_in import in_each_cluster

_ARGO_CDS: Final = (["ApplicationSet", "argocd"], ["AppProject", "argocd"])
_OF_NAMESPACES: Final = "-namespaces"
_KEEPS: Final = """'{"spec":{"syncPolicy":{"preserveResourcesOnDeletion":true}}}'"""
_COLUMNS: Final = "NAME:.metadata.name,SET:.metadata.ownerReferences[*].name,FINALIZERS:.metadata.finalizers"


def released_steps(estate: Estate, name: str) -> Iterator[Step]:
    """A step for each cluster in which entries let sets or projects go."""
    found: dict[str, dict[str, list[str]]] = {}
    for entry in estate.refactoring(name).released:
        cluster, *names = entry.object.split("/")
        if READS not in entry.object and names[:-1] in _ARGO_CDS:
            found.setdefault(cluster, {}).setdefault(names[0].lower(), []).append(names[-1])
    teams = estate.organization.teams.items()
    there = {team.name or key for key, team in teams if name in team.access}
    for cluster, objects in found.items():
        if cluster in estate.environments[name].members:
            sets, projects = objects.get("applicationset", []), objects.get("appproject", [])
            gone = [one for one in projects if not one.endswith(_OF_NAMESPACES) and one not in there]
            yield Step(
                Turn.IN_CLUSTERS,
                f"delete in {cluster}, once the manifests are applied, what environments/refactoring/{name}.yaml releases of "
                "Argo CD, in this order and each once the one before shows what it says: no application of a set has a "
                "finalizer any more, so that what runs stays; then the sets, the projects, and the rights of teams that are gone",
                tuple(in_each_cluster(name, [cluster], words) for words in _words(sets, projects, gone)),
            )


def _words(sets: Sequence[str], projects: Sequence[str], gone: Sequence[str]) -> Iterator[str]:
    kubectl = "kubectl --kubeconfig $FILE"
    if sets:
        listed = " ".join(sets)
        yield f"{kubectl} patch applicationset {listed} --namespace=argocd --type=merge --patch={_KEEPS}"
        yield f"{kubectl} get applications --namespace=argocd --output=custom-columns='{_COLUMNS}'"
        yield f"{kubectl} delete applicationset {listed} --namespace=argocd"
    if projects:
        yield f"{kubectl} delete appproject {' '.join(projects)} --namespace=argocd"
    for team in gone:
        yield (
            f"{kubectl} get namespaces --selector=team={team} --output=name | cut -d/ -f2 | while read -r namespace; do "
            f"{kubectl} get rolebindings --namespace=$namespace --output=name | grep /team- | "
            f"xargs -r {kubectl} delete --namespace=$namespace; done"
        )
