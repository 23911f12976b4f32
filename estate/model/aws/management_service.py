"""GKE on AWS's management service, previous generation: the fields of its AWSManagementService document.

Left out: `proxy`, whose JSON file may hold credentials that the instance would need before it can
reach KMS to decrypt them; `terraform`, because this project is the Terraform; the paths of the service
account keys, which never come near a file of this project (see the ciphertexts in `constructs_lib`).

https://docs.cloud.google.com/kubernetes-engine/multi-cloud/docs/aws/previous-generation/reference/awsmanagementservice
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import IPv4Network
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from estate.model.aws.values import (
    AmiId,
    AvailabilityZone,
    BucketName,
    IamPrincipalArn,
    InstanceType,
    SshPublicKey,
    principal,
)
from estate.model.aws.volume import VolumeConfig
from estate.model.base import Cidr, Key, LabelKey, LabelValue, Model
from estate.model.key_of import KeyOf
from estate.model.rules import Violation, rule
from estate.model.words import Words

MAINTENANCE_WARNING: Final = (
    "GKE on AWS is in maintenance mode: new installations are no longer supported, "
    "and Google shuts it down on 2027-03-17; plan the move to EKS clusters attached to the fleet"
)
"""What everybody has to know who has a management service; shown wherever one is."""

GoogleProjectId = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][-a-z0-9]{4,28}[a-z0-9]$"),
    Words("a Google Cloud project id: 6 to 30 lower-case letters, digits and hyphens, a letter first"),
]
"""Id of a Google Cloud project, not its name or number."""

KubernetesVersion = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+-gke\.[0-9]+$"),
    Words("a GKE version such as 1.16.9-gke.12"),
]
"""Version of Kubernetes in a user cluster."""

ServiceVersion = Annotated[
    str,
    StringConstraints(pattern=r"^aws-[0-9]+\.[0-9]+\.[0-9]+-gke\.[0-9]+$"),
    Words("a version of GKE on AWS such as aws-1.4.1-gke.15"),
]
"""Version of the management service."""

ClusterId = Annotated[
    str, StringConstraints(pattern=r"^gke-[0-9a-f]{8}$"), Words("a cluster id such as gke-404767c1")
]
"""Id of a management cluster as anthos-gke makes one."""

IamPolicyArn = Annotated[
    str,
    StringConstraints(pattern=r"^arn:aws[-a-z]*:iam::([0-9]{12}|aws):policy/[A-Za-z0-9_+=,.@/-]+$"),
    Words("the ARN of an IAM policy such as arn:aws:iam::123456789012:policy/name (12 digits of account)"),
]
"""ARN of an IAM policy."""

IamPath = Annotated[
    str,
    StringConstraints(pattern=r"^/([A-Za-z0-9_+=,.@-]+/)*$", max_length=512),
    Words("an IAM path, which begins and ends with a slash, such as /platform/"),
]
"""Path of IAM roles and instance profiles."""

Sha256 = Annotated[
    str, StringConstraints(pattern=r"^[0-9a-f]{64}$"), Words("64 hexadecimal digits as sha256sum prints them")
]
"""A SHA-256 checksum."""

# Families on the Xen hypervisor, where a volume is no NVMe device.
# https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-nitro-instances.html
_XEN_FAMILY: Final = re.compile(r"t[12]|m[1-4]|c[134]|r[34]|x1e?|i[23]|d2|h1|f1|g[23]s?|p[23]|cc2|cr1|hs1")
# Graviton families have a g among the letters behind their generation: t4g, c7gn; not g4dn.
_ARM_FAMILY: Final = re.compile(r"a1|[a-z]+[0-9]+[a-z]*g[a-z]*")


class GoogleCloudConfig(Model):
    """The Google Cloud project behind the service."""

    project_id: GoogleProjectId
    """Project whose fleet the clusters join; its service accounts are those of the three keys."""


class KeyPairConfig(Model):
    """The EC2 key pair of the service's instance and of the clusters' nodes."""

    public_key: SshPublicKey
    """Public half in OpenSSH form, ed25519 or rsa; the private half stays with whoever made it.
    Another key replaces the key pair."""


class IamConfig(Model):
    """What the organization demands of IAM roles."""

    permissions_boundary: IamPolicyArn | None = None
    """Policy that bounds what the three roles may ever be allowed; no boundary when absent."""
    path: IamPath = "/"
    """Path of roles and instance profiles, beginning and ending with a slash; / when absent.
    Another path replaces them."""


class ClusterExampleConfig(Model):
    """The AWSCluster and AWSNodePools that the output `cluster_example` shows."""

    version: KubernetesVersion
    """Kubernetes version such as 1.16.9-gke.12, one that the service's own version brings."""
    services: Cidr = IPv4Network("10.1.0.0/16")
    """Range of Kubernetes services; 10.1.0.0/16 when absent, as the product has it."""
    pods: Cidr = IPv4Network("10.2.0.0/16")
    """Range of pods; 10.2.0.0/16 when absent, as the product has it."""
    instance_type: InstanceType = "t3.medium"
    """Size of control plane and pool nodes; t3.medium when absent."""

    @rule
    def _pods_and_services_differ(self) -> Iterator[Violation]:
        """Pods and services of the example cluster have ranges apart from each other."""
        if self.pods.overlaps(self.services):
            yield Violation(
                ("pods",), f"must not overlap services {self.services}, got {self.pods}; choose a free range"
            )


class ManagementServiceConfig(Model):
    """The management service: an instance that makes and looks after user clusters, and what it needs."""

    version: ServiceVersion
    """Version of the service such as aws-1.4.1-gke.15; names the agent to fetch from the bucket."""
    admin_identity_arns: Annotated[tuple[IamPrincipalArn, ...], Field(min_length=1)]
    """Roles and users that administer the service and its clusters."""
    google_cloud: GoogleCloudConfig
    """The Google Cloud side."""
    key_pair: KeyPairConfig
    """Who may log in to the instances."""
    cluster_example: ClusterExampleConfig
    """What to put into the example of a cluster."""
    secrets_key: Annotated[Key, KeyOf("aws.kms_keys")] = "secrets"
    """Key of aws.kms_keys for the secrets of service and clusters; "secrets" when absent."""
    database_key: Annotated[Key, KeyOf("aws.kms_keys")] = "database"
    """Key of aws.kms_keys for the etcd databases and their volume; "database" when absent."""
    cluster_id: ClusterId | None = None
    """Id that an earlier `anthos-gke aws management init` made, such as gke-404767c1; derived from
    organization and environment when absent."""
    zone: AvailabilityZone | None = None
    """Zone that the instance and its data volume stand in; the first of management_vpc.zones by name
    when absent. Another zone replaces the volume and loses what is on it."""
    instance_type: InstanceType = "t3.medium"
    """Size of the instance, of an x86 family with NVMe volumes; t3.medium when absent."""
    ami_id: AmiId | None = None
    """Ubuntu image of the instance; Canonical's newest 22.04 at each launch when absent."""
    iam: IamConfig = IamConfig.unsaid()
    """Path and boundary of the IAM roles."""
    root_volume: VolumeConfig = VolumeConfig.unsaid()
    """The instance's own disk, encrypted with AWS's EBS key unless kms_key says another."""
    data_volume: VolumeConfig = VolumeConfig.unsaid()
    """The disk that holds the service's etcd and outlives the instance, encrypted with database_key
    unless kms_key says another."""
    labels: dict[LabelKey, LabelValue] = {}
    """Labels (AWS: tags) on what this entity makes, beside the environment's."""
    bootstrap_bucket: BucketName | None = None
    """Name of the S3 bucket; derived from organization, environment and account when absent. Another
    name replaces it."""
    agent_sha256: Sha256 | None = None
    """SHA-256 of the agent's binary in hexadecimal; the instance starts no other. Not checked when
    absent."""

    @rule
    def _keys_differ(self) -> Iterator[Violation]:
        """Secrets and the database are encrypted with two different keys."""
        if self.secrets_key == self.database_key:
            yield Violation(
                ("database_key",),
                f"must differ from secrets_key, got {self.database_key} for both; "
                "add a second key to aws.kms_keys",
            )

    @rule
    def _administrators_stand_once(self) -> Iterator[Violation]:
        """Each administrator stands once."""
        for position, arn in enumerate(self.admin_identity_arns):
            if principal(arn) in map(principal, self.admin_identity_arns[:position]):
                yield Violation(("admin_identity_arns", position), f"names {arn} a second time")

    @rule
    def _instance_type_fits(self) -> Iterator[Violation]:
        """The instance's processor is x86, and its volumes are NVMe devices."""
        family = self.instance_type.split(".", 1)[0]
        if _XEN_FAMILY.fullmatch(family):
            yield Violation(
                ("instance_type",),
                f"must be of a family whose volumes are NVMe devices, got {self.instance_type}; "
                "for example t3.medium",
            )
        elif _ARM_FAMILY.fullmatch(family):
            yield Violation(
                ("instance_type",),
                f"must be of an x86 family, as the agent is, got {self.instance_type}; for example t3.medium",
            )
