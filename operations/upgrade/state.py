"""What a state says of clusters on VMware and of EKS: the versions that they and their pools run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from operations.cards.card import Card
from operations.cards.kinds import attached_cluster, eks_cluster, eks_node_group, node_pool, user_cluster
from operations.states.state import attributes, read_state, said


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
    state = read_state(text, name)

    def versions(card: Card[Any]) -> Iterator[tuple[str, str, str]]:
        return _versions(state, card, name)

    return Running(
        _by_name(versions(user_cluster.CARD)),
        _by_cluster(versions(node_pool.CARD)),
        _by_name(versions(eks_cluster.CARD)),
        _by_cluster(versions(eks_node_group.CARD)),
        _by_name(versions(attached_cluster.CARD)),
    )


def _by_name(versions: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    return {name: version for _, name, version in versions}


def _by_cluster(versions: Iterable[tuple[str, str, str]]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for cluster, name, version in versions:
        found.setdefault(cluster, {})[name] = version
    return found


def _versions(state: Mapping[str, Any], card: Card[Any], display: str) -> Iterator[tuple[str, str, str]]:
    """The cluster, the name and the version of every resource of a kind that says one."""
    where = card.version
    assert where is not None  # noqa: S101 - narrows the type: these kinds have one
    for one in attributes(state, where.type):
        version = said(one.get(where.attribute), display)
        if version:
            yield said(one.get(where.cluster), display), said(one.get(where.name), display), version
