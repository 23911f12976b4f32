"""Worker nodes of one kind in an EKS cluster: a managed node group with a launch template of its own.

Left out: the number of nodes between the two limits, which belongs to whoever scales the group; images other
than Amazon Linux 2023, whose newest release EKS chooses when the group is made or its version changes.

https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, ClassVar, Final

from pydantic import Field, StrictInt

from estate.model.aws.bastion import is_graviton
from estate.model.aws.values import AvailabilityZone, InstanceType, KubernetesMinor
from estate.model.aws.volume import VolumeConfig
from estate.model.base import Key, Model
from estate.model.lists import stands_once
from estate.model.rules import Violation, rule
from estate.model.vmware.node_pool import NodeLabelKey, NodeLabelValue, Taint

# Quotas that AWS does not raise by itself:
# https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html and .../APIReference/API_CreateNodegroup.html
_MOST_NODES: Final = 450
_MOST_INSTANCE_TYPES: Final = 20
_MOST_TAINTS: Final = 50

LEAST_VOLUME_GIB: Final = 20
"""EKS's image of Amazon Linux 2023 has a snapshot of 20 GiB, and EC2 makes no volume smaller than its snapshot; what
it answers stands in https://github.com/cilium/cilium/pull/43051 (read 2026-11-30)."""

_RESERVED_LABELS: Final = ("kubernetes.io/", "k8s.io/", "eks.amazonaws.com/")


class Capacity(StrEnum):
    """How AWS sells the instances."""

    ON_DEMAND = "on_demand"
    SPOT = "spot"


class EksNodeGroupConfig(Model):
    """Worker nodes of one kind; each starts with an encrypted root volume and takes IMDSv2 only."""

    name: Key | None = None
    """Name to keep when the map key is renamed; the map key when absent. Another one replaces the group."""
    instance_types: Annotated[tuple[InstanceType, ...], Field(min_length=1, max_length=_MOST_INSTANCE_TYPES)]
    """EC2 instance types, the preferred one first, all for x86 or all for Arm. Other ones replace the group
    and its nodes: add a second group first."""
    capacity: Capacity = Capacity.ON_DEMAND
    """on_demand: AWS takes none away. spot: cheaper, and taken away at two minutes' notice. on_demand when
    absent; the other one replaces the group."""
    min_size: Annotated[StrictInt, Field(ge=0, le=_MOST_NODES)]
    """Fewest nodes, which is also how many the group is made with."""
    max_size: Annotated[StrictInt, Field(ge=1, le=_MOST_NODES)]
    """Most nodes, at most 450."""
    zones: tuple[AvailabilityZone, ...] = ()
    """Zones of the VPC that nodes stand in, one for pods that keep volumes; all when absent. Others replace
    the group."""
    version: KubernetesMinor | None = None
    """Kubernetes of the nodes, in quotes, at most three minor versions behind the cluster's; the cluster's
    when absent."""
    max_unavailable: Annotated[StrictInt, Field(ge=1, le=100)] = 1
    """Nodes that an upgrade replaces at once; 1 when absent."""
    volume: VolumeConfig = VolumeConfig.unsaid()
    """Root volume of each node, of at least 20 GiB; 20 GiB of gp3 with AWS's own key when absent."""
    node_addresses: Annotated[StrictInt, Field(ge=1)] | None = None
    """Addresses that a node takes of its private subnet, for the count of `hybrid check` alone: of instance types that
    it does not know, or where nodes are never full; what the instance types take when absent. Another number changes
    nothing in AWS."""
    labels: dict[NodeLabelKey, NodeLabelValue] = {}
    """Kubernetes labels of the nodes."""
    taints: Annotated[tuple[Taint, ...], Field(max_length=_MOST_TAINTS)] = ()
    """Taints of the nodes."""

    refused: ClassVar[Mapping[str, str]] = {
        "ami_type": "follows from instance_types; leave it out",
        "desired_size": "belongs to whoever scales the group; say min_size and max_size",
        "disk_size": "the key is volume: {size_gib: ...}",
        "disk_size_gb": "the key is volume: {size_gib: ...}",
        "instance_type": "the key is instance_types, a list",
        "max_nodes": "the key is max_size",
        "min_nodes": "the key is min_size",
        "remote_access": "nodes have no SSH; use kubectl debug",
    }

    @property
    def is_arm(self) -> bool:
        """Whether the nodes have Arm processors."""
        return is_graviton(self.instance_types[0])

    @property
    def takes_any_pod(self) -> bool:
        """Whether there is always a node that pods without tolerations may run on."""
        return self.min_size > 0 and not any(taint.effect.value.startswith("NO_") for taint in self.taints)

    @rule
    def _least_is_not_more_than_most(self) -> Iterator[Violation]:
        """The least size is not more than the largest."""
        if self.min_size > self.max_size:
            yield Violation(("min_size",), f"must be at most max_size {self.max_size}, got {self.min_size}")

    @rule
    def _one_processor(self) -> Iterator[Violation]:
        """All instance types have the same processor, and each stands once."""
        first = self.instance_types[0]
        for position, name in enumerate(self.instance_types):
            if is_graviton(name) != self.is_arm:
                yield Violation(
                    ("instance_types", position),
                    f"must have the processor that {first} has, got {name}, and one is Arm; make two groups",
                )
            elif name in self.instance_types[:position]:
                yield Violation(("instance_types", position), f"{name} stands here a second time")

    @rule
    def _zones_differ(self) -> Iterator[Violation]:
        """Each zone stands once."""
        yield from stands_once("zones", self.zones)

    @rule
    def _volume_holds_the_image(self) -> Iterator[Violation]:
        """The root volume is not smaller than the image that nodes start from.

        https://github.com/awslabs/amazon-eks-ami/pull/1581 (read 2026-11-30)
        """
        if self.volume.size_gib < LEAST_VOLUME_GIB:
            yield Violation(
                ("volume", "size_gib"),
                f"must be at least {LEAST_VOLUME_GIB}, which EKS's image takes, got {self.volume.size_gib}; AWS starts no node "
                "of less",
            )

    @rule
    def _labels_are_ours(self) -> Iterator[Violation]:
        """No label is of a domain that Kubernetes or EKS keeps to itself."""
        for key in self.labels:
            domain = key.rpartition("/")[0]
            if f"{domain}/".endswith(_RESERVED_LABELS) and domain:
                yield Violation(
                    ("labels", key),
                    f"must not be of a domain that Kubernetes or EKS keeps to itself, got {key}; use one of your own",
                )

    @rule
    def _upgrade_leaves_nodes(self) -> Iterator[Violation]:
        """An upgrade takes no more nodes away than there can be."""
        if self.max_unavailable > self.max_size:
            yield Violation(
                ("max_unavailable",),
                f"must be at most max_size {self.max_size}, got {self.max_unavailable}",
            )
