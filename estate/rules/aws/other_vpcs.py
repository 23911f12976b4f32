"""Rules on the VPCs that others made, and on the clusters in them."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.aws.aws import AwsConfig
from estate.model.aws.management_vpc import ExistingVpcConfig
from estate.model.rules import Violation, rule


@rule(on=AwsConfig)
def vpcs_stand_once(aws: AwsConfig) -> Iterator[Violation]:
    """Each VPC that exists is said once: the bastion and the room of subnets belong to one of them."""
    taken: dict[str, str] = {}
    if isinstance(aws.management_vpc, ExistingVpcConfig):
        taken[aws.management_vpc.existing.vpc_id] = "management_vpc.existing"
    for key, vpc in aws.existing_vpcs.items():
        owner = taken.setdefault(vpc.vpc_id, f"existing_vpcs.{key}")
        if owner != f"existing_vpcs.{key}":
            yield Violation(
                ("existing_vpcs", key, "vpc_id"),
                f"must be said once, got {vpc.vpc_id}, which is {owner}; "
                + (
                    "leave vpc out of its clusters"
                    if owner.startswith("management_vpc")
                    else f"say vpc: {owner.partition('.')[2]} of its clusters"
                ),
            )


@rule(on=AwsConfig)
def services_lie_outside_the_vpc(aws: AwsConfig) -> Iterator[Violation]:
    """Services of a cluster have no address of the VPC that it stands in.

    "Doesn't overlap with any CIDR block assigned to the VPC that you selected for VPC", as EKS says of the services' range:
    https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html (2026-12-01).
    That of the management VPC is among the ranges that no cluster's may cover.
    """
    for key, vpc in aws.existing_vpcs.items():
        ranges = {f"existing_vpcs.{key}.cidr": vpc.cidr}
        ranges |= {f"existing_vpcs.{key}.zones.{zone}": one for zone, one in vpc.private_ranges.items()}
        for name, cluster in aws.clusters_in(key).items():
            for where, cidr in ranges.items():
                if cluster.services.overlaps(cidr):
                    yield Violation(
                        ("eks_clusters", name, "services"),
                        f"must have no address of the VPC, got {cluster.services}, which overlaps {where} {cidr}; choose "
                        "another range",
                    )
                    break
