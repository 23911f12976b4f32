"""What a state says of clusters on VMware and of EKS: the versions that they and their pools run."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from operations.cards.card import Card
from operations.cards.kinds import attached_cluster, eks_cluster, eks_node_group, node_pool, user_cluster
from operations.states.state import addresses_in_state, attributes


@dataclass(frozen=True)
class Running:
    """Versions that run.

    Attributes:
        clusters: versions by the cluster's name, on VMware.
        pools: versions by pool's name, by cluster's name.
        eks: versions by the EKS cluster's name.
        groups: versions by node group's name, by EKS cluster's name.
        platforms: platform versions by the attached cluster's name, which the companion's state has.
    """

    clusters: Mapping[str, str] = field(default_factory=dict)
    pools: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    eks: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    platforms: Mapping[str, str] = field(default_factory=dict)


def running_versions(text: str, name: str) -> Running:
    """Read the versions out of a state; all else in it is dropped.

    Args:
        text: what ``terraform state pull`` prints.
        name: what to call it in an error.

    Raises:
        InvalidInput: the text is no state.
    """
    addresses_in_state(text, name)
    state = json.loads(text)
    return Running(
        _by_name(state, user_cluster.CARD),
        _by_cluster(state, node_pool.CARD),
        _by_name(state, eks_cluster.CARD),
        _by_cluster(state, eks_node_group.CARD),
        _by_name(state, attached_cluster.CARD),
    )


def _by_name(state: Mapping[str, Any], card: Card[Any]) -> dict[str, str]:
    return {name: version for _, name, version in _versions(state, card)}


def _by_cluster(state: Mapping[str, Any], card: Card[Any]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for cluster, name, version in _versions(state, card):
        found.setdefault(cluster, {})[name] = version
    return found


def _versions(state: Mapping[str, Any], card: Card[Any]) -> Iterator[tuple[str, str, str]]:
    """The cluster, the name and the version of every resource of a kind that says one."""
    where = card.version
    assert where is not None  # noqa: S101 - narrows the type: these kinds have one
    for one in attributes(state, where.type):
        if one.get(where.attribute):
            yield str(one.get(where.cluster)), str(one.get(where.name)), str(one[where.attribute])
