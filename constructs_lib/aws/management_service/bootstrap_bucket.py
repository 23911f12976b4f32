"""The S3 bucket that instances start from: agent, settings and ciphertexts.

Encrypted with S3's own key: nothing in it is secret that is not encrypted already, and whoever uploads
the agent needs no rights on a KMS key. Left out: access logs, because CloudTrail has the calls that
matter, and replication; all in it can be put there again.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

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
from cdktf_cdktf_provider_aws.s3_object import (
    S3Object,
    S3ObjectOverrideProvider,
    S3ObjectOverrideProviderDefaultTags,
)
from constructs import Construct

from constructs_lib.aws.management_service.service import Service
from constructs_lib.naming import Kind

_OLD_VERSIONS_KEPT_DAYS = 90
_ABANDONED_UPLOADS_KEPT_DAYS = 7


@dataclass(frozen=True)
class BootstrapBucket:
    """The bucket, ready for objects.

    Attributes:
        bucket: the bucket.
    """

    bucket: S3Bucket
    _objects: Construct
    _ready: list[S3BucketVersioningA] = field(default_factory=list)

    def put_text(self, id_: str, key: str, content: str) -> S3Object:
        """Define an object with a text in it; its version changes with the text.

        Args:
            id_: id of the object.
            key: its key in the bucket.
            content: the text.
        """
        return S3Object(
            self._objects,
            id_,
            bucket=self.bucket.bucket,
            key=key,
            content=content,
            # S3 takes ten tags on an object, and the environment may have more labels than that.
            override_provider=S3ObjectOverrideProvider(
                default_tags=S3ObjectOverrideProviderDefaultTags(tags={})
            ),
            depends_on=self._ready,
        )


def define_bootstrap_bucket(scope: Construct, service: Service, *, prevent_destroy: bool) -> BootstrapBucket:
    """Define the bucket: encrypted, versioned, never public, reached by TLS only.

    Stateful. A throw-away one is deleted with what is in it.
    """
    bucket = S3Bucket(
        scope,
        "Resource",
        # Bucket names are shared by all of AWS: the account's id makes it ours.
        bucket=service.config.bootstrap_bucket
        or service.name(f"bootstrap-{service.account.account_id}", Kind.S3_BUCKET),
        force_destroy=not prevent_destroy,
        tags=service.tags("bootstrap"),
        lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
    )
    versioning = S3BucketVersioningA(
        scope,
        "Versioning",
        bucket=bucket.bucket,
        versioning_configuration=S3BucketVersioningVersioningConfiguration(status="Enabled"),
    )
    S3BucketServerSideEncryptionConfigurationA(
        scope,
        "Encryption",
        bucket=bucket.bucket,
        rule=[
            S3BucketServerSideEncryptionConfigurationRuleA(
                apply_server_side_encryption_by_default=(
                    S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA(
                        sse_algorithm="AES256"
                    )
                )
            )
        ],
    )
    _define_access(scope, service, bucket)
    _define_lifecycle(scope, bucket, versioning)
    # An object put there before versioning is on has no version to name.
    return BootstrapBucket(bucket, Construct(scope, "Objects"), [versioning])


def _define_access(scope: Construct, service: Service, bucket: S3Bucket) -> None:
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
    arn = f"arn:{service.account.partition}:s3:::{bucket.bucket}"
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
                    }
                ],
            }
        ),
        # S3 refuses two changes of a bucket's access at the same time.
        depends_on=[ownership],
    )


def _define_lifecycle(scope: Construct, bucket: S3Bucket, versioning: S3BucketVersioningA) -> None:
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
                        noncurrent_days=_OLD_VERSIONS_KEPT_DAYS
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
