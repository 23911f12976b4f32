"""Argo CD in every member cluster, for teams' repositories."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.clusters.argo_cd import Syncing, syncing
from estate.model.argo_cd import ArgoCd
from estate.model.environment import Environment
from operations.cards.card import Card, Entity, Step, Weight, certain
from operations.cards.steps.argo_cd import argo_cd_steps


def _rows(entity: Entity[ArgoCd]) -> Iterator[tuple[str, str]]:
    """Which one, who signs in, and what it does by itself in the environment."""
    environment, config = entity.environment, entity.config
    if environment.members:
        found = syncing(entity.organization, environment.environment, certain(environment.fleet).argo_cd)
        sign_in = f"sign-in by {config.sign_in.issuer}" if config.sign_in else "nobody signs in"
        clusters = ", ".join(environment.members)
        yield "", f"{config.release.version} in {clusters}; {sign_in}; {_does(found)}"


def _does(found: Syncing) -> str:
    if not found.automated:
        return "what teams merge is synced by hand"
    also = [word for word, on in (("prunes", found.prune), ("heals", found.self_heal)) if on]
    return f"what teams merge is applied by itself{''.join(f', {word}' for word in also)}"


def _warnings(entity: Entity[ArgoCd]) -> Iterator[tuple[Weight, str]]:
    """Where a team has rights in Argo CD and no way in, and where its makers have not tried it."""
    name, release = entity.environment.environment, entity.config.release
    untried = [
        f"{key} runs {minor}" for key, minor in _minors(entity.environment) if not release.runs_on(minor)
    ]
    if untried:
        yield (
            Weight.FRAGILE,
            f"Argo CD {release.version} is tested with Kubernetes {', '.join(release.supports)}, and {', '.join(untried)}; say "
            "another argo_cd.version, or upgrade",
        )
    teams = [key for key, team in entity.organization.teams.items() if team.apps_repo and name in team.access]
    if teams and entity.environment.members and entity.config.sign_in is None:
        yield (
            Weight.BROKEN,
            f"argo_cd has no sign_in, so {', '.join(teams)} cannot look at what Argo CD does with their repositories, nor sync "
            "it; say sign_in",
        )


def _minors(environment: Environment) -> Iterator[tuple[str, str]]:
    """The minor version of each member that says one; a GKE cluster follows its channel."""
    on_prem = environment.vmware.user_clusters if environment.vmware else {}
    versions = {key: cluster.version for key, cluster in on_prem.items()}
    versions |= {key: cluster.version for key, cluster in environment.attached_eks_clusters.items()}
    versions |= {key: cluster.kubernetes for key, cluster in environment.clusters_of_others.items()}
    for key, version in sorted(versions.items()):
        yield key, ".".join(version.split(".")[:2])


def _steps(entity: Entity[ArgoCd]) -> Iterator[Step]:
    if entity.environment.members:
        yield from argo_cd_steps(entity.organization, entity.environment, entity.config)


CARD = Card(
    path="organization.argo_cd",
    models=(ArgoCd,),
    noun="Argo CD",
    parts=("sign_in",),
    rows=_rows,
    warnings=_warnings,
    steps=_steps,
)
