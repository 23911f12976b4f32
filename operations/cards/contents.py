"""What an environment contains, as rows for a table and for machines."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.google.services import owned_services
from estate.model.aws.aws import AwsConfig
from estate.model.aws.bastion import BastionAccess, BastionConfig
from estate.model.aws.kms_key import ExistingKmsKeyConfig, KmsKey
from estate.model.aws.management_vpc import ExistingVpcConfig, ManagementVpc, NatGateways
from estate.model.environment import Environment
from estate.model.google.google import GoogleConfig
from operations.cards.content import Content
from operations.cards.eks import eks_contents
from operations.cards.fleet import fleet_contents
from operations.cards.google import google_contents
from operations.cards.on_prem import vmware_contents
from operations.cards.vpn import vpn_contents


def contents(environment: Environment) -> Iterator[Content]:
    """Yield every entity of the environment, in the order of its file's sections."""
    yield Content("state", "Terraform state", _state(environment))
    if environment.google:
        yield Content("google", "host project", _host_project(environment, environment.google))
        yield from google_contents(environment, environment.google)
    if environment.vmware:
        yield from vmware_contents(environment.vmware)
    if environment.fleet:
        yield from fleet_contents(environment, environment.fleet)
    if environment.aws:
        yield from _aws(environment.aws)
    if environment.vpn:
        yield from vpn_contents(environment.vpn)


def _state(environment: Environment) -> str:
    state = environment.state
    if state.gcs:
        return f"gs://{state.gcs.bucket}/{state.gcs.prefix or environment.environment}"
    if state.s3:
        return f"s3://{state.s3.bucket}/{state.s3.prefix or environment.environment} in {state.s3.region}"
    return f".state/{environment.environment}/ on this machine"


def _host_project(environment: Environment, google: GoogleConfig) -> str:
    project = f"{google.host_project.id} ({google.host_project.number}) in {google.region}"
    if google.host_project.owner:
        return f"{project}, owned by {google.host_project.owner}"
    return f"{project}, {len(owned_services(environment))} APIs on"


def _aws(aws: AwsConfig) -> Iterator[Content]:
    yield Content("aws", "AWS account", f"{aws.account_id} in {aws.region}")
    if aws.management_vpc:
        yield Content("aws.management_vpc", "VPC", _vpc(aws.management_vpc))
    if aws.bastion:
        yield Content("aws.bastion", "bastion", _bastion(aws.bastion))
    for key, config in sorted(aws.kms_keys.items()):
        yield Content(f"aws.kms_keys.{key}", "KMS key", _kms_key(config))
    yield from eks_contents(aws)
    if aws.management_service:
        service = aws.management_service
        yield Content("aws.management_service", "GKE on AWS management service", service.version)


def _vpc(vpc: ManagementVpc) -> str:
    zones = ", ".join(sorted(vpc.zones))
    if isinstance(vpc, ExistingVpcConfig):
        return f"existing {vpc.existing.vpc_id}, {vpc.cidr}, zones {zones}"
    nat = "one NAT gateway" if vpc.nat_gateways is NatGateways.SINGLE else "a NAT gateway per zone"
    return f"{vpc.cidr}, zones {zones}, {nat}"


def _bastion(bastion: BastionConfig) -> str:
    if bastion.access is BastionAccess.SESSION_MANAGER:
        return f"{bastion.instance_type}, Session Manager, no inbound port"
    return f"{bastion.instance_type}, SSH from {', '.join(map(str, bastion.allowed_ssh_cidrs))}"


def _kms_key(key: KmsKey) -> str:
    if isinstance(key, ExistingKmsKeyConfig):
        return f"existing {key.existing.key_arn}"
    return f"rotated yearly, {key.deletion_window_days} days to undo a deletion"
