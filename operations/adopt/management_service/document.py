"""AWSManagementService v1: the document from which ``anthos-gke`` made a management service.

All fields that Google documents, for a dedicated VPC and for an existing one. Account ids are left
unchecked here, because published documents have wrong ones; see :mod:`operations.adopt.management_service.accounts`. A key
that is not known is no mistake: it is listed as not carried over.

https://docs.cloud.google.com/kubernetes-engine/multi-cloud/docs/aws/previous-generation/reference/awsmanagementservice
https://docs.cloud.google.com/kubernetes-engine/multi-cloud/docs/aws/previous-generation/how-to/integrating-existing-infrastructure
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StrictBool, StrictInt, StringConstraints

from estate.model.aws.management_service import GoogleProjectId, IamPath, ServiceVersion
from estate.model.aws.values import AvailabilityZone, AwsRegion
from estate.model.base import Cidr, Model
from estate.model.rules import Violation, rule
from estate.model.words import Words

KmsKeyArn = Annotated[
    str,
    StringConstraints(pattern=r"^arn:aws[-a-z]*:kms:[-a-z0-9]+:[0-9]+:key/[-a-zA-Z0-9]+$"),
    Words("the ARN of a KMS key such as arn:aws:kms:eu-west-1:123456789012:key/1234abcd-..."),
]
"""ARN of a KMS key, of whatever account."""

IamArn = Annotated[
    str,
    StringConstraints(pattern=r"^arn:aws[-a-z]*:iam::([0-9]+|aws):[A-Za-z0-9_+=,.@/-]+$"),
    Words("an IAM ARN such as arn:aws:iam::123456789012:user/gke-admin"),
]
"""ARN of something of IAM, of whatever account."""


class Part(Model):
    """A mapping of the document."""

    model_config = ConfigDict(extra="ignore")


class Metadata(Part):
    """What the document is called."""

    name: str | None = None
    """Name of the management service."""


class AwsIam(Part):
    """AWS identities."""

    admin_identity_arns: Annotated[tuple[IamArn, ...], Field(alias="adminIdentityARNs", min_length=1)]
    """Users and roles that administer the service."""


class Authentication(Part):
    """Who may log in."""

    aws_iam: Annotated[AwsIam, Field(alias="awsIAM")]
    """By AWS identity."""


class DatabaseEncryption(Part):
    """How etcd is encrypted."""

    kms_key_arn: Annotated[KmsKeyArn, Field(alias="kmsKeyARN")]
    """The key."""


class ServiceAccountKeys(Part):
    """Paths of three key files, on the machine where ``anthos-gke`` ran."""

    management_service: Annotated[str | None, Field(alias="managementService")] = None
    """Of the management service."""
    connect_agent: Annotated[str | None, Field(alias="connectAgent")] = None
    """Of the Connect agent."""
    node: str | None = None
    """Of the nodes."""


class GoogleCloud(Part):
    """The Google Cloud side."""

    project_id: Annotated[GoogleProjectId, Field(alias="projectID")]
    """Id of the project."""
    service_account_keys: Annotated[ServiceAccountKeys | None, Field(alias="serviceAccountKeys")] = None
    """The key files."""


class Iam(Part):
    """What the organization demands of IAM roles."""

    permissions_boundary: Annotated[IamArn | None, Field(alias="permissionsBoundary")] = None
    """ARN of the boundary."""
    path: IamPath | None = None
    """Path of the roles."""


class DedicatedVpc(Part):
    """A VPC for the service alone: zones and subnets as lists that belong together by position."""

    vpc_cidr_block: Annotated[Cidr, Field(alias="vpcCIDRBlock")]
    """Range of the VPC."""
    availability_zones: Annotated[
        tuple[AvailabilityZone, ...], Field(alias="availabilityZones", min_length=1)
    ]
    """The zones."""
    private_subnet_cidr_blocks: Annotated[tuple[Cidr, ...], Field(alias="privateSubnetCIDRBlocks")]
    """Private ranges, one a zone."""
    public_subnet_cidr_blocks: Annotated[tuple[Cidr, ...], Field(alias="publicSubnetCIDRBlocks")]
    """Public ranges, one a zone."""
    bastion_allowed_ssh_cidr_blocks: Annotated[
        tuple[Cidr, ...] | None, Field(alias="bastionAllowedSSHCIDRBlocks")
    ] = None
    """Who reaches the bastion, in versions up to 1.4."""

    @rule
    def _lists_belong_together(self) -> Iterator[Violation]:
        zones = len(self.availability_zones)
        for name, field in type(self).model_fields.items():
            if not name.endswith("_subnet_cidr_blocks"):
                continue
            count = len(getattr(self, name))
            if count != zones:
                yield Violation(
                    (field.alias or name,),
                    f"must have one entry for each of availabilityZones, which has {zones}, got {count}; "
                    "they belong together by position",
                )

    @rule
    def _zones_differ(self) -> Iterator[Violation]:
        for position, zone in enumerate(self.availability_zones):
            if zone in self.availability_zones[:position]:
                yield Violation(
                    ("availabilityZones", position),
                    f"names {zone} a second time; put each zone's subnets together",
                )


class ExistingVpc(Part):
    """A VPC that somebody else made; the document names no more of it than this."""

    subnet_id: Annotated[str, Field(alias="subnetID")]
    """The private subnet that the service stands in."""
    allowed_ssh_security_group_ids: Annotated[
        tuple[str, ...] | None, Field(alias="allowedSSHSecurityGroupIDs")
    ] = None
    """Groups whose members may connect by SSH."""


class Volume(Part):
    """An EBS volume."""

    volume_type: Annotated[str | None, Field(alias="volumeType")] = None
    """gp2 when absent."""
    iops: StrictInt | None = None
    """Speed, with io1 only."""
    kms_key_arn: Annotated[KmsKeyArn | None, Field(alias="kmsKeyARN")] = None
    """The key that encrypts it."""
    size_gib: Annotated[StrictInt | None, Field(alias="sizeGiB")] = None
    """Size, in versions that have it."""


class BastionHost(Part):
    """The bastion, in versions after 1.4."""

    allowed_ssh_cidr_blocks: Annotated[tuple[Cidr, ...] | None, Field(alias="allowedSSHCIDRBlocks")] = None
    """Who reaches it."""
    root_volume: Annotated[Volume | None, Field(alias="rootVolume")] = None
    """Its disk."""


class Terraform(Part):
    """How ``anthos-gke`` uses Terraform."""

    invoke_manually: Annotated[StrictBool | None, Field(alias="invokeManually")] = None
    """Whether a person runs it."""
    state_gcs_bucket: Annotated[str | None, Field(alias="stateGCSBucket")] = None
    """Where the state lies."""


class Spec(Part):
    """The management service."""

    version: ServiceVersion
    """Version such as aws-1.4.1-gke.15."""
    region: AwsRegion
    """The AWS region."""
    authentication: Authentication
    """Who may log in."""
    kms_key_arn: Annotated[KmsKeyArn, Field(alias="kmsKeyARN")]
    """Key of the secrets."""
    database_encryption: Annotated[DatabaseEncryption, Field(alias="databaseEncryption")]
    """Key of the databases."""
    google_cloud: Annotated[GoogleCloud, Field(alias="googleCloud")]
    """The Google Cloud side."""
    iam: Iam | None = None
    """Demands on IAM roles."""
    dedicated_vpc: Annotated[DedicatedVpc | None, Field(alias="dedicatedVPC")] = None
    """A VPC for the service alone."""
    existing_vpc: Annotated[ExistingVpc | None, Field(alias="existingVPC")] = None
    """Or one that exists."""
    security_group_ids: Annotated[tuple[str, ...] | None, Field(alias="securityGroupIDs")] = None
    """More security groups for the service, in an existing VPC."""
    root_volume: Annotated[Volume | None, Field(alias="rootVolume")] = None
    """The instance's own disk."""
    data_volume: Annotated[Volume | None, Field(alias="dataVolume")] = None
    """The disk of its etcd."""
    tags: dict[str, str] | None = None
    """Tags on everything."""
    bastion_host: Annotated[BastionHost | None, Field(alias="bastionHost")] = None
    """The bastion."""
    bootstrap_s3_bucket: Annotated[str | None, Field(alias="bootstrapS3Bucket")] = None
    """Bucket that the agent is fetched from."""
    proxy: str | None = None
    """Path of a JSON file with proxy settings."""
    terraform: Terraform | None = None
    """How Terraform is used."""

    @rule
    def _one_vpc(self) -> Iterator[Violation]:
        if self.dedicated_vpc and self.existing_vpc:
            yield Violation(
                ("existingVPC",), "stands beside dedicatedVPC; a service has one VPC, keep one of them"
            )


class AwsManagementService(Part):
    """The whole document."""

    api_version: Annotated[Literal["multicloud.cluster.gke.io/v1"], Field(alias="apiVersion")]
    """The API."""
    kind: Literal["AWSManagementService"]
    """The kind of document."""
    metadata: Metadata | None = None
    """Its name."""
    spec: Spec
    """Its content."""
