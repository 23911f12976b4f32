"""Keys: that each encrypts something, and what has to be encrypted is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from operations.policy.finding import Level
from operations.policy.rules.rule import Broken, Rule
from operations.policy.stacks import Resource, Stack, Stacks, reference, resources

_KEYS: Final = ("aws_kms_key", "google_kms_crypto_key")
_ABOUT_KEYS: Final = (
    "aws_kms_alias",
    "aws_kms_key",
    "aws_kms_key_policy",
    "google_kms_crypto_key_iam_member",
)
"""Types that name a key without encrypting anything with it."""
_USES: Final = ("kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey")


def _used(stacks: Stacks) -> Iterator[Broken]:
    for stack in stacks:
        for key in stack.resources(*_KEYS):
            if not _encrypts(stack, key) and not _lends_itself(key):
                yield (
                    key.place,
                    "encrypts nothing and nobody may use it; name what it is for, or take it out while nothing is lost with it",
                )


def _encrypts(stack: Stack, key: Resource) -> bool:
    name = f"${{{key.place.address}."
    return any(_names(one.body, name) for one in stack if one.type not in _ABOUT_KEYS)


def _lends_itself(key: Resource) -> bool:
    """Whether the key's policy lets somebody use it, whom no stack has to name."""
    return any(use in str(key.body.get("policy")) for use in _USES)


def _names(value: Any, part: str) -> bool:
    if isinstance(value, dict):
        return any(_names(inner, part) for inner in value.values())
    if isinstance(value, list):
        return any(_names(inner, part) for inner in value)
    return isinstance(value, str) and part in value


def _secrets_of_gke(stacks: Stacks) -> Iterator[Broken]:
    for cluster in resources(stacks, "google_container_cluster"):
        blocks = cluster.blocks("database_encryption")
        if not any(one.get("state") != "DECRYPTED" and one.get("key_name") for one in blocks):
            yield (
                cluster.place,
                "encrypts its secrets with no key of yours; say database_encryption with the state ENCRYPTED and a key_name",
            )


def _buckets(stacks: Stacks) -> Iterator[Broken]:
    for stack in stacks:
        encrypted = {
            reference(one.body.get("bucket")) or one.body.get("bucket")
            for one in stack.resources("aws_s3_bucket_server_side_encryption_configuration")
        }
        for bucket in stack.resources("aws_s3_bucket"):
            if not encrypted & {bucket.place.address, bucket.body.get("bucket")}:
                yield (
                    bucket.place,
                    "says nothing of encryption, so that it is AWS's choice; add "
                    "aws_s3_bucket_server_side_encryption_configuration",
                )


RULES = (
    Rule("HYB_KEY_USED", Level.MEDIUM, "Each key encrypts something, or somebody may use it", _used),
    Rule("HYB_GKE_SECRETS", Level.HIGH, "GKE clusters encrypt their secrets with a key", _secrets_of_gke),
    Rule("HYB_BUCKET_ENCRYPTED", Level.MEDIUM, "Buckets in S3 say how they are encrypted", _buckets),
)
