"""The S3 bucket of Terraform's states, with a key of its own, which those who use it cannot change.

What uses the bucket reads and writes objects by name, and deletes lock files; everything else is denied to it by the
bucket's own policy, versions included, whatever rights it has or gives itself. The key is used through S3 alone, and
administered by the account. Left out: Object Lock, which would keep what a state no longer needs, and access logs, which
CloudTrail has.

https://developer.hashicorp.com/terraform/language/backend/s3 (2026-11-30)
https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.kms_alias import KmsAlias
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from constructs import Construct

from constructs_lib.aws.account import AwsAccount
from constructs_lib.aws.kms_key_policy import KeyPolicy
from constructs_lib.aws.private_bucket import PrivateBucket, define_private_bucket
from constructs_lib.naming import Kind, Naming
from estate.derived.pipeline.rights import through_s3

_OLD_VERSIONS_DAYS: Final = 90
_OLD_VERSIONS_KEPT: Final = 50
_DELETION_WINDOW_DAYS: Final = 30
_USES_OF_BUCKET: Final = (
    "s3:AbortMultipartUpload",
    "s3:DeleteObject",
    "s3:GetObject",
    "s3:ListBucket",
    "s3:PutObject",
)
_USES_OF_KEY: Final = ("kms:Decrypt", "kms:GenerateDataKey")
_LOOKS_AT_KEY: Final = (
    "kms:DescribeKey",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListKeyPolicies",
    "kms:ListResourceTags",
)


@dataclass(frozen=True)
class StateBucketPlan:
    """What is said of the bucket.

    Attributes:
        bucket: its name.
        pipelines: ARNs, with wildcards, of the roles that use it and may not change it.
        folders: folders in it that these do not touch at all: states of what they stand on.
    """

    bucket: str
    pipelines: Sequence[str]
    folders: Sequence[str]


class StateBucket(Construct):
    """Define the bucket and its key.

    Stateful. Every state is lost with either.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: StateBucketPlan,
        naming: Naming,
        account: AwsAccount,
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        arn = f"arn:{account.partition}:s3:::{config.bucket}"
        name = naming.name("state")
        place = Construct(self, "Key")
        key = KmsKey(
            place,
            "Resource",
            description=f"encrypts the states in {config.bucket}",
            deletion_window_in_days=_DELETION_WINDOW_DAYS,
            enable_key_rotation=True,
            policy=_key_policy(config, account, arn),
            tags={"Name": name},
            lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
        )
        alias = naming.name("state", kind=Kind.KMS_ALIAS, prefix="alias/")
        KmsAlias(place, "Alias", name=alias, target_key_id=key.key_id)
        bucket, _ = define_private_bucket(
            self,
            PrivateBucket(
                name=config.bucket,
                partition=account.partition,
                tags={"Name": name},
                old_versions_days=_OLD_VERSIONS_DAYS,
                old_versions_kept=_OLD_VERSIONS_KEPT,
                key_arn=key.arn,
                statements=tuple(_bucket_statements(config, arn)),
            ),
            prevent_destroy=prevent_destroy,
        )
        self.name: Final[str] = bucket.bucket


def _bucket_statements(config: StateBucketPlan, arn: str) -> list[Mapping[str, Any]]:
    return [
        {
            # https://repost.aws/knowledge-center/s3-enforce-modern-tls (2026-12-01)
            "Sid": "Tls12",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": [arn, f"{arn}/*"],
            "Condition": {"NumericLessThan": {"s3:TlsVersion": "1.2"}},
        },
        {
            "Sid": "PipelinesUseIt",
            "Effect": "Deny",
            "Principal": "*",
            "NotAction": list(_USES_OF_BUCKET),
            "Resource": [arn, f"{arn}/*"],
            "Condition": _of_pipelines(config),
        },
        {
            "Sid": "NotWhatTheyStandOn",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": [f"{arn}/{folder}/*" for folder in config.folders],
            "Condition": _of_pipelines(config),
        },
    ]


def _key_policy(config: StateBucketPlan, account: AwsAccount, arn: str) -> str:
    document = json.loads(KeyPolicy(account).to_json())
    document["Statement"] += [
        {
            # IAM says who; the key says how. A principal that is named has to be there first.
            "Sid": "ThroughS3",
            "Effect": "Allow",
            "Principal": {"AWS": account.arn("iam", "root", regional=False)},
            "Action": list(_USES_OF_KEY),
            "Resource": "*",
            "Condition": through_s3(account.region, arn),
        },
        {
            "Sid": "PipelinesUseIt",
            "Effect": "Deny",
            "Principal": {"AWS": "*"},
            "NotAction": [*_USES_OF_KEY, *_LOOKS_AT_KEY],
            "Resource": "*",
            "Condition": _of_pipelines(config),
        },
    ]
    return json.dumps(document)


def _of_pipelines(config: StateBucketPlan) -> Mapping[str, Any]:
    """Of a session, AWS compares its role's ARN.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html, aws:PrincipalArn
    """
    return {"ArnLike": {"aws:PrincipalArn": list(config.pipelines)}}
