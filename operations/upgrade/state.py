"""What a state says of clusters on VMware and of EKS: the versions that they and their pools run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

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
        _by_name(state, "google_gkeonprem_vmware_cluster", "on_prem_version"),
        _by_cluster(state, "google_gkeonprem_vmware_node_pool", "vmware_cluster", "name", "on_prem_version"),
        _by_name(state, "aws_eks_cluster", "version"),
        _by_cluster(state, "aws_eks_node_group", "cluster_name", "node_group_name", "version"),
        _by_name(state, "google_container_attached_cluster", "platform_version"),
    )


def _by_name(state: Mapping[str, Any], type_: str, version: str) -> dict[str, str]:
    return {str(one.get("name")): str(one[version]) for one in attributes(state, type_) if one.get(version)}


def _by_cluster(
    state: Mapping[str, Any], type_: str, cluster: str, name: str, version: str
) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for one in attributes(state, type_):
        if one.get(version):
            found.setdefault(str(one.get(cluster)), {})[str(one.get(name))] = str(one[version])
    return found
