"""The bucket that instances start from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.constructs_lib.aws.management_service.defined import named, synthesized

BUCKET = "kl-sandbox-gke-bootstrap-012345678901"


def bucket_resources(tmp_path: Path) -> dict[str, dict[str, Any]]:
    """Bodies of all resources of the bucket, by type and without references to it."""
    resources = synthesized(tmp_path).json["resource"]
    return {
        type_.removeprefix("aws_s3_bucket_"): {
            key: value
            for key, value in next(iter(named(found).values())).items()
            if key not in ("bucket", "depends_on", "//")
        }
        for type_, found in resources.items()
        if type_.startswith("aws_s3_bucket_")
    }


def test_is_named_after_the_account_and_protected(tmp_path: Path) -> None:
    """Bucket names are shared by all of AWS."""
    assert synthesized(tmp_path).one("aws_s3_bucket") == {
        "bucket": BUCKET,
        "force_destroy": False,
        "tags": {"Name": "kl-sandbox-gke-bootstrap"},
        "lifecycle": {"prevent_destroy": True},
    }


def test_takes_the_name_that_the_environment_says(tmp_path: Path) -> None:
    """An adopted service keeps its bucket."""
    bucket = synthesized(tmp_path, bootstrap_bucket="gke-bootstrap").one("aws_s3_bucket")

    assert bucket["bucket"] == "gke-bootstrap"


def test_a_throw_away_one_goes_with_what_is_in_it(tmp_path: Path) -> None:
    """AWS deletes no bucket that has objects, and old versions are objects."""
    bucket = synthesized(tmp_path, prevent_destroy=False).one("aws_s3_bucket")

    assert (bucket["force_destroy"], bucket["lifecycle"]) == (True, {"prevent_destroy": False})


def test_is_encrypted_versioned_and_never_public(tmp_path: Path) -> None:
    """What a person forgets when they make a bucket by hand."""
    resources = bucket_resources(tmp_path)

    assert resources["versioning"] == {"versioning_configuration": {"status": "Enabled"}}
    assert resources["server_side_encryption_configuration"] == {
        "rule": [{"apply_server_side_encryption_by_default": {"sse_algorithm": "AES256"}}]
    }
    assert resources["public_access_block"] == {
        "block_public_acls": True,
        "block_public_policy": True,
        "ignore_public_acls": True,
        "restrict_public_buckets": True,
    }
    assert resources["ownership_controls"] == {"rule": {"object_ownership": "BucketOwnerEnforced"}}


def test_keeps_old_versions_for_a_while(tmp_path: Path) -> None:
    """A version that an instance still names must be there; for ever it need not."""
    assert bucket_resources(tmp_path)["lifecycle_configuration"] == {
        "rule": [
            {
                "id": "old-versions",
                "status": "Enabled",
                "filter": [{"prefix": ""}],
                "noncurrent_version_expiration": [{"noncurrent_days": 90}],
                "abort_incomplete_multipart_upload": [{"days_after_initiation": 7}],
            }
        ]
    }


def test_answers_over_tls_only(tmp_path: Path) -> None:
    """The agent runs as root: nobody may change it on the way."""
    assert json.loads(bucket_resources(tmp_path)["policy"]["policy"]) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "TlsOnly",
                "Effect": "Deny",
                "Principal": "*",
                "Action": "s3:*",
                "Resource": [
                    "arn:aws:s3:::<BootstrapBucket.bucket>",
                    "arn:aws:s3:::<BootstrapBucket.bucket>/*",
                ],
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
            }
        ],
    }


def test_holds_the_document_alone(tmp_path: Path) -> None:
    """Put there once versions are kept, because the instance asks for an exact one.

    Agent and ciphertexts are people's: Terraform's next apply would put its own in their place.
    """
    found = synthesized(tmp_path).one("aws_s3_object")

    assert found["key"] == "management.yaml"
    assert len(found["depends_on"]) == 1
    assert found["depends_on"][0].startswith("aws_s3_bucket_versioning.")
    # S3 takes ten tags on an object.
    assert found["override_provider"] == {"default_tags": {"tags": {}}}
