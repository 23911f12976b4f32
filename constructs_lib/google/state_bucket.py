"""The bucket of Terraform's states in Cloud Storage, with a key of its own.

Old versions are kept by number and by age, deleted objects for a while. Left out: a retention policy, which would refuse
to write over a state and to take a lock away; TLS, which Google's endpoint demands by itself.

https://docs.cloud.google.com/storage/docs/encryption/using-customer-managed-keys: the agent of the project needs the key
before the bucket names it.
https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/storage_bucket
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cdktf import ITerraformDependable, TerraformResourceLifecycle
from cdktf_cdktf_provider_google.data_google_storage_project_service_account import (
    DataGoogleStorageProjectServiceAccount,
)
from cdktf_cdktf_provider_google.storage_bucket import (
    StorageBucket,
    StorageBucketEncryption,
    StorageBucketLifecycleRule,
    StorageBucketLifecycleRuleAction,
    StorageBucketLifecycleRuleCondition,
    StorageBucketSoftDeletePolicy,
    StorageBucketVersioning,
)
from constructs import Construct

from constructs_lib.google.kms_key import KmsKey
from estate.model.google.kms_key import KmsKeyConfig

_OLD_VERSIONS_DAYS: Final = 90
_OLD_VERSIONS_KEPT: Final = 50
_SOFT_DELETE_SECONDS: Final = 30 * 24 * 60 * 60


@dataclass(frozen=True)
class StateBucketPlan:
    """What is said of the bucket.

    Attributes:
        bucket: its name.
        project: id of its project.
        region: where it and its key are.
        key: name of key ring and key.
    """

    bucket: str
    project: str
    region: str
    key: str


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
        dependencies: Sequence[ITerraformDependable],
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        key = KmsKey(
            self,
            "Key",
            config=KmsKeyConfig(),
            name=config.key,
            region=config.region,
            dependencies=dependencies,
            prevent_destroy=prevent_destroy,
        )
        # Asking for the agent makes it.
        agent = DataGoogleStorageProjectServiceAccount(
            self, "Agent", project=config.project, depends_on=list(dependencies)
        )
        grant = key.grant_encrypt_decrypt("storage", agent.member, [])
        bucket = StorageBucket(
            self,
            "Resource",
            name=config.bucket,
            project=config.project,
            location=config.region.upper(),
            uniform_bucket_level_access=True,
            public_access_prevention="enforced",
            force_destroy=not prevent_destroy,
            versioning=StorageBucketVersioning(enabled=True),
            soft_delete_policy=StorageBucketSoftDeletePolicy(retention_duration_seconds=_SOFT_DELETE_SECONDS),
            encryption=StorageBucketEncryption(default_kms_key_name=key.key_id),
            lifecycle_rule=[
                StorageBucketLifecycleRule(
                    action=StorageBucketLifecycleRuleAction(type="Delete"),
                    condition=StorageBucketLifecycleRuleCondition(
                        num_newer_versions=_OLD_VERSIONS_KEPT,
                        days_since_noncurrent_time=_OLD_VERSIONS_DAYS,
                    ),
                )
            ],
            depends_on=[grant],
            lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
        )
        self.name: Final[str] = bucket.name
