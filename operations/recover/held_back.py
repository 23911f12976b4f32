"""What keeps Argo CD from bringing teams' workloads into a cluster before their volumes are back.

A workload that comes first claims an empty volume, and where Argo CD heals, whoever stops it is undone. So application sets
make no applications until then, and nothing is synced while volumes come back; the cluster's own application is synced before,
because it brings what restores them. The controllers are called as in manifests/base of https://github.com/argoproj/argo-cd,
read 2026-11-30. Left out: what Config Sync or a person brings besides the tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from estate.model.estate import Estate
from operations.cards.card import Step, Task
from operations.cards.steps.argo_cd import installation
from operations.cards.steps.commands import kubeconfig

_SETS: Final = "deployment argocd-applicationset-controller"
_SYNCING: Final = "statefulset argocd-application-controller"


def held_back(estate: Estate, name: str, cluster: str, steps: Sequence[Step]) -> Iterator[Step | Task]:
    """The steps in the cluster, with what stops application sets right after Argo CD is installed.

    Args:
        estate: the estate with this cluster alone.
        name: the environment.
        cluster: the key of the cluster.
        steps: what is done in the cluster.
    """
    environment, config = estate.environments[name], estate.organization.argo_cd
    installed = (
        installation(estate.organization, environment, config) if config and environment.members else None
    )
    for step in steps:
        yield step
        if step == installed:
            yield Task(
                "have Argo CD make no applications of teams until their volumes are back: what comes first claims empty ones",
                (_scale(name, cluster, _SETS, 0),),
                (
                    f"{_kubectl(name, cluster)} get applications.argoproj.io  # none but cluster, and what the platform installs",
                ),
            )


def brought_back(estate: Estate, name: str, cluster: str, back: Sequence[Task]) -> Iterator[Task]:
    """What brings volumes back, while Argo CD syncs nothing.

    Args:
        estate: the estate with this cluster alone.
        name: the environment.
        cluster: the key of the cluster.
        back: what is done for it.
    """
    if not (estate.organization.argo_cd and estate.environments[name].members):
        yield from back
        return
    yield Task(
        "stop Argo CD from syncing, once it has installed what restores: it would undo whoever stops a workload",
        (_scale(name, cluster, _SYNCING, 0),),
    )
    yield from back
    yield Task(
        "let Argo CD go on; it takes over what came back and brings the rest",
        (_scale(name, cluster, _SYNCING, 1), _scale(name, cluster, _SETS, 1)),
        (
            f"{_kubectl(name, cluster)} get applications.argoproj.io  # each team's too; where autosync is off, the team syncs",
        ),
    )


def _kubectl(name: str, cluster: str) -> str:
    return f"kubectl --kubeconfig {kubeconfig(name, cluster)} --namespace=argocd"


def _scale(name: str, cluster: str, what: str, replicas: int) -> str:
    return f"{_kubectl(name, cluster)} scale {what} --replicas={replicas}"
