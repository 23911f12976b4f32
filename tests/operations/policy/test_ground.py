"""What cannot be told of a ground is found, too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from operations.policy.rules.ground import RULES
from operations.policy.stacks import make_stack
from tests.operations.policy.grounds import ground_of


def _first(body: dict[str, Any], type_: str) -> dict[str, Any]:
    found: dict[str, Any] = next(iter(body["resource"][type_].values()))
    return found


def _elsewhere(body: dict[str, Any]) -> None:
    _first(body, "aws_iam_role")["permissions_boundary"] = "arn:aws:iam::345678901234:policy/elsewhere"


def _unreadable(body: dict[str, Any]) -> None:
    _first(body, "aws_kms_key")["policy"] = "{no document"


def _no_bucket_policy(body: dict[str, Any]) -> None:
    del body["resource"]["aws_s3_bucket_policy"]


def _policy_of_another(body: dict[str, Any]) -> None:
    _first(body, "aws_s3_bucket_policy")["bucket"] = "another-bucket"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_elsewhere, "what it may do to its ground cannot be told: its boundary"),
        (_unreadable, "the policy of what it is about is not in the stack"),
        (_no_bucket_policy, "s3:PutBucketPolicy"),
        (_policy_of_another, "s3:PutBucketPolicy"),
    ],
    ids=["boundary elsewhere", "unreadable", "no policy", "policy of another bucket"],
)
def test_what_cannot_be_told_fails(change: Callable[[dict[str, Any]], None], said: str) -> None:
    """Nothing passes because nobody could read it."""
    body = ground_of("prod")
    change(body)
    [rule] = RULES

    found = [message for _, message in rule.broken([make_stack("prod-bootstrap", "prod", body)])]

    assert [one for one in found if said in one]
