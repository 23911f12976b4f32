"""Customer managed KMS keys, and keys that somebody else made, behind one interface.

Left out: `rotation_period_in_days`, because AWS's own period is a year already; multi-Region keys and
grants as resources, because a policy statement can be read in review and a grant cannot.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kms_key
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from cdktf import DefaultTokenResolver, StringConcat, TerraformResourceLifecycle, Tokenization
from cdktf_cdktf_provider_aws.kms_alias import KmsAlias
from cdktf_cdktf_provider_aws.kms_key import KmsKey as KmsKeyResource
from constructs import Construct

from constructs_lib.aws.account import AwsAccount
from constructs_lib.aws.kms_key_policy import KeyPermission, KeyPolicy
from constructs_lib.naming import Naming
from estate.model.aws.kms_key import ExistingKmsKeyConfig, KmsKeyConfig


class EncryptionKey(Protocol):
    """What users of a key see of it, whoever made it."""

    @property
    def key_arn(self) -> str:
        """ARN of the key."""

    def grant_encrypt_decrypt(self, principal_arn: str) -> None:
        """Let a role or user encrypt and decrypt with the key by itself."""

    def grant_decrypt(self, principal_arn: str) -> None:
        """Let a role or user decrypt what the key encrypted."""

    def grant_use(self, principal_arn: str) -> None:
        """Let a role or user encrypt and decrypt, by itself and through AWS services.

        What it takes to make, attach and start from encrypted EBS volumes. For an auto scaling group
        the principal is its service-linked role, for an `aws_ebs_volume` whoever applies the stack.
        KMS refuses a policy that names a role which does not exist, and AWS makes the common
        service-linked role only with an account's first group: have an `aws_iam_service_linked_role`
        with a suffix of its own and pass its ARN here.
        """

    def grant_cluster_creation(self, principal_arn: str) -> None:
        """Let a role or user make EKS clusters whose secrets the key encrypts, and nothing else by itself.

        The grant that EKS has it make cannot be told from any other, so whoever has this can let others use the
        key: give it to the one that applies the stack.
        """

    def grant_log_group(self, log_group_arn: str) -> None:
        """Let CloudWatch Logs encrypt one log group with the key.

        Args:
            log_group_arn: put together from the account and the group's name; the group's own
                attribute would make key and group wait for each other.
        """


class KmsKey(Construct):
    """Define a symmetric customer managed key with its alias and policy, rotated every year.

    Stateful. What the key encrypted is lost with it, at the end of the deletion window.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: KmsKeyConfig,
        naming: Naming,
        account: AwsAccount,
        key: str,
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        alias = config.alias_in(naming.organization, naming.environment, key)
        key = config.name or key
        self._policy = KeyPolicy(account)
        self._resource = KmsKeyResource(
            self,
            "Resource",
            description=config.description or key,
            deletion_window_in_days=config.deletion_window_days,
            enable_key_rotation=True,
            policy=self._policy.to_json(),
            tags={"Name": naming.name("kms-key", key)},
            lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
        )
        KmsAlias(
            self,
            "Alias",
            name=alias,
            target_key_id=self._resource.key_id,
        )
        for arn in config.administrators:
            self.grant_administration(arn)
        for arn in config.users:
            self.grant_use(arn)
        self.key_arn: Final[str] = self._resource.arn

    def grant_administration(self, principal_arn: str) -> None:
        """Let a role or user administer the key, its policy included, but not use it."""
        self._allow(principal_arn, KeyPermission.ADMINISTER)

    def grant_encrypt_decrypt(self, principal_arn: str) -> None:
        """Let a role or user encrypt and decrypt with the key by itself."""
        self._allow(principal_arn, KeyPermission.ENCRYPT_DECRYPT)

    def grant_decrypt(self, principal_arn: str) -> None:
        """Let a role or user decrypt what the key encrypted."""
        self._allow(principal_arn, KeyPermission.DECRYPT)

    def grant_use(self, principal_arn: str) -> None:
        """Let a role or user encrypt and decrypt, by itself and through AWS services such as EBS."""
        self._allow(principal_arn, KeyPermission.ENCRYPT_DECRYPT, KeyPermission.GRANT_TO_AWS_SERVICES)

    def grant_cluster_creation(self, principal_arn: str) -> None:
        """Let a role or user make EKS clusters whose secrets the key encrypts."""
        self._allow(principal_arn, KeyPermission.CREATE_CLUSTERS)

    def grant_log_group(self, log_group_arn: str) -> None:
        """Let CloudWatch Logs encrypt one log group with the key."""
        self._policy.allow_log_group(log_group_arn)
        self._resource.policy = self._policy.to_json()

    def _allow(self, principal_arn: str, *permissions: KeyPermission) -> None:
        principal = self._resolved(principal_arn)
        for permission in permissions:
            self._policy.allow(permission, principal)
        self._resource.policy = self._policy.to_json()

    def _resolved(self, arn: str) -> str:
        """What an ARN stands for: each reading of an attribute may make another token for the same."""
        if "${" not in arn:
            return arn
        resolver = DefaultTokenResolver(StringConcat())
        resolved: str = Tokenization.resolve(arn, scope=self, resolver=resolver, preparing=False)
        return resolved


@dataclass(frozen=True)
class ExistingKmsKey:
    """Stand for a key that somebody else made.

    Defines nothing. The verbs change nothing: the key's owner must have allowed what they ask for.
    """

    config: ExistingKmsKeyConfig

    @property
    def key_arn(self) -> str:
        """ARN of the key."""
        return self.config.existing.key_arn

    def grant_encrypt_decrypt(self, principal_arn: str) -> None:
        """Leave it to the key's owner."""

    def grant_decrypt(self, principal_arn: str) -> None:
        """Leave it to the key's owner."""

    def grant_use(self, principal_arn: str) -> None:
        """Leave it to the key's owner."""

    def grant_cluster_creation(self, principal_arn: str) -> None:
        """Leave it to the key's owner."""

    def grant_log_group(self, log_group_arn: str) -> None:
        """Leave it to the key's owner."""
