"""What promotion compares: versions, features and sizes of an environment, as plain data.

Read by the paths of the environment's file, so that a section is compared from the day that the model has it.
Left out: what differs between environments for good, such as addresses and names; and the platform version of an
attached cluster, which follows its cluster's and stands in a state of its own, so that it is shown and not judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from estate.facts.vmware.versions import order
from estate.model.environment import Environment
from estate.model.rules import Path

ADMIN_CLUSTER: Final = "admin cluster"
USER_CLUSTER: Final = "user cluster"
GKE_CLUSTER: Final = "GKE cluster"
EKS_CLUSTER: Final = "EKS cluster"

VERSIONS: Final[Mapping[str, Path]] = {
    ADMIN_CLUSTER: ("vmware", "admin_cluster", "version"),
    USER_CLUSTER: ("vmware", "user_clusters", "*", "version"),
    GKE_CLUSTER: ("google", "gke_clusters", "*", "release_channel"),
    EKS_CLUSTER: ("aws", "eks_clusters", "*", "version"),
}
"""Where the version of each kind of cluster stands; the star is its key."""

FEATURES: Final[tuple[Path, ...]] = (
    ("fleet", "features", "*"),
    ("vmware", "user_clusters"),
    ("google", "gke_clusters"),
    ("aws", "eks_clusters"),
    ("aws", "management_service"),
    ("aws", "bastion"),
    ("vpn",),
)
"""What an environment has or has not."""

_SIZES: Final[Mapping[str, Path]] = {
    "pool": ("vmware", "user_clusters", "*", "node_pools", "*"),
    "GKE pool": ("google", "gke_clusters", "*", "node_pools", "*"),
    "EKS group": ("aws", "eks_clusters", "*", "node_groups", "*"),
}
_CHANNELS: Final = ("extended", "stable", "regular", "rapid")
_PLATFORM: Final[Path] = ("aws", "eks_clusters", "*", "attach", "platform_version")


@dataclass(frozen=True, order=True)
class Item:
    """A cluster of a kind.

    Attributes:
        kind: what it is.
        key: its key in the file; empty for what there is one of.
    """

    kind: str
    key: str = ""

    @property
    def address(self) -> str:
        """Where its version stands in an environment's file."""
        return ".".join(self.key if part == "*" else str(part) for part in VERSIONS[self.kind])

    def __str__(self) -> str:
        return f"{self.kind} {self.key}".rstrip()


@dataclass(frozen=True)
class Contents:
    """What an environment has.

    Attributes:
        versions: by cluster.
        features: dotted paths of what it has.
        sizes: what is shown beside, in words, by what it is the size of.
    """

    versions: Mapping[Item, str] = field(default_factory=dict)
    features: frozenset[str] = frozenset()
    sizes: Mapping[str, str] = field(default_factory=dict)


def rank(version: str) -> tuple[int, ...]:
    """What to compare versions by; a release channel by how soon new versions come to it."""
    return (_CHANNELS.index(version),) if version in _CHANNELS else order(version)


def contents(environment: Environment) -> Contents:
    """What an environment's file says."""
    return contents_of(environment.model_dump(mode="json"))


def contents_of(data: Mapping[str, Any]) -> Contents:
    """What an environment's file says, as plain data."""
    versions = {
        Item(kind, ".".join(keys)): str(value)
        for kind, path in VERSIONS.items()
        for keys, value in found(data, path)
        if value
    }
    features = {
        ".".join([keys[-1] if part == "*" else str(part) for part in path])
        for path in FEATURES
        for keys, value in found(data, path)
        if value is not None and value != {}
    }
    return Contents(versions, frozenset(features), dict(_sizes(data)))


def _sizes(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for kind, path in _SIZES.items():
        for keys, pool in found(data, path):
            limits = pool.get("autoscaling") or {}
            least = limits.get("min_replicas", pool.get("min_nodes", pool.get("min_size")))
            most = limits.get("max_replicas", pool.get("max_nodes", pool.get("max_size")))
            yield f"{kind} {'.'.join(keys)}", str(pool.get("replicas") or f"{least} to {most}")
    for keys, version in found(data, _PLATFORM):
        yield f"attached platform {'.'.join(keys)}", str(version)


def found(data: Any, path: Path, keys: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every value at a path with stars, with the keys that the stars stand for."""
    if not path:
        yield keys, data
        return
    if not isinstance(data, dict):
        return
    first, *rest = path
    for key in data if first == "*" else (first,):
        if key in data:
            yield from found(data[key], tuple(rest), (*keys, str(key)) if first == "*" else keys)
