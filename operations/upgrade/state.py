"""What a state says of clusters on VMware: the versions that they and their pools run."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from operations.settle.state import addresses_in_state


@dataclass(frozen=True)
class Running:
    """Versions that run.

    Attributes:
        clusters: versions by the cluster's name.
        pools: versions by pool's name, by cluster's name.
    """

    clusters: Mapping[str, str] = field(default_factory=dict)
    pools: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


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
    clusters = {
        str(one.get("name")): str(one["on_prem_version"])
        for one in attributes(state, "google_gkeonprem_vmware_cluster")
        if one.get("on_prem_version")
    }
    pools: dict[str, dict[str, str]] = {}
    for one in attributes(state, "google_gkeonprem_vmware_node_pool"):
        if one.get("on_prem_version"):
            pools.setdefault(str(one.get("vmware_cluster")), {})[str(one.get("name"))] = str(
                one["on_prem_version"]
            )
    return Running(clusters, pools)


def attributes(state: Mapping[str, Any], type_: str) -> Iterator[Mapping[str, Any]]:
    """Attributes of every managed resource of a type."""
    for resource in state["resources"]:
        if resource["mode"] == "managed" and resource["type"] == type_ and "module" not in resource:
            for instance in resource["instances"]:
                yield instance.get("attributes") or {}
