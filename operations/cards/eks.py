"""What the EKS clusters of an environment contain, what is worth saying of them, and what a person does for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.derived.stack_plan import attach_stack
from estate.model.aws.aws import AwsConfig
from estate.model.aws.eks_cluster import AttachConfig, EksClusterConfig, SupportType
from estate.model.aws.eks_node_group import Capacity, EksNodeGroupConfig
from estate.model.aws.kms_key import ExistingKmsKeyConfig
from estate.model.aws.management_vpc import ExistingVpcConfig, ManagementVpcConfig
from estate.model.environment import Environment
from estate.model.estate import Estate
from operations.cards.content import Content

_RESERVED_BY_AWS: Final = 5
# What the network add-on takes for a node of the smaller kinds: two interfaces with ten addresses each.
_ADDRESSES_OF_A_NODE: Final = 20


def eks_contents(aws: AwsConfig) -> Iterator[Content]:
    """Yield every cluster with its node groups and its membership."""
    for key, cluster in aws.eks_clusters.items():
        path = f"aws.eks_clusters.{key}"
        yield Content(path, "EKS cluster", _cluster(cluster))
        for name, group in cluster.node_groups.items():
            yield Content(f"{path}.node_groups.{name}", "node group", _node_group(group))
        if cluster.attach:
            yield Content(f"{path}.attach", "fleet membership", _attach(cluster.attach))


def _cluster(cluster: EksClusterConfig) -> str:
    private = ", ".join(map(str, cluster.endpoint.private_from))
    public = ", ".join(map(str, cluster.endpoint.public_from))
    return (
        f"Kubernetes {cluster.version}, private API"
        + (f" from {private}" if private else "")
        + (f", public API from {public}" if public else "")
        + f", administered by {', '.join(sorted(cluster.access.administrators))}"
    )


def _node_group(group: EksNodeGroupConfig) -> str:
    spot = ", spot" if group.capacity is Capacity.SPOT else ""
    return (
        f"{group.min_size} to {group.max_size} nodes, {' or '.join(group.instance_types)}{spot}, "
        f"{group.volume.size_gib} GiB of {group.volume.volume_type}"
    )


def _attach(attach: AttachConfig) -> str:
    logs = ", ".join(attach.logging) or "none"
    metrics = "on" if attach.managed_prometheus else "off"
    return f"platform {attach.platform_version}, logs {logs}, managed Prometheus {metrics}"


def eks_warnings(environment: Environment) -> Iterator[str]:
    """Yield what is worth saying of the clusters, as sentences without a final period."""
    aws = environment.aws
    for key, cluster in aws.eks_clusters.items() if aws else ():
        if cluster.support is SupportType.EXTENDED:
            yield f"EKS cluster {key} pays for extended support as soon as {cluster.version} leaves standard support"
        if cluster.endpoint.public_from:
            yield f"EKS cluster {key} has its API on the internet, for the ranges in public_from"
        if aws and isinstance(aws.management_vpc, ManagementVpcConfig):
            yield from _tight_subnets(aws.management_vpc, key, cluster)
        if aws and aws.management_service:
            yield (
                f"EKS cluster {key} shares its subnets with GKE on AWS, whose tags hide them from the cluster's load "
                "balancers: hybrid check --prerequisites says how to tag them for both"
            )
    for key, (_, attach) in environment.attached_clusters.items():
        if attach.managed_prometheus:
            yield f"EKS cluster {key} sends metrics to Managed Service for Prometheus, charged by the sample"


def _tight_subnets(vpc: ManagementVpcConfig, key: str, cluster: EksClusterConfig) -> Iterator[str]:
    """Pods have addresses of the subnets, so nodes run out of them before they run out of anything else."""
    free = sum(zone.private.num_addresses - _RESERVED_BY_AWS for zone in vpc.zones.values())
    if free < cluster.most_nodes * _ADDRESSES_OF_A_NODE:
        yield (
            f"EKS cluster {key} may grow to {cluster.most_nodes} nodes, and the private subnets have {free} addresses "
            f"for nodes and pods, fewer than {_ADDRESSES_OF_A_NODE} a node: pods will not start"
        )


def eks_prerequisites(estate: Estate, name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each step for the clusters of one environment with the commands to run, in order."""
    environment = estate.environments[name]
    aws = environment.aws
    if aws is None or not aws.eks_clusters:
        return
    yield from _keys_of_others(aws, name)
    names = {key: one.name_in(estate.organization.name, name, key) for key, one in aws.eks_clusters.items()}
    if isinstance(aws.management_vpc, ExistingVpcConfig):
        zones = aws.management_vpc.existing.zones.values()
        yield (
            "tag the subnets of the VPC that exists, where load balancers are to stand",
            (
                _tag([zone.private for zone in zones], "kubernetes.io/role/internal-elb", "1"),
                _tag([zone.public for zone in zones], "kubernetes.io/role/elb", "1"),
            ),
        )
    if aws.management_service:
        yield (
            "tag the VPC's subnets for the EKS clusters as GKE on AWS tags them for its own; Terraform leaves these "
            "tags alone",
            tuple(
                f"aws ec2 create-tags --resources SUBNETS --tags Key=kubernetes.io/cluster/{one},Value=shared"
                for one in names.values()
            ),
        )
    if environment.attached_clusters:
        yield (
            f"inside the network, with the AWS CLI and as the installer, apply {attach_stack(name)} after {name}",
            (f"hybrid reach {name}", f"cdktf deploy {attach_stack(name)}"),
        )


def _keys_of_others(aws: AwsConfig, environment: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What the owner of a key has to allow, as the policies of keys that are made here do."""
    for name, key in aws.kms_keys.items():
        if not isinstance(key, ExistingKmsKeyConfig):
            continue
        asked = [
            f"{aws.deployer or f'the role that applies {environment}'} kms:DescribeKey and kms:CreateGrant, the latter "
            f"without a condition on kms:GrantIsForAWSResource, and logs.{aws.region}.amazonaws.com to encrypt and "
            f"decrypt, both for EKS cluster {cluster}"
            for cluster, config in aws.eks_clusters.items()
            if config.kms_key == name
        ] + [
            "the service-linked role AWSServiceRoleForAutoScaling to encrypt and decrypt, and kms:CreateGrant with "
            f"kms:GrantIsForAWSResource, for the nodes of EKS cluster {cluster}"
            for cluster, config in aws.eks_clusters.items()
            if name in {group.volume.kms_key for group in config.node_groups.values()}
        ]
        if asked:
            arn = key.existing.key_arn
            yield (
                f"have the owner of {arn} (kms_keys.{name}) allow in its policy: {'; '.join(asked)}",
                (f"aws kms get-key-policy --policy-name default --output text --key-id {arn}",),
            )


def _tag(subnets: list[str], key: str, value: str) -> str:
    return f"aws ec2 create-tags --resources {' '.join(subnets)} --tags Key={key},Value={value}"
