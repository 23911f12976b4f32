"""Where the manifests of what runs in the clusters live, and who applies them."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.clusters.applied import by_applier
from estate.model.gitops import Applier, GitOps
from operations.cards.card import Card, Entity, Step, Weight, certain
from operations.cards.steps.manifests import manifest_steps
from operations.cards.steps.software import software_seen

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


def _warnings(entity: Entity[GitOps]) -> Iterator[tuple[Weight, str]]:
    """Where nobody applies what is to be applied, and what two would do to one object."""
    environment, gitops = entity.environment, entity.config
    if not environment.members:
        return
    feature = certain(environment.fleet).features.config_sync
    unread = by_applier(entity.organization, environment, environment.members).get(Applier.NONE, [])
    if gitops.applier is Applier.CONFIG_SYNC and unread:
        clusters = ", ".join(unread)
        why = (
            f"reads something else in {clusters}; when the manifests are merged and what else is to stay stands there or is "
            "detached, leave git.directory out, and each cluster reads its own folder (docs/in-the-clusters.md has the order)"
            if feature
            else f"is off, so nobody applies the manifests of {clusters}; switch it on, or say another applier"
        )
        yield Weight.BROKEN, f"gitops.applier is config_sync, and fleet.features.config_sync {why}"
    if gitops.applier is Applier.ARGO_CD and feature:
        drift = [key for key in environment.members if feature.clusters.get(key, feature).prevent_drift]
        if drift:
            yield (
                Weight.FRAGILE,
                f"prevent_drift is on in {', '.join(drift)}, where Argo CD applies: it loads the schema of every resource, "
                "those of Argo CD's large definitions too, and runs out of memory; leave it out, drift is undone without it",
            )


def _steps(entity: Entity[GitOps]) -> Iterator[Step]:
    if entity.environment.members:
        yield from manifest_steps(entity.organization, entity.environment, entity.config)
        yield from software_seen(entity.organization, entity.environment)


CARD = Card(
    path="organization.gitops",
    models=(GitOps,),
    noun="manifests",
    rows=_rows,
    warnings=_warnings,
    steps=_steps,
)
