"""Releases of the mesh's control planes: which are supported until when, on which Kubernetes, and from which patch on.

They stand in mesh_versions.json beside this module, with their source and the day on which it was read; a new minor version is
added there and nowhere else. A patch below the first one that is taken has a defect that clusters of one mesh feel.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from estate.facts.vmware.versions import minor, order


@dataclass(frozen=True)
class MeshMinor:
    """One supported minor version of a control plane.

    Attributes:
        released: the day of its first release, ISO 8601.
        ends: the day on which its support ends at the earliest; None where nobody says it yet.
        kubernetes: minor versions of Kubernetes that it runs on.
        at_least: the first patch that is taken.
        newest: the newest patch on the day of reading.
    """

    released: str
    ends: str | None
    kubernetes: tuple[str, ...]
    at_least: str
    newest: str


@functools.cache
def mesh_minors(control_plane: str) -> Mapping[str, MeshMinor]:
    """The supported minor versions of a control plane, csm or istio, by name, oldest first."""
    return {
        name: MeshMinor(
            one["released"], one["ends"], tuple(one["kubernetes"]), one["at_least"], one["newest"]
        )
        for name, one in _data()[control_plane]["minors"].items()
    }


def minors_apart(version: str, other: str) -> int:
    """How many minor versions lie between two versions, whichever is newer."""
    return abs(order(minor(version))[1] - order(minor(other))[1])


def why_not_taken(control_plane: str, version: str) -> str | None:
    """Say why a version of a control plane cannot be used and what to do; None when it can."""
    known = mesh_minors(control_plane)
    rules = known.get(minor(version))
    if rules is None:
        return (
            f"must be of a supported minor version of {control_plane}, {', '.join(known)}; got {version}; if it is out by now, "
            "add its rules to estate/facts/mesh_versions.json"
        )
    if order(version) < order(rules.at_least):
        return (
            f"must be {rules.at_least} or newer, because of defects between clusters of one mesh or because Google never "
            f"released it, got {version}; the newest is {rules.newest}"
        )
    return None


@functools.cache
def _data() -> Any:
    return json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
