"""The ways of EKS clusters and of the bastion, in the management VPC."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network
from typing import Final

from estate.derived.ways.way import End, Kind, Way
from estate.facts.ways import clouds
from estate.model.aws.aws import AwsConfig
from estate.model.aws.bastion import BastionAccess
from estate.model.aws.management_vpc import ManagementVpcConfig
from estate.model.environment import Environment

INTERNET: Final = End(Kind.INTERNET, ranges=(IPv4Network("0.0.0.0/0"),), text="the internet")

PUBLIC: Final = "by the public endpoint"
"""Name of whoever comes to an API by its public endpoint."""


def aws_ways(environment: Environment, organization: str) -> Iterator[Way]:
    """Yield the ways within the VPC that the environment makes, and out of it; nothing of those that exist."""
    aws = environment.aws
    if aws is None or not isinstance(aws.management_vpc, ManagementVpcConfig):
        return
    for key, cluster in sorted(aws.clusters_in(None).items()):
        nodes, api = eks_ends(environment, organization, key)
        yield Way(nodes, api, clouds.CALL_EKS_API.ports, clouds.CALL_EKS_API, f"EKS cluster {key}")
        reason = clouds.CALL_AWS_AND_REGISTRIES
        yield Way(nodes, INTERNET, reason.ports, reason, f"EKS cluster {key}")
        if cluster.endpoint.public_from:
            reason, public = (
                clouds.REACH_EKS_PUBLICLY,
                End(Kind.INTERNET, PUBLIC, cluster.endpoint.public_from),
            )
            yield Way(public, api, reason.ports, reason, f"EKS cluster {key}")
        if aws.bastion:
            reason = clouds.PASS_BASTION
            yield Way(End(Kind.BASTION), api, reason.ports, reason, f"EKS cluster {key}")
    yield from _bastion(aws)


def eks_ends(environment: Environment, organization: str, key: str) -> tuple[End, End]:
    """Nodes with their pods, and the private endpoint, of an EKS cluster of that VPC; both stand in its private subnets."""
    aws = environment.aws
    cluster = (aws.eks_clusters if aws else {})[key]
    name = cluster.name_in(organization, environment.environment, key)
    subnets = private_subnets(aws)
    return End(Kind.EKS_NODES, name, subnets), End(Kind.EKS_API, name, subnets)


def private_subnets(aws: AwsConfig | None) -> tuple[IPv4Network, ...]:
    """The private subnets of the VPC that the environment makes, which nodes stand in; none of those that exist."""
    vpc = aws and aws.management_vpc
    if not isinstance(vpc, ManagementVpcConfig):
        return ()
    return tuple(subnets.private for _, subnets in sorted(vpc.zones.items()))


def _bastion(aws: AwsConfig) -> Iterator[Way]:
    if aws.bastion is None:
        return
    bastion = End(Kind.BASTION)
    yield Way(bastion, INTERNET, clouds.OPEN_SESSION.ports, clouds.OPEN_SESSION, "bastion")
    if aws.bastion.access is BastionAccess.SSH:
        source = End(Kind.INTERNET, "people", aws.bastion.allowed_ssh_cidrs)
        yield Way(source, bastion, clouds.COME_BY_SSH.ports, clouds.COME_BY_SSH, "bastion")
