"""Software of others, as an order to whoever applies a cluster's manifests: which chart, which version, which settings.

It is never rendered here. Argo CD takes an Application (https://argo-cd.readthedocs.io/en/stable/operator-manual/application.yaml),
Config Sync a RootSync of type helm
(https://docs.cloud.google.com/kubernetes-engine/config-sync/docs/reference/rootsync-reposync-fields); both of 2026-11-30.
Neither takes the software along when the order leaves the tree: the Application has no finalizer, and Config Sync deletes what
a RootSync made only where that says so. Left out: what nobody applies, which `hybrid prerequisites` has people install.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from estate.derived.clusters.software import SYSTEM_NAMESPACE, Software
from estate.facts.software import MadeAnew
from estate.model.gitops import Applier
from manifests.argo_cd_object import NAMESPACE
from manifests.kubernetes_object import Object, metadata

_ITSELF: Final = "https://kubernetes.default.svc"


def software(config: Sequence[Software], *, applier: Applier) -> list[Object]:
    """An order for each piece of software, for whoever applies it."""
    orders = {Applier.ARGO_CD: _application, Applier.CONFIG_SYNC: _root_sync}
    order = orders.get(applier)
    return [order(one) for one in config] if order else []


def _application(one: Software) -> Object:
    """An application of a name that no team's can have: a set writes over whichever it finds (`manifests/argo_cd_application_sets.py`)."""
    package = one.package
    anew = [_ignored(made) for made in package.made_anew]
    options = [
        "ServerSideApply=true",
        *(["CreateNamespace=true"] if one.namespace != SYSTEM_NAMESPACE else []),
        *(["RespectIgnoreDifferences=true"] if anew else []),
    ]
    return {
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Application",
        "metadata": metadata(f"software.{one.release}", NAMESPACE),
        "spec": {
            "project": "default",
            "source": {
                "repoURL": package.repository,
                "chart": package.chart,
                "targetRevision": package.version,
                "helm": {"releaseName": one.release, "valuesObject": dict(one.values)},
            },
            "destination": {"server": _ITSELF, "namespace": one.namespace},
            **({"ignoreDifferences": anew} if anew else {}),
            "syncPolicy": {
                "automated": {"prune": True, "selfHeal": True},
                "syncOptions": options,
                "retry": {"limit": 5, "backoff": {"duration": "10s", "factor": 2, "maxDuration": "3m"}},
            },
        },
    }


def _ignored(made: MadeAnew) -> Object:
    """What differs at each rendering, and would be written for ever."""
    return {
        "group": made.group,
        "kind": made.kind,
        **({"name": made.name} if made.name else {}),
        "jqPathExpressions": list(made.paths),
    }


def _root_sync(one: Software) -> Object:
    package = one.package
    return {
        "apiVersion": "configsync.gke.io/v1beta1",
        "kind": "RootSync",
        "metadata": metadata(one.release, "config-management-system"),
        "spec": {
            "sourceFormat": "unstructured",
            "sourceType": "helm",
            "helm": {
                "repo": package.repository,
                "chart": package.chart,
                "version": package.version,
                "releaseName": one.release,
                "namespace": one.namespace,
                "auth": "none",
                "includeCRDs": True,
                "values": dict(one.values),
            },
        },
    }
