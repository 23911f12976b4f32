"""KMS keys: which of them the file can say, by their policies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.operations.adopt.terraform.recognizers.aws.drafts import arn, left, network, of, role_arn
from tests.operations.adopt.terraform.states import resource

ROOT = "arn:aws:iam::345678901234:root"
KEY = "4172f749-702e-41fe-ac3f-898d21930cb6"
ADMINISTER: dict[str, Any] = {
    "Effect": "Allow",
    "Principal": {"AWS": ROOT},
    "Action": ["kms:DescribeKey", "kms:Put*", "kms:ScheduleKeyDeletion"],
    "Resource": "*",
}
USE: dict[str, Any] = {
    "Sid": "KeyUsage",
    "Effect": "Allow",
    "Principal": {"AWS": [role_arn("app")]},
    "Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
    "Resource": "*",
}
GRANT: dict[str, Any] = {
    **USE,
    "Sid": "KeyServiceUsage",
    "Action": ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
    "Condition": {"Bool": {"kms:GrantIsForAWSResource": "true"}},
}
LOGS: dict[str, Any] = {
    **USE,
    "Sid": "Logs",
    "Principal": {"Service": "logs.eu-west-1.amazonaws.com"},
    "Condition": {
        "ArnLike": {"kms:EncryptionContext:aws:logs:arn": arn("logs", "log-group:/aws/eks/shop/cluster")}
    },
}


def key(*statements: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A key with a policy of these statements."""
    return {
        "id": KEY,
        "key_id": KEY,
        "arn": arn("kms", f"key/{KEY}"),
        "description": "of the shop",
        "policy": json.dumps({"Version": "2012-10-17", "Statement": list(statements)}),
        **more,
    }


def alias(name: str = "alias/shop/data", id_: str = "") -> dict[str, Any]:
    """An alias of the key."""
    return {"id": id_ or name, "name": name, "target_key_id": KEY, "target_key_arn": arn("kms", f"key/{KEY}")}


def test_a_key_whose_policy_the_file_can_say_is_taken(tmp_path: Path) -> None:
    """With its users, administrators, window and alias, under a key that is made of the alias."""
    admin = {**ADMINISTER, "Principal": {"AWS": [ROOT, role_arn("security")]}}
    console = {**ADMINISTER, "Principal": {"AWS": role_arn("console")}, "Action": ["kms:Create*", "kms:Put*"]}
    draft = of(
        tmp_path,
        resource("aws_kms_key.this", key(admin, console, USE, GRANT, deletion_window_in_days=7)),
        resource("aws_kms_alias.this", alias()),
        resource("aws_kms_alias.second", alias("alias/twin")),
    )

    assert draft.data["aws"]["kms_keys"] == {
        "shop-data": {
            "description": "of the shop",
            "users": [role_arn("app")],
            "administrators": [role_arn("security"), role_arn("console")],
            "deletion_window_days": 7,
            "alias": "alias/shop/data",
        }
    }
    assert left(draft) == {"aws_kms_alias.second": "a key has one alias here"}


def test_rights_that_differ_from_those_of_users_are_listed(tmp_path: Path) -> None:
    """Users here may encrypt, decrypt and have services of AWS do so; administrators may not use it."""
    both = {**ADMINISTER, "Principal": {"AWS": [role_arn("app")]}}
    granting = {**GRANT, "Principal": {"AWS": role_arn("scaling")}}
    tags = {"Name": "of-the-shop"}
    broken = {
        **key(ADMINISTER),
        "id": "b",
        "key_id": "b",
        "arn": arn("kms", "key/b"),
        "description": "two\nlines",
    }
    draft = of(
        tmp_path,
        resource("aws_kms_key.this", key(ADMINISTER, USE, granting, both, description="", tags=tags)),
        resource("aws_kms_key.broken", broken),
    )

    assert draft.data["aws"]["kms_keys"]["of-the-shop"]["users"] == [role_arn("app"), role_arn("scaling")]
    assert "administrators" not in draft.data["aws"]["kms_keys"]["of-the-shop"]
    assert [one.why for one in draft.left] == [
        f"{role_arn('app')} is not allowed to have services of AWS use it, and users here are allowed both",
        f"{role_arn('scaling')} is not allowed to use it by itself, and users here are allowed both",
        "somebody administers and uses it, and here nobody does both: they stand among its users alone",
        "has characters that no file here holds",
    ]


@pytest.mark.parametrize(
    ("statements", "more", "why"),
    [
        ([{**ADMINISTER, "Sid": "Default", "Action": "kms:*"}], {}, "statement Default has no place"),
        ([{**ADMINISTER, "Effect": "Deny"}], {}, "statement 1 has no place"),
        ([{**ADMINISTER, "Principal": "*"}], {}, "statement 1 has no place"),
        ([{**USE, "Action": ["kms:DescribeKey", "kms:List*"]}], {}, "statement KeyUsage has no place"),
        (
            [{**ADMINISTER, "Principal": {"AWS": "arn:aws:iam::210987654321:root"}}],
            {},
            "statement 1 has no place",
        ),
        ([{**ADMINISTER, "Action": ["kms:Get*", "KMS:decrypt"]}], {}, "statement 1 has no place"),
        ([{**ADMINISTER, "Principal": {"AWS": "*"}}], {}, "statement 1 has no place"),
        (
            [{**USE, "Condition": {"StringEquals": {"kms:ViaService": "s3"}}}],
            {},
            "statement KeyUsage has no place",
        ),
        ([{**USE, "Principal": {"AWS": ROOT}}], {}, "statement KeyUsage has no place"),
        (
            [{**USE, "Action": "kms:Decrypt*"}, {**USE, "Action": ["kms:Sign"]}],
            {},
            "statement KeyUsage has no place",
        ),
        ([{**LOGS, "Principal": {"Service": "sns.amazonaws.com"}}], {}, "statement Logs has no place"),
        ([LOGS], {}, "encrypts log group /aws/eks/shop/cluster, which is no cluster's of the states"),
        ([], {"policy": ""}, "its policy is in no state, or cannot be read"),
        ([], {"policy": "[]"}, "its policy is in no state, or cannot be read"),
        ([ADMINISTER], {"key_usage": "SIGN_VERIFY"}, "is not a symmetric key that encrypts and decrypts"),
        ([ADMINISTER], {"customer_master_key_spec": "RSA_2048"}, "is not a symmetric key"),
        ([ADMINISTER], {"multi_region": True}, "is a multi-Region key"),
        ([ADMINISTER], {"is_enabled": False}, "is disabled, and keys of the file are enabled"),
        ([ADMINISTER], {"custom_key_store_id": "cks-1"}, "lies in a key store of one's own"),
    ],
)
def test_every_other_key_stays_as_it_is(
    statements: list[dict[str, Any]], more: dict[str, Any], why: str, tmp_path: Path
) -> None:
    """Taking it over would put another policy in the place of its own; it is named by its ARN, and its alias stays too."""
    draft = of(
        tmp_path,
        resource("aws_kms_key.this", key(*statements, **more)),
        resource("aws_kms_alias.this", alias("alias/kl-prod-kms-key-data")),
    )

    assert draft.data["aws"]["kms_keys"] == {"data": {"existing": {"key_arn": arn("kms", f"key/{KEY}")}}}
    assert left(draft)["aws_kms_key.this"].startswith(
        "stays as it is, named by its ARN as aws.kms_keys.data: "
    )
    assert why in left(draft)["aws_kms_key.this"]
    assert left(draft)["aws_kms_alias.this"] == left(draft)["aws_kms_key.this"]


def test_a_replica_and_a_key_without_an_arn_have_no_place(tmp_path: Path) -> None:
    """A replica is named like any key that exists; what has no ARN cannot be."""
    replica = {
        **key(ADMINISTER),
        "id": "r",
        "key_id": "r",
        "arn": arn("kms", "key/r"),
        "description": "replica",
    }
    draft = of(
        tmp_path,
        resource("aws_kms_replica_key.this", replica),
        resource("aws_kms_key.none", key({**ADMINISTER, "Action": "kms:*"}, arn="")),
    )

    assert draft.data["aws"]["kms_keys"] == {"replica": {"existing": {"key_arn": arn("kms", "key/r")}}}
    assert "is a replica" in left(draft)["aws_kms_replica_key.this"]
    assert left(draft)["aws_kms_key.none"] == "statement 1 has no place in one of the file"


def test_a_policy_of_its_own_is_read_and_stays_out(tmp_path: Path) -> None:
    """A key's policy stands in the key here; destroying the object that holds it would open the key."""
    policy = {"id": KEY, "key_id": KEY, "policy": key(ADMINISTER, USE, GRANT)["policy"]}
    draft = of(
        tmp_path,
        resource("aws_kms_key.this", key({**ADMINISTER, "Action": "kms:*"})),
        resource("aws_kms_key_policy.this", policy),
    )

    assert draft.data["aws"]["kms_keys"]["of-the-shop"]["users"] == [role_arn("app")]
    assert left(draft) == {"aws_kms_key_policy.this": "a key's policy stands in the key itself here"}
    assert "terraform state rm" in draft.left[0].instead


def test_the_key_of_a_log_group_belongs_to_what_is_logged(tmp_path: Path) -> None:
    """It is no key of the file."""
    draft = of(
        tmp_path,
        *network(),
        resource("aws_kms_key.this", key(LOGS)),
        resource("aws_kms_alias.this", alias("alias/kl-prod-management-vpc-flow-logs")),
    )

    assert "kms_keys" not in draft.data["aws"]
    assert left(draft) == {}
    assert "aws_kms_key" in {one.type for one in draft.origins["aws", "management_vpc"]}
