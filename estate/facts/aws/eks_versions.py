"""Kubernetes versions of EKS, and the versions of the software that attaches a cluster to a fleet.

What is known of them stands in eks_versions.json beside this module, with its source and the month in which it
was read; a new version is added there and nowhere else. A platform version goes with clusters of its own minor
version and of the next one, so that Kubernetes is upgraded first.

https://docs.cloud.google.com/kubernetes-engine/multi-cloud/docs/attached/eks/how-to/migrate-cluster (version
numbering policy) and .../how-to/update-cluster
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Support:
    """How long EKS supports a minor version.

    Attributes:
        standard_ends: day on which standard support ends, ISO 8601.
        standard: whether it was still in standard support when the file was read.
    """

    standard_ends: str
    standard: bool


@dataclass(frozen=True)
class Versions:
    """What is known.

    Attributes:
        kubernetes: EKS's minor versions, oldest first.
        platforms: minor versions that there are platform versions of, oldest first.
    """

    kubernetes: Mapping[str, Support]
    platforms: tuple[str, ...]


@functools.cache
def versions() -> Versions:
    """Read the data file."""
    data = json.loads(Path(__file__).with_name("eks_versions.json").read_text("utf-8"))
    return Versions(
        {
            name: Support(entry["standard_support_ends"], entry["standard_support"])
            for name, entry in data["kubernetes"].items()
        },
        tuple(data["attached_platforms"]),
    )


def minor_number(version: str) -> int:
    """The number behind the first dot, of a minor version or a platform version."""
    return int(version.split(".")[1])


def platforms_for(kubernetes: str) -> tuple[str, ...]:
    """Minor versions of the platform that go with a minor version of Kubernetes."""
    number = minor_number(kubernetes)
    return tuple(name for name in versions().platforms if minor_number(name) in {number - 1, number})
