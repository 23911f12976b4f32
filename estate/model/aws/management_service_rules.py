"""The rules that join the management service to the rest of an `aws` section."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from estate.model.aws.kms_key import KmsKeyConfig
from estate.model.rules import Path, Violation

if TYPE_CHECKING:
    from estate.model.aws.aws import AwsConfig
    from estate.model.aws.management_service import ManagementServiceConfig

_CONTROL_PLANE_ZONES: Final = 3


def management_service_violations(aws: AwsConfig) -> Iterator[Violation]:
    """Check the management service against network, keys and account, with paths from the aws section."""
    service = aws.management_service
    if not service:
        return
    for violation in (
        *_network_fits(aws, service),
        *_arns_are_of_the_account(aws, service),
        *_keys_exist(aws, service),
    ):
        yield Violation(("management_service", *violation.path), violation.message, violation.absent)
    yield from _keys_let_people_in(aws, service)


def _network_fits(aws: AwsConfig, service: ManagementServiceConfig) -> Iterator[Violation]:
    vpc = aws.management_vpc
    if not vpc:
        yield Violation(
            (),
            "needs management_vpc to stand in; add it or leave management_service out",
            ("management_vpc",),
        )
        return
    if len(vpc.zones) < _CONTROL_PLANE_ZONES:
        yield Violation(
            (),
            f"needs {_CONTROL_PLANE_ZONES} zones in management_vpc, one for each control plane replica, "
            f"got {', '.join(vpc.zones)}; add zones",
            ("management_vpc", "zones"),
        )
    if service.zone and service.zone not in vpc.zones:
        yield Violation(
            ("zone",),
            f"must be a zone of management_vpc: {', '.join(sorted(vpc.zones))}; got {service.zone}",
            ("management_vpc", "zones"),
        )
    for name in ("services", "pods"):
        cidr = getattr(service.cluster_example, name)
        if cidr.overlaps(vpc.cidr):
            yield Violation(
                ("cluster_example", name),
                f"must not overlap management_vpc.cidr {vpc.cidr}, got {cidr}; choose a free range",
            )


def _arns_are_of_the_account(aws: AwsConfig, service: ManagementServiceConfig) -> Iterator[Violation]:
    arns: list[tuple[Path, str]] = [
        (("admin_identity_arns", position), arn) for position, arn in enumerate(service.admin_identity_arns)
    ]
    if service.iam.permissions_boundary:
        arns.append((("iam", "permissions_boundary"), service.iam.permissions_boundary))
    for path, arn in arns:
        # "aws" stands where a policy of AWS's own has an account.
        if arn.split(":")[4] not in {aws.account_id, "aws"}:
            yield Violation(path, f"must be of account {aws.account_id}, as account_id says, got {arn}")


def _keys_exist(aws: AwsConfig, service: ManagementServiceConfig) -> Iterator[Violation]:
    for path, name in _keys(service):
        if name not in aws.kms_keys:
            known = ", ".join(sorted(aws.kms_keys)) or "none yet"
            yield Violation(
                path,
                f"must be a key of aws.kms_keys, of which there are {known}; got {name}",
                ("kms_keys", name),
            )


def _keys_let_people_in(aws: AwsConfig, service: ManagementServiceConfig) -> Iterator[Violation]:
    """A key's policy lets only named identities use it, and a key without any cannot be worked with."""
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


def _keys(service: ManagementServiceConfig) -> Iterator[tuple[Path, str]]:
    yield ("secrets_key",), service.secrets_key
    yield ("database_key",), service.database_key
    if service.root_volume.kms_key:
        yield ("root_volume", "kms_key"), service.root_volume.kms_key
    if service.data_volume.kms_key:
        yield ("data_volume", "kms_key"), service.data_volume.kms_key
