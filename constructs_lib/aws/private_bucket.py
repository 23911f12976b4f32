"""An S3 bucket that nobody reads by accident: encrypted, versioned, never public, reached by TLS only.

Left out: access logs, because CloudTrail has the calls that matter, and replication.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload,
    S3BucketLifecycleConfigurationRuleFilter,
    S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration,
)
from cdktf_cdktf_provider_aws.s3_bucket_ownership_controls import (
    S3BucketOwnershipControls,
    S3BucketOwnershipControlsRule,
)
from cdktf_cdktf_provider_aws.s3_bucket_policy import S3BucketPolicy
from cdktf_cdktf_provider_aws.s3_bucket_public_access_block import S3BucketPublicAccessBlock
from cdktf_cdktf_provider_aws.s3_bucket_server_side_encryption_configuration import (
    S3BucketServerSideEncryptionConfigurationA,
    S3BucketServerSideEncryptionConfigurationRuleA,
    S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA,
)
from cdktf_cdktf_provider_aws.s3_bucket_versioning import (
    S3BucketVersioningA,
    S3BucketVersioningVersioningConfiguration,
)
from constructs import Construct

_ABANDONED_UPLOADS_KEPT_DAYS = 7


@dataclass(frozen=True)
class PrivateBucket:
    """What is said of a bucket.

    Attributes:
        name: its name.
        partition: the partition of AWS that it stands in.
        tags: its tags.
        old_versions_days: days for which versions are kept that something else has taken the place of.
        key_arn: ARN of the KMS key that encrypts what is in it; S3's own key when None.
        old_versions_kept: how many of these are kept longer, the newest; none when None.
        statements: what its policy says beside TLS.
    """

    name: str
    partition: str
    tags: dict[str, str]
    old_versions_days: int
    key_arn: str | None = None
    old_versions_kept: int | None = None
    statements: tuple[Mapping[str, Any], ...] = ()


def define_private_bucket(
    scope: Construct, config: PrivateBucket, *, prevent_destroy: bool
) -> tuple[S3Bucket, S3BucketVersioningA]:
    """Define the bucket, and give it with its versioning, before which nothing has versions.

    Stateful. A throw-away one is deleted with what is in it.
    """
    bucket = S3Bucket(
        scope,
        "Resource",
        bucket=config.name,
        force_destroy=not prevent_destroy,
        tags=config.tags,
        lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
    )
    versioning = S3BucketVersioningA(
        scope,
        "Versioning",
        bucket=bucket.bucket,
        versioning_configuration=S3BucketVersioningVersioningConfiguration(status="Enabled"),
    )
    S3BucketServerSideEncryptionConfigurationA(
        scope, "Encryption", bucket=bucket.bucket, rule=[_encryption(config.key_arn)]
    )
    _define_access(scope, config, bucket)
    _define_lifecycle(scope, config, bucket, versioning)
    return bucket, versioning


def _encryption(key_arn: str | None) -> S3BucketServerSideEncryptionConfigurationRuleA:
    default = S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA
    if key_arn is None:
        return S3BucketServerSideEncryptionConfigurationRuleA(
            apply_server_side_encryption_by_default=default(sse_algorithm="AES256")
        )
    return S3BucketServerSideEncryptionConfigurationRuleA(
        apply_server_side_encryption_by_default=default(sse_algorithm="aws:kms", kms_master_key_id=key_arn),
        # Fewer, and cheaper, calls of KMS: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
        bucket_key_enabled=True,
    )


def _define_access(scope: Construct, config: PrivateBucket, bucket: S3Bucket) -> None:
    block = S3BucketPublicAccessBlock(
        scope,
        "PublicAccessBlock",
        bucket=bucket.bucket,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
    )
    ownership = S3BucketOwnershipControls(
        scope,
        "OwnershipControls",
        bucket=bucket.bucket,
        rule=S3BucketOwnershipControlsRule(object_ownership="BucketOwnerEnforced"),
        depends_on=[block],
    )
    arn = f"arn:{config.partition}:s3:::{bucket.bucket}"
    S3BucketPolicy(
        scope,
        "Policy",
        bucket=bucket.bucket,
        policy=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Sid": "TlsOnly",
                        "Effect": "Deny",
                        "Principal": "*",
                        "Action": "s3:*",
                        "Resource": [arn, f"{arn}/*"],
                        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                    },
                    *config.statements,
                ],
            }
        ),
        # S3 refuses two changes of a bucket's access at the same time.
        depends_on=[ownership],
    )


def _define_lifecycle(
    scope: Construct, config: PrivateBucket, bucket: S3Bucket, versioning: S3BucketVersioningA
) -> None:
    S3BucketLifecycleConfiguration(
        scope,
        "Lifecycle",
        bucket=bucket.bucket,
        rule=[
            S3BucketLifecycleConfigurationRule(
                id="old-versions",
                status="Enabled",
                filter=[S3BucketLifecycleConfigurationRuleFilter(prefix="")],
                noncurrent_version_expiration=[
                    S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration(
                        noncurrent_days=config.old_versions_days,
                        newer_noncurrent_versions=config.old_versions_kept,
                    )
                ],
                abort_incomplete_multipart_upload=[
                    S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload(
                        days_after_initiation=_ABANDONED_UPLOADS_KEPT_DAYS
                    )
                ],
            )
        ],
        depends_on=[versioning],
    )
