"""Worker nodes of one kind.

Left out: the pool's own version, which the provider cannot set, so that pools follow their cluster; and
topology domains, which it does not know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, ClassVar, Final

from pydantic import Field, StrictBool, StrictInt, StringConstraints

from estate.model.base import Key, Model
from estate.model.lists import stands_once
from estate.model.rules import Violation, rule
from estate.model.vmware.values import Cpus, InventoryName, MemoryMb
from estate.model.words import Words

FEWEST_NODES: Final = 3
"""Nodes that a pool is made with at least; autoscaling may take some of them away later."""

NodeLabelKey = Annotated[
    str,
    StringConstraints(
        pattern=r"^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?$"
    ),
    Words("a Kubernetes label key such as tier or example.com/tier"),
]
"""Key of a Kubernetes label or taint."""
NodeLabelValue = Annotated[
    str,
    StringConstraints(pattern=r"^([A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?)?$"),
    Words("at most 63 letters, digits, dots, hyphens and underscores, a letter or digit at each end"),
]
"""Value of a Kubernetes label."""
TaintValue = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?$"),
    Words("1 to 63 letters, digits, dots, hyphens and underscores, a letter or digit at each end"),
]
"""Value of a taint; never empty, because the provider sends no empty text."""


class TaintEffect(StrEnum):
    """What a taint does to pods that do not tolerate it."""

    NO_SCHEDULE = "NO_SCHEDULE"
    PREFER_NO_SCHEDULE = "PREFER_NO_SCHEDULE"
    NO_EXECUTE = "NO_EXECUTE"


class Taint(Model):
    """A taint of every node of the pool."""

    key: NodeLabelKey
    """Key of the taint."""
    value: TaintValue
    """Value of the taint; the service wants one."""
    effect: TaintEffect
    """NO_SCHEDULE, PREFER_NO_SCHEDULE or NO_EXECUTE."""


class VsphereTag(Model):
    """A vSphere tag on every machine of the pool."""

    category: InventoryName
    """The tag's category; it must exist."""
    tag: InventoryName
    """The tag; it must exist."""


class Autoscaling(Model):
    """Let the pool grow and shrink with what its pods ask for."""

    min_replicas: Annotated[StrictInt, Field(ge=1)]
    """Fewest nodes; fewer than the 3 that a pool is made with take effect once it stands."""
    max_replicas: Annotated[StrictInt, Field(ge=FEWEST_NODES)]
    """Most nodes, 3 or more; addresses must be there for all of them."""

    @rule
    def _least_is_not_more_than_most(self) -> Iterator[Violation]:
        """The least number of nodes is not more than the largest."""
        if self.min_replicas > self.max_replicas:
            yield Violation(
                ("min_replicas",),
                f"must be at most max_replicas {self.max_replicas}, got {self.min_replicas}",
            )


class NodePoolConfig(Model):
    """Worker nodes of one kind."""

    name: Key | None = None
    """Name to keep when the map key is renamed, or of a pool that exists; the map key when absent. Another
    one replaces the pool."""
    replicas: Annotated[StrictInt, Field(ge=FEWEST_NODES)] | None = None
    """Number of nodes, 3 or more; autoscaling decides when absent."""
    autoscaling: Autoscaling | None = None
    """Limits between which the number of nodes may change; it is fixed when absent."""
    cpus: Cpus = 4
    """Virtual processors of a node; 4 when absent."""
    memory_mb: MemoryMb = 8192
    """Memory of a node in MiB, a multiple of 4; 8192 when absent."""
    boot_disk_size_gb: Annotated[StrictInt, Field(ge=40)] = 40
    """Boot disk of a node in GiB; 40 when absent."""
    image_type: Annotated[str, StringConstraints(min_length=1)] = "ubuntu_cgv2"
    """Operating system image, one that the cluster's version takes; ubuntu_cgv2 when absent."""
    labels: dict[NodeLabelKey, NodeLabelValue] = {}
    """Kubernetes labels of the nodes; none when absent."""
    taints: tuple[Taint, ...] = ()
    """Taints of the nodes; none when absent."""
    load_balancer: StrictBool = False
    """Whether MetalLB runs on these nodes; not when absent."""
    datastore: InventoryName | None = None
    """Datastore of the nodes' disks; the cluster's when absent."""
    host_groups: tuple[InventoryName, ...] = ()
    """DRS host groups that the nodes must run on, with a version that has them; any host when absent."""
    tags: tuple[VsphereTag, ...] = ()
    """vSphere tags of the machines; none when absent."""

    refused: ClassVar[Mapping[str, str]] = {
        "version": "the provider only reads a pool's version, and pools follow their cluster's; leave it out",
        "on_prem_version": "the provider only reads a pool's version, and pools follow their cluster's; leave it out",
        "topology_domains": "the provider does not know topology domains; a cluster that has them stays with gkectl",
        "image": "only Windows pools have it, and no supported version has those; leave it out",
    }

    @property
    def most_nodes(self) -> int:
        """The largest number of nodes that the pool may have."""
        return self.autoscaling.max_replicas if self.autoscaling else self.replicas or 0

    @property
    def first_nodes(self) -> int:
        """The number of nodes that the pool starts with."""
        if self.autoscaling:
            return max(self.autoscaling.min_replicas, FEWEST_NODES)
        return self.replicas or 0

    @rule
    def _size_is_said_once(self) -> Iterator[Violation]:
        """A pool has a fixed number of nodes, or limits between which it changes."""
        if (self.replicas is None) == (self.autoscaling is None):
            found = "neither" if self.replicas is None else "both"
            yield Violation(
                ("replicas",),
                f"is needed unless autoscaling says the size, and only then; got {found}; keep one of the two",
                ("autoscaling",),
            )

    @rule
    def _is_not_windows(self) -> Iterator[Violation]:
        """No pool runs Windows, which no supported version has."""
        if self.image_type == "windows":
            yield Violation(
                ("image_type",),
                "must not be windows, which no supported version has; run Windows workloads elsewhere, "
                "and say ubuntu_cgv2 or cos_cgv2",
            )

    @rule
    def _taints_stand_once(self) -> Iterator[Violation]:
        """Each taint stands once with an effect."""
        taints = [f"{taint.key} with {taint.effect.value}" for taint in self.taints]
        yield from stands_once("taints", taints)
