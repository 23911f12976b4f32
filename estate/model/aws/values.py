"""Value types of AWS that several entities share."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated

from pydantic import AfterValidator, Discriminator, StringConstraints

from estate.model.words import Words

AwsRegion = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z]{2}(-[a-z]+)+-[0-9]$"),
    Words("an AWS region such as eu-west-1"),
]
"""An AWS region such as eu-west-1."""

AvailabilityZone = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z]{2}(-[a-z]+)+-[0-9][a-z]$"),
    Words("an availability zone such as eu-west-1a"),
]
"""An availability zone such as eu-west-1a."""

AwsAccountId = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{12}$"),
    Words("12 digits in quotes"),
]
"""An AWS account id: 12 digits, quoted, because it may begin with zero."""

VpcId = Annotated[
    str,
    StringConstraints(pattern=r"^vpc-[0-9a-f]{8,17}$"),
    Words("the id of a VPC such as vpc-0123456789abcdef0"),
]
"""Id of a VPC."""

SubnetId = Annotated[
    str,
    StringConstraints(pattern=r"^subnet-[0-9a-f]{8,17}$"),
    Words("the id of a subnet such as subnet-0123456789abcdef0"),
]
"""Id of a subnet."""

AmiId = Annotated[
    str,
    StringConstraints(pattern=r"^ami-[0-9a-f]{8,17}$"),
    Words("the id of an image such as ami-0123456789abcdef0"),
]
"""Id of a machine image; it differs from region to region."""

InstanceType = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][-a-z0-9]*\.[a-z0-9-]+$"),
    Words("an EC2 instance type such as t3.medium"),
]
"""An EC2 instance type such as t3.medium."""

KmsKeyArn = Annotated[
    str,
    StringConstraints(pattern=r"^arn:aws[-a-z]*:kms:[-a-z0-9]+:[0-9]{12}:key/[-a-zA-Z0-9]+$"),
    Words(
        "the ARN of a KMS key such as arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab (12 digits of account)"
    ),
]
"""ARN of a KMS key, never of an alias."""

IamPrincipalArn = Annotated[
    str,
    StringConstraints(pattern=r"^arn:aws[-a-z]*:iam::[0-9]{12}:(user|role)/[A-Za-z0-9_+=,.@/-]+$"),
    Words("the ARN of a role or user such as arn:aws:iam::123456789012:role/name (12 digits of account)"),
]
"""ARN of an IAM role or user."""


def principal(arn: str) -> tuple[str, str, str]:
    """Whom an ARN of a role or user means: account, kind and name, by which two ARNs of one identity are equal.

    Names of roles and users are unique within an account and not distinguished by case; a path is no part of a name:
    https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html (read 2026-11-30)
    """
    *_, account, resource = arn.split(":")
    kind, *_, name = resource.split("/")
    return account, kind, name.lower()


BucketName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9][-a-z0-9]{1,61}[a-z0-9]$"),
    Words(
        "the name of an S3 bucket: 3 to 63 lower-case letters, digits and hyphens, no hyphen at either end"
    ),
]
"""Name of an S3 bucket; without dots, which TLS certificates do not cover."""

KubernetesMinor = Annotated[
    str,
    StringConstraints(pattern=r"^1\.[0-9]{1,2}$"),
    Words('a minor version of Kubernetes in quotes such as "1.35"'),
]
"""A minor version of Kubernetes; EKS chooses the patch."""

PlatformVersion = Annotated[
    str,
    StringConstraints(pattern=r"^1\.[0-9]{1,2}\.[0-9]+-gke\.[0-9]+$"),
    Words("a platform version of attached clusters such as 1.35.0-gke.1"),
]
"""A version of the software that attaches a cluster: X.Y.Z-gke.N."""


def _ec2_takes(value: str) -> str:
    """Check what a pattern cannot: the type that EC2 takes, and that the key was copied whole."""
    kind, key = value.split(" ")[:2]
    if kind not in {"ssh-ed25519", "ssh-rsa"}:
        raise ValueError(f"must be an ssh-ed25519 or ssh-rsa key, got {kind}; EC2 takes no other")
    length = len(kind).to_bytes(4, "big")
    try:
        whole = base64.b64decode(key, validate=True).startswith(length + kind.encode())
    except binascii.Error:
        whole = False
    if not whole:
        raise ValueError(
            f"must be a whole {kind} key, but what follows is none; copy the line of the .pub file"
        )
    return value


SshPublicKey = Annotated[
    str,
    StringConstraints(pattern=r"^[-a-z0-9]+ [A-Za-z0-9+/]+={0,3}( [^\n]*)?$"),
    Words("a public key in OpenSSH form on one line, such as ssh-ed25519 AAAA... name"),
    AfterValidator(_ec2_takes),
]
"""A public key in OpenSSH form, one line, of a type that EC2 key pairs take: ed25519 or rsa."""


def _kind(value: object) -> str:
    existing = "existing" in value if isinstance(value, dict) else hasattr(value, "existing")
    return "<existing>" if existing else "<managed>"


MANAGED_OR_EXISTING = Discriminator(_kind)
"""Between the tags `<managed>` and `<existing>`: what says `existing` is not made here."""
