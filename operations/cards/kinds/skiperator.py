"""Skiperator, whose configuration the tree of manifests makes and whose install stays its users'."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.clusters.skiperator import SKIPERATOR_NAMESPACE, has_skiperator
from estate.model.skiperator import SkiperatorConfig
from operations.cards.card import Card, Entity, Step, Turn, row
from operations.cards.steps.commands import kubeconfig


def _clusters(entity: Entity[SkiperatorConfig]) -> list[str]:
    return [key for key in entity.environment.own_members if has_skiperator(entity.environment, key)]


def _summary(entity: Entity[SkiperatorConfig]) -> str:
    reach = (
        "reach nodes, too" if entity.config.nodes_are_reachable else "stay out of nodes and control planes"
    )
    return f"configured in {', '.join(_clusters(entity)) or 'no cluster'}, applications {reach}"


def _steps(entity: Entity[SkiperatorConfig]) -> Iterator[Step]:
    for key in _clusters(entity):
        kubectl = f"kubectl --kubeconfig {kubeconfig(entity.environment.environment, key)}"
        of_it = f"--namespace={SKIPERATOR_NAMESPACE}"
        yield Step(
            Turn.IN_CLUSTERS,
            f"install Skiperator in cluster {key} once its configuration is there: definitions, rights and priorities from its "
            "repository's config/, and a Deployment of your own with its image, which it does not bring",
            (f"{kubectl} get configmaps skiperator-config namespace-exclusions {of_it}",),
            (f"{kubectl} rollout status deployment/skiperator {of_it}",),
        )


CARD = Card(
    path="skiperator",
    models=(SkiperatorConfig,),
    noun="Skiperator",
    rows=row(_summary),
    steps=_steps,
)
