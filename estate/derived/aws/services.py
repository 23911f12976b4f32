"""AWS's services that an environment's stacks make something in, and which of them make a role of their own."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.names import asks_resolver
from estate.model.aws.aws import AwsConfig
from estate.model.environment import Environment


def services(environment: Environment, aws: AwsConfig) -> list[str]:
    """AWS's services that the stacks make something in; a test holds them against every type in the JSON."""
    service = aws.management_service  # until 2027-03-17
    wanted = {
        "EC2": aws.management_vpc or aws.eks_clusters or environment.vpn,
        "IAM": True,
        "KMS": aws.management_vpc or aws.kms_keys,
        "CloudWatch Logs": aws.management_vpc or aws.eks_clusters,
        # A service of its own to IAM, "service prefix: route53resolver":
        # https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonroute53resolver.html (2026-11-30)
        "Route 53 Resolver": asks_resolver(environment),
        "EKS": aws.eks_clusters,
        "Auto Scaling": service,  # until 2027-03-17
        "Elastic Load Balancing": service,  # until 2027-03-17
        "S3": service,  # until 2027-03-17
    }
    return [name for name, needed in wanted.items() if needed]


def made_at_first_use(environment: Environment, aws: AwsConfig) -> Iterator[str]:
    """Services that make a role of their own when whoever first uses them may do so: nobody makes it by hand.

    https://docs.aws.amazon.com/eks/latest/userguide/using-service-linked-roles.html, and the page of each service (2026-11).
    """
    service = bool(aws.management_service)  # until 2027-03-17
    groups = bool(aws.eks_clusters)
    groups = groups or service  # until 2027-03-17
    if aws.eks_clusters:
        yield from ("eks.amazonaws.com", "eks-nodegroup.amazonaws.com")
    if groups:
        yield from ("autoscaling.amazonaws.com", "elasticloadbalancing.amazonaws.com")
    if environment.vpn and environment.vpn.aws:
        yield "transitgateway.amazonaws.com"


def passed_on(aws: AwsConfig) -> list[str]:
    """Roles that others made and that whoever applies gives to a cluster's control plane, by ARN.

    "To pass a role (and its permissions) to an AWS service, a user must have permissions to pass the role to the service":
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html; CreateCluster of EKS asks for iam:PassRole
    with eks.amazonaws.com: https://docs.aws.amazon.com/service-authorization/latest/reference/list_eks.html (excerpts,
    2026-12-01).
    """
    return sorted({cluster.role for cluster in aws.eks_clusters.values() if cluster.role})
