"""What identities of the clouds' own may do, which no team stands for: AWS roles and users, groups on subnets."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.aws.aws import AwsConfig
from estate.model.aws.kms_key import KmsKeyConfig
from estate.model.environment import Environment
from operations.check.access_row import Row

_ADMINISTRATOR = "AmazonEKSClusterAdminPolicy"


def identities(environment: Environment) -> Iterator[Row]:
    """Everything of an environment that is granted to an identity by its name, in the order of its file."""
    name, google = environment.environment, environment.google
    for key, subnet in sorted(google.network.subnets.items()) if google and google.network else ():
        for group in subnet.network_users:
            yield Row(
                group, group, name, "roles/compute.networkUser", "subnet IAM", f"subnet {key}", "", name
            )
    for arn, role, through, where in _in_aws(environment.aws) if environment.aws else ():
        yield Row(_called(arn), arn, name, role, through, where, "", name)


def _in_aws(aws: AwsConfig) -> Iterator[tuple[str, str, str, str]]:
    for key, kms_key in sorted(aws.kms_keys.items()):
        if isinstance(kms_key, KmsKeyConfig):
            for arn in kms_key.administrators:
                yield arn, "administer", "key policy", f"KMS key {key}"
            for arn in kms_key.users:
                yield arn, "encrypt and decrypt", "key policy", f"KMS key {key}"
            if aws.deployer:
                yield from _deployer(aws, aws.deployer, key)
    for key, cluster in sorted(aws.eks_clusters.items()):
        installer = [cluster.access.installer] if cluster.access.installer else []
        for arn in (*cluster.access.administrators.values(), *installer):
            yield arn, _ADMINISTRATOR, "access entry", f"cluster {key}"
    service = aws.management_service  # until 2027-03-17
    for arn in service.admin_identity_arns if service else ():  # until 2027-03-17
        yield arn, "administrator", "admin_identity_arns", "GKE on AWS"  # until 2027-03-17


def _deployer(aws: AwsConfig, arn: str, key: str) -> Iterator[tuple[str, str, str, str]]:
    """What AWS asks of whoever makes what a key encrypts."""
    if any(cluster.kms_key == key for cluster in aws.eks_clusters.values()):
        yield arn, "make EKS clusters", "key policy", f"KMS key {key}"
    service = aws.management_service  # until 2027-03-17
    if service and key == (service.data_volume.kms_key or service.database_key):  # until 2027-03-17
        yield arn, "encrypt and decrypt", "key policy", f"KMS key {key}"  # until 2027-03-17


def _called(arn: str) -> str:
    """A role or user by its kind and name, whose path is no part of it."""
    kind, *_, name = arn.rsplit(":", 1)[-1].split("/")
    return f"{kind} {name}"
