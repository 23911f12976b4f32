"""How a cluster that is lost is made anew from nothing, in order: what is left of it, Terraform, the way in, what runs
in it, what only backups hold, what it is reached by, and people at work.

Each kind of cluster says on its card what is taken away and brought back; the way in and what is put into a cluster are
the steps of ``hybrid prerequisites``, asked of an estate that has no other cluster. Left out: what is not a cluster's
own, such as networks, keys and the fleet, which the loss of a cluster leaves where it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from estate.model.estate import Estate
from estate.reading.paths import did_you_mean, quoted
from estate.reading.problems import InvalidInput
from operations.cards.card import Card, Entity, Lost, Step, Task, Turn
from operations.cards.kinds.admin_cluster import CARD as ADMIN_CLUSTER
from operations.cards.prerequisites import prerequisites
from operations.cards.registry import entities
from operations.recover.addresses import given, noted
from operations.recover.alone import alone
from operations.recover.at_work import at_work
from operations.recover.held_back import brought_back, held_back
from operations.recover.made_anew import made_anew


@dataclass(frozen=True)
class Part:
    """Tasks under one heading.

    Attributes:
        heading: what they are for.
        tasks: in their order.
    """

    heading: str
    tasks: tuple[Step | Task, ...]


def runbook(estate: Estate, name: str, cluster: str, folder: Path) -> list[Part]:
    """The parts of it that have anything to do, in order.

    Args:
        estate: the whole estate.
        name: the environment.
        cluster: the key of the cluster.
        folder: the environment files', with the records of what may not be lost.

    Raises:
        InvalidInput: the environment has no such cluster.
    """
    card, entity, lost = _lost(estate, name, cluster)
    narrowed = alone(estate, name, cluster)
    steps = prerequisites(narrowed, name)
    in_it = _again(steps, Turn.IN_CLUSTERS)
    vmware = narrowed.environments[name].vmware
    is_on_prem = bool(vmware and vmware.user_clusters)
    parts = [
        Part("what is left of it", (*lost.look, *noted(name, cluster, lost))),
        Part("its admin cluster", _admin_cluster(narrowed, name) if is_on_prem else ()),
        Part("taking away what is left", lost.away),
        Part("making it anew", tuple(made_anew(estate, card, entity, lost, folder))),
        Part("attaching it to the fleet", _again(steps, Turn.ATTACH)),
        Part("the first way in", _again(steps, Turn.WAY_IN)),
        Part("in the cluster, by that way", tuple(held_back(narrowed, name, cluster, in_it))),
        Part("what only backups hold", tuple(brought_back(narrowed, name, cluster, lost.back))),
        Part("what it is reached by", tuple(given(name, cluster, lost))),
        Part("people at work", tuple(at_work(narrowed, name, cluster))),
    ]
    return [part for part in parts if part.tasks]


def _again(steps: Sequence[Step], turn: Turn) -> tuple[Step, ...]:
    """What of the prerequisites is done again for a new cluster; everything else is there."""
    return tuple(step for step in steps if step.turn is turn)


def _admin_cluster(estate: Estate, name: str) -> tuple[Step, ...]:
    """See that it answers, and save it; keys of accounts and the workstation are there, and another key is one to lose."""
    return tuple(
        step
        for card, entity in entities(estate, name)
        if card.path == ADMIN_CLUSTER.path
        for step in card.steps(entity)
    )


def _lost(estate: Estate, name: str, cluster: str) -> tuple[Card[Any], Entity[Any], Lost]:
    found = {
        entity.key: (card, entity, card.lost(entity)) for card, entity in entities(estate, name) if card.lost
    }
    if cluster not in found:
        there = ", ".join(sorted(found)) or "none"
        message = f"has no cluster {quoted(cluster)}; it has {there}{did_you_mean(cluster, found)}"
        raise InvalidInput.of_file(f"environments/{name}.yaml", message)
    return found[cluster]
