"""A user cluster of any kind, as what asks of all kinds sees it: its key, where it stands, what it is called."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from estate.model.rules import Path


class ClusterKind(StrEnum):
    """Where the clusters of a kind stand in an environment's file, in the order in which they are listed."""

    ON_PREM = "vmware.user_clusters"
    GOOGLE = "google.gke_clusters"
    EKS = "aws.eks_clusters"
    ATTACHED = "fleet.attached_clusters"

    @property
    def path(self) -> Path:
        """The same as steps."""
        return tuple(self.value.split("."))


class _Named(Protocol):
    def name_in(self, organization: str, environment: str, key: str) -> str:
        """Name of the cluster."""


@dataclass(frozen=True)
class Cluster:
    """One cluster of an environment.

    Attributes:
        kind: what it is.
        key: its key among those of its kind; a rule holds that no two of an environment have the same.
        config: what the file says of it.
        is_member: whether it is a member of the fleet.
    """

    kind: ClusterKind
    key: str
    config: _Named
    is_member: bool = True

    @property
    def path(self) -> Path:
        """Where it stands in the environment's file."""
        return *self.kind.path, self.key

    @property
    def is_attached(self) -> bool:
        """Whether the companion stack makes it a member, and no stack of its own."""
        return self.is_member and self.kind in {ClusterKind.EKS, ClusterKind.ATTACHED}

    def __str__(self) -> str:
        return f"{self.kind}.{self.key}"

    def name_in(self, organization: str, environment: str) -> str:
        """Name of the cluster, which is its membership's."""
        return self.config.name_in(organization, environment, self.key)
