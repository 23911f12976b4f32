"""Rules that join the management service to the rest of its environment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.model.aws.aws import AwsConfig
from estate.model.aws.kms_key import KmsKeyConfig
from estate.model.aws.management_service import ManagementServiceConfig
from estate.model.environment import Environment
from estate.model.references import names_one
from estate.model.rules import Path, Violation, rule

_CONTROL_PLANE_ZONES: Final = 3


@rule(on=AwsConfig)
def service_has_a_network(aws: AwsConfig) -> Iterator[Violation]:
    """The management service stands in a VPC with a zone for each replica of a control plane."""
    vpc = aws.management_vpc
    if aws.management_service and not vpc:
        yield Violation(
            ("management_service",),
            "needs management_vpc to stand in; add it or leave management_service out",
            ("management_vpc",),
        )
    elif aws.management_service and vpc and len(vpc.zones) < _CONTROL_PLANE_ZONES:
        yield Violation(
            ("management_service",),
            f"needs {_CONTROL_PLANE_ZONES} zones in management_vpc, one for each control plane replica, "
            f"got {', '.join(vpc.zones)}; add zones",
            ("management_vpc", "zones"),
        )


@rule(on=AwsConfig)
def service_stands_in_a_zone_of_the_vpc(aws: AwsConfig) -> Iterator[Violation]:
    """The management service's zone is one of the VPC's."""
    service, vpc = aws.management_service, aws.management_vpc
    if service and vpc:
        path = ("management_service", "zone")
        yield from names_one(path, service.zone, ("management_vpc", "zones"), vpc.zones)


@rule(on=AwsConfig)
def ranges_of_clusters_are_not_the_vpcs(aws: AwsConfig) -> Iterator[Violation]:
    """Pods and services of the example cluster have ranges beside the VPC's."""
    service, vpc = aws.management_service, aws.management_vpc
    if not service or not vpc:
        return
    for name in ("services", "pods"):
        cidr = getattr(service.cluster_example, name)
        if cidr.overlaps(vpc.cidr):
            yield Violation(
                ("management_service", "cluster_example", name),
                f"must not overlap management_vpc.cidr {vpc.cidr}, got {cidr}; choose a free range",
            )


@rule(on=AwsConfig)
def arns_are_of_the_account(aws: AwsConfig) -> Iterator[Violation]:
    """Identities and policies that the management service names are of the section's account."""
    service = aws.management_service
    if not service:
        return
    arns: list[tuple[Path, str]] = [
        (("admin_identity_arns", position), arn) for position, arn in enumerate(service.admin_identity_arns)
    ]
    if service.iam.permissions_boundary:
        arns.append((("iam", "permissions_boundary"), service.iam.permissions_boundary))
    for path, arn in arns:
        # "aws" stands where a policy of AWS's own has an account.
        if arn.split(":")[4] not in {aws.account_id, "aws"}:
            yield Violation(
                ("management_service", *path),
                f"must be of account {aws.account_id}, as account_id says, got {arn}",
            )


@rule(on=AwsConfig)
def keys_of_the_service_exist(aws: AwsConfig) -> Iterator[Violation]:
    """What the management service is encrypted with is a key of the section."""
    for path, name in _keys(aws.management_service) if aws.management_service else ():
        yield from names_one(("management_service", *path), name, ("kms_keys",), aws.kms_keys)


@rule(on=AwsConfig)
def keys_let_people_in(aws: AwsConfig) -> Iterator[Violation]:
    """The management service's keys have a user, or the deployer: nobody else could work with them."""
    service = aws.management_service
    if not service:
        return
    reasons = {service.secrets_key: "somebody has to encrypt the service account keys with it"}
    if aws.deployer is None:
        data_volume_key = service.data_volume.kms_key or service.database_key
        reasons.setdefault(data_volume_key, "AWS encrypts the data volume for whoever applies")
    for name, reason in reasons.items():
        key = aws.kms_keys.get(name)
        if isinstance(key, KmsKeyConfig) and not key.users:
            yield Violation(
                ("kms_keys", name, "users"),
                f"must name the role or user that works with this environment, got none; {reason}",
            )


@rule(on=Environment)
def the_mesh_is_one_project(environment: Environment) -> Iterator[Violation]:
    """A mesh spans clusters of one fleet host project, those of the management service included."""
    service = environment.aws and environment.aws.management_service
    project = environment.google and environment.google.host_project.id
    fleet = environment.fleet
    if not fleet or not fleet.features.service_mesh or not service or not project:
        return
    if service.google_cloud.project_id != project:
        yield Violation(
            ("fleet", "features", "service_mesh"),
            f"spans clusters of one fleet host project, {project}, but aws.management_service.google_cloud registers "
            f"its clusters in {service.google_cloud.project_id}; register them in {project}, or leave the mesh out",
        )


def _keys(service: ManagementServiceConfig) -> Iterator[tuple[Path, str]]:
    yield ("secrets_key",), service.secrets_key
    yield ("database_key",), service.database_key
    if service.root_volume.kms_key:
        yield ("root_volume", "kms_key"), service.root_volume.kms_key
    if service.data_volume.kms_key:
        yield ("data_volume", "kms_key"), service.data_volume.kms_key
