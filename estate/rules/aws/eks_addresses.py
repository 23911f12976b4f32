"""Rules on the addresses that EKS clusters take of the VPC's private subnets.

Refused is what cannot be; what is only tight is a warning (`operations/cards/kinds/management_vpc.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.aws.eks_addresses import FOR_EKS, RESERVED_BY_AWS, zone_needs
from estate.model.aws.aws import AwsConfig
from estate.model.rules import Violation, rule


@rule(on=AwsConfig)
def subnets_have_room_for_nodes(aws: AwsConfig) -> Iterator[Violation]:
    """Every private subnet has six addresses for each cluster's control plane, and one for each node of its zone.

    https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html (read 2026-11-30). Nodes are spread evenly over
    the zones of their group, at the group's largest. A subnet whose range nobody says is not judged.
    """
    for key, where, vpc in aws.vpcs():
        needs = zone_needs(aws, key)
        for zone, subnet in vpc.private_ranges.items() if aws.clusters_in(key) else ():
            need, room = needs[zone], subnet.num_addresses - RESERVED_BY_AWS
            wanted = need.control_planes.addresses + need.nodes
            if wanted > room:
                yield Violation(
                    (*where, "zones", zone, "private_cidr" if key else "private"),
                    f"must have {wanted} addresses, {FOR_EKS} for the control plane of each EKS cluster and one for each of "
                    f"{need.nodes} nodes, got {subnet} with {room}; lower max_size of node groups, give them other zones, or "
                    "make the subnet anew and larger",
                )
