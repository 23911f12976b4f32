"""The S3 bucket that instances start from: agent, settings and ciphertexts.

Encrypted with S3's own key: nothing in it is secret that is not encrypted already, and whoever uploads
the agent needs no rights on a KMS key. Left out: access logs, because CloudTrail has the calls that
matter, and replication; all in it can be put there again.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningA
from cdktf_cdktf_provider_aws.s3_object import (
    S3Object,
    S3ObjectOverrideProvider,
    S3ObjectOverrideProviderDefaultTags,
)
from constructs import Construct

from constructs_lib.aws.management_service.service import Service
from constructs_lib.aws.private_bucket import PrivateBucket, define_private_bucket
from constructs_lib.naming import Kind

_OLD_VERSIONS_KEPT_DAYS = 90


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
    bucket, versioning = define_private_bucket(
        scope,
        PrivateBucket(
            # Bucket names are shared by all of AWS: the account's id makes it ours.
            name=service.config.bootstrap_bucket
            or service.name(f"bootstrap-{service.account.account_id}", Kind.S3_BUCKET),
            partition=service.account.partition,
            tags=service.tags("bootstrap"),
            old_versions_days=_OLD_VERSIONS_KEPT_DAYS,
        ),
        prevent_destroy=prevent_destroy,
    )
    # An object put there before versioning is on has no version to name.
    return BootstrapBucket(bucket, Construct(scope, "Objects"), [versioning])
