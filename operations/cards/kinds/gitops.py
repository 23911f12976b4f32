"""Where the manifests of what runs in the clusters live, and who applies them."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.clusters.applied import by_applier
from estate.model.gitops import Applier, GitOps
from operations.cards.card import Card, Entity, Step
from operations.cards.steps.manifests import manifest_steps

APPLIERS = {
    Applier.CONFIG_SYNC: "applied by Config Sync",
    Applier.ARGO_CD: "applied by Argo CD",
    Applier.NONE: "applied by hand",
}
"""Who applies a cluster's manifests, in words."""


def _rows(entity: Entity[GitOps]) -> Iterator[tuple[str, str]]:
    """Where the environment's part of the tree is, and who applies it in which clusters."""
    environment = entity.environment
    if not environment.members:
        return
    found = by_applier(entity.organization, environment, environment.members)
    parts = [f"{APPLIERS[who]} in {', '.join(keys)}" for who, keys in found.items()]
    where = f"{entity.config.path}/{environment.environment}/"
    yield "", "; ".join([f"{where} of {entity.config.repo or 'this repository'}", *parts])


def _steps(entity: Entity[GitOps]) -> Iterator[Step]:
    if entity.environment.members:
        yield from manifest_steps(entity.organization, entity.environment, entity.config)


CARD = Card(path="organization.gitops", models=(GitOps,), noun="manifests", rows=_rows, steps=_steps)
