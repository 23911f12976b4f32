"""Needs of whoever writes into a bucket of AWS whose key is made beside it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.operations.policy.permitted.small import DEPLOYER, allow, document, messages

KEY = "${aws_kms_key.K.arn}"


@pytest.mark.parametrize(
    ("encryption", "policy", "lacks"),
    [
        ({"kms_master_key_id": KEY}, document(allow("s3:PutObject", Resource="arn:aws:s3:::kept/*")), 1),
        ({"kms_master_key_id": KEY}, document(allow("s3:PutObject", Resource="arn:aws:s3:::other/*")), 0),
        ({"kms_master_key_id": KEY}, document(allow("s3:GetObject", Resource="arn:aws:s3:::kept/*")), 0),
        ({"kms_master_key_id": KEY}, "${data.http.policy.body}", 0),
        ({"sse_algorithm": "AES256"}, document(allow("s3:PutObject", Resource="arn:aws:s3:::kept/*")), 0),
    ],
    ids=["writes", "elsewhere", "reads", "unreadable", "no key"],
)
def test_whoever_writes_into_a_bucket_uses_its_key(
    encryption: dict[str, Any], policy: str, lacks: int
) -> None:
    """Which its own policy does not give where the key's does not let it."""
    found = messages(
        "HYB_MAY_USE_KEY",
        ("aws_kms_key.K", {"policy": document(allow("kms:Decrypt", Principal={"AWS": DEPLOYER}))}),
        ("aws_s3_bucket.B", {"bucket": "kept"}),
        (
            "aws_s3_bucket_server_side_encryption_configuration.E",
            {
                "bucket": "${aws_s3_bucket.B.bucket}",
                "rule": [{"apply_server_side_encryption_by_default": encryption}],
            },
        ),
        ("aws_iam_role.R", {"name": "writer", "assume_role_policy": document()}),
        ("aws_iam_role_policy.P", {"role": "${aws_iam_role.R.name}", "policy": policy}),
    )

    assert len([one for one in found if "write into a bucket" in one]) == lacks
