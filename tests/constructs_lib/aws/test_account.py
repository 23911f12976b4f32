"""ARNs of an account."""

from __future__ import annotations

import pytest

from constructs_lib.aws.account import AwsAccount


@pytest.mark.parametrize(
    ("region", "partition"),
    [("eu-west-1", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-east-1", "aws-us-gov")],
)
def test_the_partition_follows_from_the_region(region: str, partition: str) -> None:
    """China and the government cloud have ARNs of their own."""
    assert AwsAccount(account_id="012345678901", region=region).partition == partition


def test_global_services_leave_the_region_out() -> None:
    """IAM knows no region."""
    account = AwsAccount(account_id="012345678901", region="eu-west-1")

    assert account.arn("kms", "key/1") == "arn:aws:kms:eu-west-1:012345678901:key/1"
    assert account.arn("iam", "role/r", regional=False) == "arn:aws:iam::012345678901:role/r"
