"""Where an environment's Terraform state lives.

Always said, never implicit. The bucket is made by a stack of its own where the section `bootstrap` says so, and by people
otherwise: a state that holds the bucket it lies in cannot be created or destroyed without a word. See https://developer.hashicorp.com/terraform/language/backend
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import StringConstraints

from estate.model.aws.values import AwsRegion, KmsKeyArn
from estate.model.base import Model
from estate.model.rules import Violation, rule
from estate.model.words import Words

BucketName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9][-a-z0-9.]{1,61}[a-z0-9]$"),
    Words("a bucket name: 3 to 63 lower-case letters, digits, hyphens and dots"),
]
"""Name of a bucket, in the form that Amazon S3 and Cloud Storage both take."""

StatePrefix = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9][-a-z0-9_]*(/[a-z0-9][-a-z0-9_]*)*$"),
    Words(
        "folder names of lower-case letters, digits, hyphens and underscores with / between them, none at either end"
    ),
]
"""Folder inside a bucket, without a leading or trailing slash."""


class GcsState(Model):
    """State in a Cloud Storage bucket, which locks it by itself."""

    bucket: BucketName
    """Name of the bucket; versioning should be on."""
    prefix: StatePrefix | None = None
    """Folder inside the bucket; the environment's name when absent."""


class S3State(Model):
    """State in an S3 bucket, encrypted, locked by a file beside it."""

    bucket: BucketName
    """Name of the bucket; versioning should be on."""
    region: AwsRegion
    """AWS region of the bucket."""
    prefix: StatePrefix | None = None
    """Folder inside the bucket; the environment's name when absent."""
    kms_key_arn: KmsKeyArn | None = None
    """ARN of the KMS key that encrypts the state; when absent, the bucket's own key
    where bootstrap makes it, and S3's key (AES256), whatever the bucket's default is, otherwise."""


class LocalState(Model):
    """State on this machine in `.state/<environment>/`, for trying out: nobody else sees or locks it."""


class State(Model):
    """The backend of the environment's Terraform state: exactly one of gcs, s3 and local."""

    gcs: GcsState | None = None
    """Cloud Storage."""
    s3: S3State | None = None
    """Amazon S3."""
    local: LocalState | None = None
    """A file on this machine, for trying out: `local: {}`."""

    @rule
    def _one_backend(self) -> Iterator[Violation]:
        """State is kept by exactly one of gcs, s3 and local."""
        given = [name for name in ("gcs", "s3", "local") if getattr(self, name) is not None]
        if len(given) != 1:
            found = " and ".join(given) if given else "none"
            message = (
                f"must name exactly one of gcs, s3 and local, got {found}; write for example local: {{}}"
            )
            yield Violation((), message, *([] if given else [()]))

    @property
    def kind(self) -> str:
        """The backend's type as Terraform names it: gcs, s3 or local."""
        return next(name for name in ("gcs", "s3", "local") if getattr(self, name) is not None)

    def folder(self, environment: str, stack: str) -> str:
        """Folder of a stack's state in the bucket; a companion's stands beside the environment's.

        Args:
            environment: the environment's name.
            stack: the stack's name, which begins with the environment's.
        """
        bucket = self.gcs or self.s3
        prefix = bucket.prefix if bucket else None
        return (prefix or environment) + stack.removeprefix(environment)
