"""What starts whoever applies the tree of manifests in each cluster, by the first way in.

The policies that hold Argo CD are in the tree, so that a person applies it once before Argo CD is told of it: under the name
that Argo CD applies by itself, or kubectl would own every field beside it for ever, and none that leaves the tree would leave
the cluster. https://github.com/argoproj/argo-cd/blob/v3.5.7/common/common.go (ArgoCDSSAManager) and
https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management, 2026-11-30.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.derived.clusters.applied import by_applier
from estate.derived.clusters.folder import INSTALL, cluster_folder, tree_folder
from estate.model.environment import Environment
from estate.model.gitops import Applier, GitOps
from estate.model.organization import Organization
from operations.cards.card import Step, Turn
from operations.cards.steps.way_in import in_each_cluster

_AS_ARGO_CD: Final = " --field-manager=argocd-controller"


def manifest_steps(organization: Organization, environment: Environment, gitops: GitOps) -> Iterator[Step]:
    """How the tree comes into every member cluster, and how to see that it did."""
    name = environment.environment
    folder = tree_folder(gitops, name, "$cluster")
    root = f"{cluster_folder(gitops, name, '$cluster')}/{INSTALL}/20-cluster-application.yaml"
    where = f", in a checkout of {gitops.repo}" if gitops.repo else ""
    for who, clusters in by_applier(organization, environment, environment.members).items():
        listed = ", ".join(clusters)
        whom = _AS_ARGO_CD if who is Applier.ARGO_CD else ""
        apply = in_each_cluster(
            name, clusters, f"kubectl --kubeconfig $FILE apply --server-side{whom} -f {folder}"
        )
        if who is Applier.CONFIG_SYNC:
            looked = "kubectl --kubeconfig $FILE get rootsync root-sync --namespace=config-management-system"
            yield Step(
                Turn.IN_CLUSTERS,
                f"see that Config Sync has synced the manifests of {listed}, by which the platform team and the teams get "
                "their rights there: hybrid manifests --write makes them, and they have to be on the branch that it reads",
                (in_each_cluster(name, clusters, looked),),
            )
            continue
        yield Step(
            Turn.IN_CLUSTERS,
            f"apply the manifests of {listed}{where}, which hybrid manifests --write makes: until then the gateway lets the "
            f"platform team through and the clusters do not{_again(gitops, who)}",
            (apply,),
            (in_each_cluster(name, clusters, f"kubectl --kubeconfig $FILE diff --server-side -f {folder}"),),
        )
        if who is Applier.ARGO_CD:
            yield Step(
                Turn.IN_CLUSTERS,
                f"hand the manifests over to the Argo CD of each cluster ({listed}), and see that it says Synced",
                (
                    in_each_cluster(
                        name, clusters, f"kubectl --kubeconfig $FILE apply --server-side -f {root}"
                    ),
                    in_each_cluster(
                        name,
                        clusters,
                        "kubectl --kubeconfig $FILE get application cluster --namespace=argocd",
                    ),
                ),
                (
                    in_each_cluster(
                        name,
                        clusters,
                        "kubectl --kubeconfig $FILE get application cluster --namespace=argocd",
                    ),
                ),
            )


def _again(gitops: GitOps, who: Applier) -> str:
    """Who applies them from then on."""
    if who is Applier.ARGO_CD:
        return ""
    if gitops.applier is Applier.CONFIG_SYNC:
        return "; Config Sync does not read this folder there, so it is done again after every change"
    return "; nobody else does, so it is done again after every change, and what left the folder is deleted by hand"
