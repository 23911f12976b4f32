"""A VPC that others made, which EKS clusters stand in: nothing here changes it, so that people see to what it needs.

https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html: "The VPC must have DNS hostname and DNS resolution
support. Otherwise, nodes can't register to your cluster"; .../private-clusters.html: what nodes without a way to the
internet reach by endpoints (excerpts, 2026-12-01).
"""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.stack_plan import attach_stack
from estate.model.aws.other_vpc import OtherVpcConfig
from operations.cards.addresses import address_warnings
from operations.cards.card import Card, Entity, Step, Turn, Weight, certain, row

_CLUSTER_TAG = "kubernetes.io/cluster/"


def _clusters(entity: Entity[OtherVpcConfig]) -> list[str]:
    return sorted(certain(entity.environment.aws).clusters_in(entity.key))


def _summary(entity: Entity[OtherVpcConfig]) -> str:
    vpc = entity.config
    public = ", ".join(zone for zone, one in sorted(vpc.zones.items()) if one.public)
    return (
        f"{vpc.vpc_id}, {vpc.cidr}, zones {', '.join(sorted(vpc.zones))}, public subnets in {public or 'none'}, "
        f"EKS clusters {', '.join(_clusters(entity)) or 'none'}"
    )


def _warnings(entity: Entity[OtherVpcConfig]) -> Iterator[tuple[Weight, str]]:
    vpc, aws = entity.config, certain(entity.environment.aws)
    clusters = aws.clusters_in(entity.key)
    if not clusters:
        yield (
            Weight.TOLD,
            f"no EKS cluster stands in existing_vpcs.{entity.key}; say vpc: {entity.key} of one, or take it out",
        )
        return
    yield from address_warnings(aws, vpc, entity.key)
    yield from _apart(entity)
    for key, cluster in sorted(clusters.items()):
        door = cluster.endpoint
        far = [str(cidr) for cidr in door.private_from if not cidr.subnet_of(vpc.cidr)]
        if far:
            alone = not door.public_from and len(far) == len(door.private_from)
            yield (
                Weight.BROKEN if alone else Weight.TOLD,
                f"EKS cluster {key} lets in {', '.join(far)}, and nothing here leads from there to existing_vpcs.{entity.key}: "
                f"{'nobody reaches its API' if alone else 'nobody comes from there'} until the VPC's owner routes it there "
                "and back",
            )


def _apart(entity: Entity[OtherVpcConfig]) -> Iterator[tuple[Weight, str]]:
    """Clusters of one companion stack, which talks to the API of each, that no one place reaches as far as is known."""
    clusters = certain(entity.environment.aws).eks_clusters
    attached = {key: one for key, one in sorted(clusters.items()) if one.attach}
    private = [key for key, one in attached.items() if one.vpc == entity.key and not one.endpoint.public_from]
    others = [key for key, one in attached.items() if one.vpc != entity.key]
    if private and others:
        yield (
            Weight.BROKEN,
            f"{attach_stack(entity.environment.environment)} talks to the APIs of EKS clusters {', '.join([*private, *others])} "
            f"from one place, and nothing here joins existing_vpcs.{entity.key} to where the others stand; have its owner route "
            f"both to whoever applies, or let that one in by public_from of {', '.join(private)}",
        )


def _steps(entity: Entity[OtherVpcConfig]) -> Iterator[Step]:
    vpc, clusters = entity.config, _clusters(entity)
    if not clusters:
        return
    aws = f"aws ec2 %s --region {certain(entity.environment.aws).region}"
    subnets = [one for zone in vpc.zones.values() for one in (zone.private, zone.public) if one]
    yield Step(
        Turn.BEFORE,
        f"have {vpc.vpc_id}, with these subnets in the zones that the file says, and with room in them; its routes, network "
        "ACLs and flow logs are its owner's",
        (
            f"{aws % 'describe-subnets'} --subnet-ids {' '.join(subnets)} --query "
            "'Subnets[].[SubnetId,VpcId,AvailabilityZone,CidrBlock,AvailableIpAddressCount]' --output text",
        ),
    )
    yield Step(
        Turn.BEFORE,
        f"have DNS support and DNS hostnames on in {vpc.vpc_id}, or no node joins; both have to be True",
        tuple(
            f"{aws % 'describe-vpc-attribute'} --vpc-id {vpc.vpc_id} --attribute {name[0].lower()}{name[1:]} "
            f"--query {name}.Value --output text"
            for name in ("EnableDnsSupport", "EnableDnsHostnames")
        ),
    )
    yield _way_out(entity, aws)
    yield from _tags(entity, aws, clusters)


def _way_out(entity: Entity[OtherVpcConfig], aws: str) -> Step:
    vpc, clusters = entity.config, certain(entity.environment.aws).clusters_in(entity.key)
    attached = any(one.attach for one in clusters.values())
    only_nat = (
        "; a member of the fleet calls Google, which no endpoint of AWS leads to: that takes NAT"
        if attached
        else ", or to endpoints of all that nodes call"
    )
    privates = ", ".join(one.private for one in vpc.zones.values())
    return Step(
        Turn.BEFORE,
        f"have a way out for nodes in {privates}: a default route to a NAT gateway or the like{only_nat}. A subnet that no "
        "table names goes by the table that says Main",
        (
            f"{aws % 'describe-route-tables'} --filters Name=vpc-id,Values={vpc.vpc_id} --query "
            '"RouteTables[].{Subnets:Associations[].SubnetId,Main:Associations[].Main,Out:Routes[?DestinationCidrBlock=='
            "'0.0.0.0/0'].[NatGatewayId,TransitGatewayId,NetworkInterfaceId,GatewayId]}\" --output json",
            f"{aws % 'describe-vpc-endpoints'} --filters Name=vpc-id,Values={vpc.vpc_id} --query "
            "'VpcEndpoints[].[ServiceName,VpcEndpointType,State]' --output text",
        ),
    )


def _tags(entity: Entity[OtherVpcConfig], aws: str, clusters: list[str]) -> Iterator[Step]:
    """What load balancers find their subnets by: https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html.

    A subnet that carries other clusters' tags alone is passed over: findSubnets in pkg/providers/v1/aws.go of
    https://github.com/kubernetes/cloud-provider-aws (2026-12-01).
    """
    vpc, section = entity.config, certain(entity.environment.aws)
    zones = vpc.zones.values()
    private, public = [one.private for one in zones], [one.public for one in zones if one.public]
    tag = f"{aws % 'create-tags'} --resources %s --tags Key=%s,Value=%s"
    yield Step(
        Turn.AFTER,
        f"have the owner of {vpc.vpc_id} tag the subnets where load balancers are to stand; by the owner's Terraform, which "
        "otherwise takes tags away that it does not know",
        (
            tag % (" ".join(private), "kubernetes.io/role/internal-elb", 1),
            *([tag % (" ".join(public), "kubernetes.io/role/elb", 1)] if public else []),
        ),
    )
    named = [section.eks_clusters[key].name_in(*entity.names, key) for key in clusters]
    yield Step(
        Turn.AFTER,
        f"where the first command shows tags of other clusters, have the subnets of {vpc.vpc_id} tagged for these, too: load "
        "balancers pass over a subnet that is other clusters' alone",
        (
            f"{aws % 'describe-tags'} --filters Name=resource-id,Values={','.join([*private, *public])} "
            f"'Name=key,Values={_CLUSTER_TAG}*' --query 'Tags[].[ResourceId,Key,Value]' --output text",
            *(tag % (" ".join([*private, *public]), f"{_CLUSTER_TAG}{name}", "shared") for name in named),
        ),
    )


CARD = Card[OtherVpcConfig](
    path="aws.existing_vpcs.*",
    models=(OtherVpcConfig,),
    noun="VPC that exists",
    parts=("zones",),
    rows=row(_summary),
    warnings=_warnings,
    steps=_steps,
)
