"""The key policy as a document; whom the key's verbs name is tested beside the key."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

import pytest

from constructs_lib.aws.account import AwsAccount
from constructs_lib.aws.kms_key_policy import KeyPermission, KeyPolicy

ACCOUNT = AwsAccount(account_id="012345678901", region="eu-west-1")
ROOT = "arn:aws:iam::012345678901:root"
ALICE = "arn:aws:iam::012345678901:user/alice"
BOB = "arn:aws:iam::012345678901:user/bob"
LOG_GROUP = "arn:aws:logs:eu-west-1:012345678901:log-group:flow"
USE = {
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
}


def statements(policy: KeyPolicy) -> dict[str, dict[str, Any]]:
    """Statements by id, in order."""
    document = json.loads(policy.to_json())
    assert document.keys() == {"Version", "Statement"}
    return {statement["Sid"]: statement for statement in document["Statement"]}


def test_the_account_administers_and_does_not_use() -> None:
    """With kms:* for the account, any of its IAM policies could hand out the key's use."""
    found = statements(KeyPolicy(ACCOUNT))

    actions = set(found["Administer"]["Action"])
    assert list(found) == ["Administer"]
    assert found["Administer"]["Principal"] == {"AWS": [ROOT]}
    assert actions & (USE | {"kms:CreateGrant", "kms:*"}) == {"kms:DescribeKey"}
    assert actions >= {"kms:PutKeyPolicy", "kms:GetKeyPolicy", "kms:ScheduleKeyDeletion", "kms:EnableKey"}


@pytest.mark.parametrize(
    ("permission", "actions", "condition"),
    [
        (KeyPermission.ENCRYPT_DECRYPT, USE, None),
        (KeyPermission.DECRYPT, {"kms:Decrypt", "kms:DescribeKey"}, None),
        (
            KeyPermission.GRANT_TO_AWS_SERVICES,
            {"kms:CreateGrant"},
            {"Bool": {"kms:GrantIsForAWSResource": "true"}},
        ),
        (KeyPermission.CREATE_CLUSTERS, {"kms:CreateGrant", "kms:DescribeKey"}, None),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_permission_is_a_statement_for_named_principals(
    permission: KeyPermission, actions: set[str], condition: dict[str, Any] | None
) -> None:
    """Actions are listed one by one; a grant serves AWS itself only, but for whoever makes clusters."""
    policy = KeyPolicy(ACCOUNT)

    policy.allow(permission, BOB)
    policy.allow(permission, ALICE)
    policy.allow(permission, BOB)

    statement = statements(policy)[permission.value]
    assert set(statement["Action"]) == actions
    assert statement["Principal"] == {"AWS": [BOB, ALICE]}
    assert statement.get("Condition") == condition
    assert (statement["Effect"], statement["Resource"]) == ("Allow", "*")


def test_administrators_stand_beside_the_account() -> None:
    """One statement says who administers."""
    policy = KeyPolicy(ACCOUNT)

    policy.allow(KeyPermission.ADMINISTER, ALICE)

    assert statements(policy)["Administer"]["Principal"] == {"AWS": [ROOT, ALICE]}


def test_who_encrypts_is_not_named_again_for_decrypting() -> None:
    """Encrypting and decrypting holds decrypting; who may only decrypt stays visible."""
    policy = KeyPolicy(ACCOUNT)

    policy.allow(KeyPermission.DECRYPT, ALICE)
    policy.allow(KeyPermission.DECRYPT, BOB)
    policy.allow(KeyPermission.ENCRYPT_DECRYPT, ALICE)

    found = statements(policy)
    assert found["EncryptDecrypt"]["Principal"] == {"AWS": [ALICE]}
    assert found["Decrypt"]["Principal"] == {"AWS": [BOB]}


def test_log_groups_use_the_key_by_their_region_s_service() -> None:
    """CloudWatch Logs may use the key for these log groups and for nobody else's."""
    policy = KeyPolicy(ACCOUNT)

    policy.allow_log_group(LOG_GROUP)
    policy.allow_log_group(f"{LOG_GROUP}-2")
    policy.allow_log_group(LOG_GROUP)

    statement = statements(policy)["LogGroups"]
    assert statement["Principal"] == {"Service": "logs.eu-west-1.amazonaws.com"}
    assert statement["Condition"] == {
        "ArnEquals": {"kms:EncryptionContext:aws:logs:arn": [LOG_GROUP, f"{LOG_GROUP}-2"]}
    }
    assert set(statement["Action"]) == USE


@pytest.mark.parametrize("order", list(permutations(KeyPermission)), ids=lambda _: "")
def test_statements_keep_their_order(order: tuple[KeyPermission, ...]) -> None:
    """The text does not depend on who was granted first, so a plan shows a change only where there is one."""
    policy = KeyPolicy(ACCOUNT)

    for permission in order:
        policy.allow(permission, f"arn:aws:iam::012345678901:role/{permission.name}")

    assert list(statements(policy)) == [
        "Administer",
        "EncryptDecrypt",
        "Decrypt",
        "GrantToAwsServices",
        "CreateClusters",
    ]
