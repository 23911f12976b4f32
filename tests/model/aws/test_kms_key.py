"""KMS keys as an environment file writes them."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

from estate.model.aws.kms_key import ExistingKmsKeyConfig, KmsKey, KmsKeyConfig
from tests.model.refusals import refusals

KEY_ARN = "arn:aws:kms:eu-west-1:012345678901:key/4172f749-702e-41fe-ac3f-898d21930cb6"
ALICE = "arn:aws:iam::012345678901:user/alice"
OPS = "arn:aws:iam::012345678901:role/team/ops"


def test_an_empty_entry_is_a_key_of_our_own() -> None:
    """Nothing has to be said: nobody but the account's administrators, thirty days to change one's mind."""
    config = TypeAdapter[Any](KmsKey).validate_python({})

    assert config == KmsKeyConfig(
        description=None, users=(), administrators=(), deletion_window_days=30, alias=None
    )


def test_existing_names_a_key_of_somebody_elses() -> None:
    """Its ARN is all there is to say."""
    config = TypeAdapter[Any](KmsKey).validate_python({"existing": {"key_arn": KEY_ARN}})

    assert isinstance(config, ExistingKmsKeyConfig)
    assert config.existing.key_arn == KEY_ARN


def test_takes_what_a_key_of_our_own_can_say() -> None:
    """Users and administrators by ARN, role paths included; a pinned alias."""
    document = {
        "description": "etcd",
        "users": [ALICE],
        "administrators": [OPS],
        "deletion_window_days": 7,
        "alias": "alias/etcd/v1",
    }

    assert refusals(KmsKey, document) == {}


@pytest.mark.parametrize(
    ("document", "path", "words"),
    [
        ({"deletion_window_days": 6}, "deletion_window_days", "greater than or equal to 7"),
        ({"deletion_window_days": 31}, "deletion_window_days", "less than or equal to 30"),
        ({"deletion_window_days": "30"}, "deletion_window_days", "valid integer"),
        ({"description": ""}, "description", "at least 1 character"),
        ({"users": ["alice"]}, "users.0", "match pattern"),
        ({"users": ["arn:aws:iam::0123456789012:user/alice"]}, "users.0", "match pattern"),
        ({"users": ["arn:aws:iam::012345678901:root"]}, "users.0", "match pattern"),
        ({"alias": "etcd"}, "alias", "match pattern"),
        ({"alias": "alias/aws/ebs"}, "alias", "must not begin with alias/aws/"),
        ({"users": [ALICE, OPS], "administrators": [OPS]}, "administrators.0", "must not stand in users too"),
        ({"rotation": False}, "rotation", "not permitted"),
        ({"existing": {"key_arn": f"{KEY_ARN}/x y"}}, "existing.key_arn", "match pattern"),
        (
            {"existing": {"key_arn": "arn:aws:kms:eu-west-1:012345678901:alias/etcd"}},
            "existing.key_arn",
            "match pattern",
        ),
        ({"existing": {"key_arn": KEY_ARN}, "users": [ALICE]}, "users", "not permitted"),
    ],
    ids=[
        "window too short",
        "window too long",
        "window quoted",
        "empty description",
        "user by name",
        "13-digit account",
        "whole account",
        "alias without prefix",
        "alias of AWS",
        "user who administers",
        "rotation cannot be turned off",
        "existing malformed",
        "existing by alias",
        "existing with users",
    ],
)
def test_refuses(document: dict[str, Any], path: str, words: str) -> None:
    """Each mistake is reported at the field that has to change."""
    found = refusals(KmsKey, document)

    assert list(found) == [path]
    assert words in found[path]
