"""The policy of a customer managed KMS key: who administers it, who uses it.

The account itself may administer the key and nothing more. With `kms:*` for the account, which AWS
puts in by default, every IAM policy of the account could hand out the key's use; so here using it
takes a line in this policy. Whoever may put the policy can add that line: nobody is ever locked
out, and CloudTrail shows it.

https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
"""

from __future__ import annotations

import json
from enum import Enum
from typing import Any

from constructs_lib.aws.account import AwsAccount

_ADMINISTER = (
    "kms:CancelKeyDeletion",
    "kms:CreateAlias",
    "kms:DeleteAlias",
    "kms:DescribeKey",
    "kms:DisableKey",
    "kms:DisableKeyRotation",
    "kms:EnableKey",
    "kms:EnableKeyRotation",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListGrants",
    "kms:ListKeyPolicies",
    "kms:ListKeyRotations",
    "kms:ListResourceTags",
    "kms:PutKeyPolicy",
    "kms:RevokeGrant",
    "kms:RotateKeyOnDemand",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
)
_ENCRYPT_DECRYPT = (
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
)
_DECRYPT = ("kms:Decrypt", "kms:DescribeKey")
_GRANT = ("kms:CreateGrant",)
_CREATE_CLUSTERS = ("kms:CreateGrant", "kms:DescribeKey")


class KeyPermission(Enum):
    """What a principal may do; the value is the statement's id, the order that of the statements."""

    ADMINISTER = "Administer"
    ENCRYPT_DECRYPT = "EncryptDecrypt"
    DECRYPT = "Decrypt"
    GRANT_TO_AWS_SERVICES = "GrantToAwsServices"
    CREATE_CLUSTERS = "CreateClusters"


class KeyPolicy:
    """The statements of one key's policy: one for each permission, each principal in it once."""

    def __init__(self, account: AwsAccount) -> None:
        self._account = account
        self._principals: dict[KeyPermission, list[str]] = {permission: [] for permission in KeyPermission}
        self._log_groups: list[str] = []
        self.allow(KeyPermission.ADMINISTER, account.arn("iam", "root", regional=False))

    def allow(self, permission: KeyPermission, principal_arn: str) -> None:
        """Give a principal a permission; twice is once."""
        if principal_arn not in self._principals[permission]:
            self._principals[permission].append(principal_arn)

    def allow_log_group(self, log_group_arn: str) -> None:
        """Let CloudWatch Logs encrypt and decrypt what is in one log group; twice is once."""
        if log_group_arn not in self._log_groups:
            self._log_groups.append(log_group_arn)

    def to_json(self) -> str:
        """Write the policy document."""
        able_to_decrypt = self._principals[KeyPermission.ENCRYPT_DECRYPT]
        statements_by_permission: dict[KeyPermission, tuple[tuple[str, ...], dict[str, Any]]] = {
            KeyPermission.ADMINISTER: (_ADMINISTER, {}),
            KeyPermission.ENCRYPT_DECRYPT: (_ENCRYPT_DECRYPT, {}),
            KeyPermission.DECRYPT: (_DECRYPT, {}),
            # A grant that only an AWS service can use on the principal's behalf, such as EBS for a volume.
            KeyPermission.GRANT_TO_AWS_SERVICES: (_GRANT, {"Bool": {"kms:GrantIsForAWSResource": "true"}}),
            # Whoever makes an EKS cluster grants it the key's use, which is no such grant: "the condition
            # kms:GrantIsForAWSResource is not supported for the CreateCluster action", and no other is documented.
            # https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html of 2026-11
            KeyPermission.CREATE_CLUSTERS: (_CREATE_CLUSTERS, {}),
        }
        statements = []
        for permission, (actions, condition) in statements_by_permission.items():
            principals = self._principals[permission]
            if permission is KeyPermission.DECRYPT:
                principals = [arn for arn in principals if arn not in able_to_decrypt]
            if principals:
                statements.append(_statement(permission.value, {"AWS": principals}, actions, condition))
        if self._log_groups:
            service = {"Service": f"logs.{self._account.region}.amazonaws.com"}
            only_for = {"ArnEquals": {"kms:EncryptionContext:aws:logs:arn": self._log_groups}}
            statements.append(_statement("LogGroups", service, _ENCRYPT_DECRYPT, only_for))
        return json.dumps({"Version": "2012-10-17", "Statement": statements})


def _statement(
    sid: str, principal: dict[str, Any], actions: tuple[str, ...], condition: dict[str, Any]
) -> dict[str, Any]:
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": principal,
        "Action": list(actions),
        # In a key's own policy this is the key and nothing else.
        "Resource": "*",
        **({"Condition": condition} if condition else {}),
    }
