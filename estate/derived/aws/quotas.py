"""What an environment takes of the quotas that an AWS account starts with.

Counted is what the environment makes at its largest; what else is in the account is not known. Left out is what an
environment makes few of, such as VPCs, transit gateways and VPN connections, and what no quota of a region ends, such as
node groups, which a rule counts.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from estate.derived.aws.eks_addresses import nodes_of_an_update
from estate.facts.aws.instance_types import processors
from estate.facts.aws.quotas import Quota, quotas
from estate.model.aws.aws import AwsConfig
from estate.model.aws.eks_node_group import Capacity
from estate.model.aws.management_vpc import ManagementVpcConfig, NatGateways

_STANDARD: Final = re.compile(r"(a|c|d|h|i|im|is|m|r|t|z)[0-9]")
"""Families whose processors are counted together; others have quotas of their own."""


def more_than_at_first(aws: AwsConfig) -> list[tuple[Quota, int]]:
    """The quotas that the environment goes beyond by itself, each with what it takes."""
    taken = {
        "elastic_addresses": _elastic_addresses(aws),
        "security_group_rules": _security_group_rules(aws),
        **_processors(aws),
    }
    return [(quotas()[key], taken[key]) for key in sorted(taken) if taken[key] > quotas()[key].starts_with]


def _elastic_addresses(aws: AwsConfig) -> int:
    """One for each NAT gateway, and the bastion's."""
    vpc, bastion = aws.management_vpc, int(aws.bastion is not None)
    if not isinstance(vpc, ManagementVpcConfig):
        return bastion
    return bastion + (1 if vpc.nat_gateways is NatGateways.SINGLE else len(vpc.zones))


def _security_group_rules(aws: AwsConfig) -> int:
    """Rules of the security group that has the most: each range is one, and so is the bastion for a cluster."""
    bastion = len(aws.bastion.allowed_ssh_cidrs) if aws.bastion else 0
    clusters = [
        len(one.endpoint.private_from) + int(aws.bastion is not None and one.vpc is None)
        for one in aws.eks_clusters.values()
    ]
    return max([bastion, *clusters])


def _processors(aws: AwsConfig) -> Counter[str]:
    """Processors of all nodes at their largest, with those of updates, and of the bastion."""
    found = Counter({"on_demand_processors": processors(aws.bastion.instance_type) if aws.bastion else 0})
    for cluster in aws.eks_clusters.values():
        vpc = aws.vpc_of(cluster)
        zones = tuple(vpc.zones) if vpc else ()
        for group in cluster.node_groups.values():
            nodes = group.max_size + nodes_of_an_update(group, len(group.zones or zones))
            each = max(
                (processors(name) for name in group.instance_types if _STANDARD.match(name)), default=0
            )
            spot = group.capacity is Capacity.SPOT
            found["spot_processors" if spot else "on_demand_processors"] += nodes * each
    return found
