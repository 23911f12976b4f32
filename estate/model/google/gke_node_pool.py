"""Nodes of one kind of a GKE cluster.

Left out: GPUs, local disks, reservations and Windows, which nothing here needs; image and upgrades, which
are Container-Optimized OS and automatic everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field, StrictBool, StrictInt

from estate.model.base import Key, Model
from estate.model.google.values import MachineType
from estate.model.lists import stands_once
from estate.model.rules import Violation, rule
from estate.model.vmware.node_pool import NodeLabelKey, NodeLabelValue, Taint

_ALWAYS = "every node has it; leave it out"


class DiskType(StrEnum):
    """Kind of a node's disk."""

    PD_STANDARD = "pd-standard"
    PD_BALANCED = "pd-balanced"
    PD_SSD = "pd-ssd"
    HYPERDISK_BALANCED = "hyperdisk-balanced"


class GkeNodePoolConfig(Model):
    """Nodes of one kind, as many as their pods ask for."""

    name: Key | None = None
    """Name to keep when the map key is renamed; the map key when absent. Another one replaces the pool."""
    machine_type: MachineType
    """Machine type of a node."""
    min_nodes: Annotated[StrictInt, Field(ge=0)]
    """Fewest nodes, over all zones, which is also how many the pool is made with, at least one in each zone unless it is
    0. Where it is raised later, GKE adds nodes when pods need them, not before."""
    max_nodes: Annotated[StrictInt, Field(ge=1)]
    """Most nodes, over all zones; the subnet has to hold them and those that an upgrade adds."""
    disk_size_gb: Annotated[StrictInt, Field(ge=20)] = 100
    """Disk of a node in GB; 100 when absent."""
    disk_type: DiskType = DiskType.PD_BALANCED
    """Kind of the disk; pd-balanced when absent."""
    spot: StrictBool = False
    """Whether nodes are spot machines, which are cheap and may go at any time; not when absent."""
    labels: dict[NodeLabelKey, NodeLabelValue] = {}
    """Kubernetes labels of the nodes; none when absent."""
    taints: tuple[Taint, ...] = ()
    """Taints of the nodes; none when absent."""
    max_surge: Annotated[StrictInt, Field(ge=0, le=20)] = 1
    """Nodes that an upgrade adds at a time; 1 when absent."""
    max_unavailable: Annotated[StrictInt, Field(ge=0, le=20)] = 0
    """Nodes that an upgrade may take away at a time; 0 when absent."""

    refused: ClassVar[Mapping[str, str]] = {
        "auto_upgrade": _ALWAYS,
        "auto_repair": _ALWAYS,
        "shielded": _ALWAYS,
        "image_type": "every node runs Container-Optimized OS; leave it out",
        "service_account": "each cluster's nodes have an account of their own; leave it out",
        "replicas": "the autoscaler decides between min_nodes and max_nodes; give both the same number to fix it",
        "node_count": "the autoscaler decides between min_nodes and max_nodes; give both the same number to fix it",
        "preemptible": "the key is spot",
    }

    @property
    def most_nodes(self) -> int:
        """The largest number of nodes, those that an upgrade adds included."""
        return self.max_nodes + self.max_surge

    @rule
    def _least_is_not_more_than_most(self) -> Iterator[Violation]:
        """The least number of nodes is not more than the largest."""
        if self.min_nodes > self.max_nodes:
            yield Violation(
                ("min_nodes",), f"must be at most max_nodes {self.max_nodes}, got {self.min_nodes}"
            )

    @rule
    def _an_upgrade_moves_something(self) -> Iterator[Violation]:
        """An upgrade may add a node or take one away, or it could not go on."""
        if not self.max_surge and not self.max_unavailable:
            yield Violation(
                ("max_surge",), "must be 1 or more unless max_unavailable is, or no upgrade could go on"
            )

    @rule
    def _taints_stand_once(self) -> Iterator[Violation]:
        """Each taint stands once with an effect."""
        taints = [f"{taint.key} with {taint.effect.value}" for taint in self.taints]
        yield from stands_once("taints", taints)
