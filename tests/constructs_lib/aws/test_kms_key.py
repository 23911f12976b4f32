"""A customer managed key and one that exists; the policy's text is tested beside the policy."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cdktf import TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.iam_role import IamRole

from constructs_lib.aws.account import AwsAccount
from constructs_lib.aws.kms_key import EncryptionKey, ExistingKmsKey, KmsKey
from constructs_lib.naming import Naming
from estate.model.aws.kms_key import ExistingKmsKeyConfig, KmsKeyConfig
from tests.synth import Synthesized, synthesize

ACCOUNT = AwsAccount(account_id="012345678901", region="eu-west-1")
NAMING = Naming(organization="kl", environment="sandbox")
ROOT = "arn:aws:iam::012345678901:root"
ALICE = "arn:aws:iam::012345678901:user/alice"
OPS = "arn:aws:iam::012345678901:role/ops"
LOG_GROUP = "arn:aws:logs:eu-west-1:012345678901:log-group:flow"


def define(stack: TerraformStack, *, prevent_destroy: bool = True, **config: Any) -> KmsKey:
    """Define the key `secrets`."""
    return KmsKey(
        stack,
        "Secrets",
        config=KmsKeyConfig.model_validate(config),
        naming=NAMING,
        account=ACCOUNT,
        key="secrets",
        prevent_destroy=prevent_destroy,
    )


def principals(synthesized: Synthesized) -> dict[str, Any]:
    """Who is named in the key's policy, by statement."""
    policy = json.loads(synthesized.one("aws_kms_key")["policy"])
    return {statement["Sid"]: statement["Principal"] for statement in policy["Statement"]}


def test_defines_a_rotated_and_protected_key_with_an_alias(tmp_path: Path) -> None:
    """A key nobody can find by name is unusable, and one that vanishes takes all it encrypted with it."""
    synthesized = synthesize(tmp_path, define)

    key = synthesized.one("aws_kms_key")
    policy = key.pop("policy")
    assert key == {
        "description": "secrets",
        "deletion_window_in_days": 30,
        "enable_key_rotation": True,
        "tags": {"Name": "kl-sandbox-kms-key-secrets"},
        "lifecycle": {"prevent_destroy": True},
    }
    assert [statement["Sid"] for statement in json.loads(policy)["Statement"]] == ["Administer"]
    assert synthesized.address("aws_kms_key") == "aws_kms_key.Secrets_A3BCC2E9"
    assert synthesized.one("aws_kms_alias") == {
        "name": "alias/kl-sandbox-kms-key-secrets",
        "target_key_id": "${aws_kms_key.Secrets_A3BCC2E9.key_id}",
    }
    assert synthesized.counts() == {"aws_kms_alias": 1, "aws_kms_key": 1}


@pytest.mark.parametrize(
    ("config", "type_", "attribute", "value"),
    [
        ({"description": "etcd"}, "aws_kms_key", "description", "etcd"),
        ({"deletion_window_days": 7}, "aws_kms_key", "deletion_window_in_days", 7),
        ({"alias": "alias/etcd/v1"}, "aws_kms_alias", "name", "alias/etcd/v1"),
    ],
    ids=["description", "deletion window", "alias"],
)
def test_option(tmp_path: Path, config: dict[str, Any], type_: str, attribute: str, value: object) -> None:
    """Each option has its place."""
    synthesized = synthesize(tmp_path, lambda stack: define(stack, **config))

    assert synthesized.one(type_)[attribute] == value


def test_a_throw_away_environment_may_destroy_it(tmp_path: Path) -> None:
    """Trying out must be able to end."""
    synthesized = synthesize(tmp_path, lambda stack: define(stack, prevent_destroy=False))

    assert synthesized.one("aws_kms_key")["lifecycle"] == {"prevent_destroy": False}


def test_users_and_administrators_of_the_environment_file(tmp_path: Path) -> None:
    """Users use it, also through AWS services; administrators do not."""
    synthesized = synthesize(tmp_path, lambda stack: define(stack, users=[ALICE], administrators=[OPS]))

    assert principals(synthesized) == {
        "Administer": {"AWS": [ROOT, OPS]},
        "EncryptDecrypt": {"AWS": [ALICE]},
        "GrantToAwsServices": {"AWS": [ALICE]},
    }


@pytest.mark.parametrize(
    ("grant", "named"),
    [
        (KmsKey.grant_administration, {"Administer": {"AWS": [ROOT, ALICE]}}),
        (KmsKey.grant_encrypt_decrypt, {"EncryptDecrypt": {"AWS": [ALICE]}}),
        (KmsKey.grant_decrypt, {"Decrypt": {"AWS": [ALICE]}}),
        (KmsKey.grant_cluster_creation, {"CreateClusters": {"AWS": [ALICE]}}),
        (KmsKey.grant_use, {"EncryptDecrypt": {"AWS": [ALICE]}, "GrantToAwsServices": {"AWS": [ALICE]}}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_verb_names_its_principal(
    tmp_path: Path, grant: Callable[[KmsKey, str], None], named: dict[str, Any]
) -> None:
    """What is granted after the key was defined is in its policy too."""
    synthesized = synthesize(tmp_path, lambda stack: grant(define(stack), ALICE))

    assert principals(synthesized) == {"Administer": {"AWS": [ROOT]}, **named}


def test_grant_log_group_names_the_service(tmp_path: Path) -> None:
    """CloudWatch Logs encrypts by itself, with no role of ours."""
    synthesized = synthesize(tmp_path, lambda stack: define(stack).grant_log_group(LOG_GROUP))

    assert principals(synthesized)["LogGroups"] == {"Service": "logs.eu-west-1.amazonaws.com"}


def test_a_role_granted_twice_is_named_once(tmp_path: Path) -> None:
    """Each reading of an attribute gives another token; AWS would merge them and every plan show a change."""

    def twice(stack: TerraformStack) -> None:
        role = IamRole(stack, "Role", assume_role_policy="{}")
        key = define(stack)
        key.grant_encrypt_decrypt(role.arn)
        key.grant_encrypt_decrypt(role.arn)

    synthesized = synthesize(tmp_path, twice)

    assert principals(synthesized)["EncryptDecrypt"] == {"AWS": ["${aws_iam_role.Role.arn}"]}


def test_key_arn_is_the_key_s(tmp_path: Path) -> None:
    """What others encrypt with."""

    def show(stack: TerraformStack) -> None:
        TerraformOutput(stack, "key_arn", value=define(stack).key_arn)

    assert synthesize(tmp_path, show).outputs == {"key_arn": {"value": "${aws_kms_key.Secrets_A3BCC2E9.arn}"}}


def test_an_existing_key_is_used_and_left_alone(tmp_path: Path) -> None:
    """Its policy is its owner's: the verbs are there, so that no caller need ask, and define nothing."""
    arn = "arn:aws:kms:eu-west-1:012345678901:key/4172f749-702e-41fe-ac3f-898d21930cb6"
    key: EncryptionKey = ExistingKmsKey(ExistingKmsKeyConfig.model_validate({"existing": {"key_arn": arn}}))

    def use(_: TerraformStack) -> None:
        key.grant_encrypt_decrypt(ALICE)
        key.grant_decrypt(ALICE)
        key.grant_use(ALICE)
        key.grant_cluster_creation(ALICE)
        key.grant_log_group(LOG_GROUP)

    assert key.key_arn == arn
    assert synthesize(tmp_path, use).counts() == {}
