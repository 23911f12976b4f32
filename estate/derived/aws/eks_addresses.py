"""How many addresses of each zone's private subnet the EKS clusters take.

Pods have addresses of the subnets. The network add-on takes them a whole interface at a time and keeps one interface
more than its pods use, or, with prefix_delegation, a block of 16 more (its defaults, WARM_ENI_TARGET and
WARM_PREFIX_TARGET of 1).

Assumed is that Auto Scaling spreads the nodes of a group evenly over its zones, which it tries first; where a zone
cannot start one, the others take more. Counted are the groups at their largest, and all updating at once. Left out is
what else stands in the subnets, such as load balancers and the attachment of a transit gateway; and that single
addresses, scattered, break up blocks of 16 that could have been.

Sources, read on 2026-11-30: docs/eni-and-ip-target.md and docs/prefix-and-ip-target.md of
https://github.com/aws/amazon-vpc-cni-k8s;
https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html (six addresses of each subnet for EKS itself);
https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html (up to two nodes a zone more);
https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-availability-zone-balanced.html;
https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html (the first four addresses and the last are AWS's).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Final

from estate.facts.aws.instance_types import Interfaces, interfaces_of, pods_with_an_address
from estate.model.aws.aws import AwsConfig
from estate.model.aws.eks_cluster import EksClusterConfig
from estate.model.aws.eks_node_group import EksNodeGroupConfig

RESERVED_BY_AWS: Final = 5
"""Addresses of a subnet that nobody may have: the first four and the last."""
FOR_EKS: Final = 6
"""Addresses of each of its subnets that a cluster's control plane needs."""
BLOCK: Final = 16
"""Addresses of a prefix that an interface takes."""
_NODES_OF_AN_UPDATE: Final = 2


@dataclass(frozen=True)
class Need:
    """Addresses of a subnet.

    Attributes:
        singles: those that are taken one by one.
        blocks: blocks of 16 that lie together.
    """

    singles: int = 0
    blocks: int = 0

    @property
    def addresses(self) -> int:
        """All of them."""
        return self.singles + BLOCK * self.blocks

    def __add__(self, other: Need) -> Need:
        return Need(self.singles + other.singles, self.blocks + other.blocks)

    def __mul__(self, times: int) -> Need:
        return Need(self.singles * times, self.blocks * times)

    def fits(self, subnet: IPv4Network) -> bool:
        """Whether an empty subnet has them.

        The blocks at both ends are not whole, so that single addresses come from there first.
        """
        if self.addresses > subnet.num_addresses - RESERVED_BY_AWS:
            return False
        whole = max(0, subnet.num_addresses // BLOCK - 2)
        beyond = max(0, self.singles - (2 * BLOCK - RESERVED_BY_AWS))
        return self.blocks == 0 or self.blocks <= whole - -(-beyond // BLOCK)


@dataclass(frozen=True)
class NodeNeed:
    """What one node takes.

    Attributes:
        least: as soon as one pod runs on it.
        most: with as many pods as it may have.
    """

    least: Need
    most: Need


@dataclass(frozen=True)
class ZoneNeed:
    """What the clusters take of one zone's private subnet.

    Attributes:
        nodes: nodes of all groups at their largest.
        control_planes: what EKS needs itself.
        least: both, and the nodes of updates, with a pod on each node.
        most: the same with as many pods as nodes may have.
    """

    nodes: int
    control_planes: Need
    least: Need
    most: Need


def node_need(group: EksNodeGroupConfig, *, prefixes: bool) -> NodeNeed | None:
    """What a node of a group takes, of the instance type that takes the most; None where one is not known.

    Args:
        group: the group.
        prefixes: whether its cluster has prefix_delegation.
    """
    if group.node_addresses:
        said = Need(0, -(-group.node_addresses // BLOCK)) if prefixes else Need(group.node_addresses)
        return NodeNeed(said, said)
    found = [(name, interfaces_of(name)) for name in group.instance_types]
    known = [_of_type(name, interfaces, prefixes=prefixes) for name, interfaces in found if interfaces]
    if len(known) < len(found):
        return None
    return max(known, key=lambda need: (need.most.addresses, need.least.addresses))


def unknown_types(group: EksNodeGroupConfig) -> list[str]:
    """Instance types of a group whose addresses nobody knows and the group does not say."""
    return [] if group.node_addresses else [name for name in group.instance_types if not interfaces_of(name)]


def types_without_prefixes(group: EksNodeGroupConfig) -> list[str]:
    """Instance types of a group that take no blocks, as far as they are known."""
    known = [(name, interfaces_of(name)) for name in group.instance_types]
    return [name for name, interfaces in known if interfaces and not interfaces.prefixes]


def _of_type(name: str, interfaces: Interfaces, *, prefixes: bool) -> NodeNeed:
    blocks = prefixes and interfaces.prefixes
    room = interfaces.count * interfaces.slots * (BLOCK if blocks else 1)
    pods = pods_with_an_address(name, room)
    needs = [(_in_blocks if blocks else _one_by_one)(interfaces, many) for many in (1, pods)]
    return NodeNeed(*needs)


def _one_by_one(interfaces: Interfaces, pods: int) -> Need:
    """Interfaces for the pods and a free one, each with all of its addresses."""
    return Need(interfaces.addresses * min(interfaces.count, -(-pods // interfaces.slots) + 1))


def _in_blocks(interfaces: Interfaces, pods: int) -> Need:
    """Blocks for the pods and a free one, and an address for each interface that has one of them."""
    blocks = min(interfaces.count * interfaces.slots, -(-pods // BLOCK) + 1)
    return Need(-(-blocks // interfaces.slots), blocks)


def nodes_of_an_update(group: EksNodeGroupConfig, zones: int) -> int:
    """Nodes that an update of a group adds for a time, in all of its zones together."""
    return max(_NODES_OF_AN_UPDATE * zones, group.max_unavailable)


def zone_needs(aws: AwsConfig, vpc: str | None = None) -> dict[str, ZoneNeed]:
    """What the clusters take of each zone of a VPC; groups with a type that is not known as nodes alone.

    Args:
        aws: the section.
        vpc: key of one of existing_vpcs; the management VPC when None.
    """
    clusters = list(aws.clusters_in(vpc).values())
    zones = next((one.zones for key, _, one in aws.vpcs() if key == vpc), {})
    return {zone: _of_zone(clusters, zone, len(zones)) for zone in zones}


def _of_zone(clusters: Sequence[EksClusterConfig], zone: str, zones: int) -> ZoneNeed:
    nodes, least = 0, Need(FOR_EKS) * len(clusters)
    control_planes, most = least, least
    for cluster, group in _groups(clusters, zone):
        share = len(group.zones) or zones
        mine = -(-group.max_size // share)
        updating = mine + -(-nodes_of_an_update(group, share) // share)
        need = node_need(group, prefixes=bool(cluster.prefix_delegation)) or NodeNeed(Need(1), Need(1))
        nodes, least, most = nodes + mine, least + need.least * updating, most + need.most * updating
    return ZoneNeed(nodes, control_planes, least, most)


def _groups(
    clusters: Sequence[EksClusterConfig], zone: str
) -> Iterator[tuple[EksClusterConfig, EksNodeGroupConfig]]:
    for cluster in clusters:
        for group in cluster.node_groups.values():
            if zone in (group.zones or (zone,)):
                yield cluster, group
