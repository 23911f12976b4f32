"""Where Terraform's state lies: it holds secrets, and its loss is the loss of everything's record.

What can be said of a bucket that is made elsewhere is what the backend asks for. Whether that bucket keeps
old versions is not in any stack; a bucket that is made here has to.
"""

from __future__ import annotations

from collections.abc import Iterator

from operations.policy.finding import Level
from operations.policy.rules.rule import Broken, Rule
from operations.policy.stacks import Block, Place, Resource, Stack, Stacks, reference, resources

_REMOTE = ("gcs", "s3")


def _backends(stacks: Stacks) -> Iterator[tuple[Stack, Place, str, Block]]:
    for stack in stacks:
        for kind, settings in stack.terraform.get("backend", {}).items():
            yield stack, stack.place("terraform.backend"), kind, settings


def _remote(stacks: Stacks) -> Iterator[Broken]:
    known = {stack.name: kind for stack, _, kind, _ in _backends(stacks)}
    for stack in stacks:
        kind = known.get(stack.name)
        if kind not in _REMOTE:
            got = f"{kind}, which" if kind else "not said, which"
            yield (
                stack.place("terraform.backend"),
                f"the state is {got} is neither shared nor encrypted nor locked for others; use gcs or s3",
            )


def _encrypted(stacks: Stacks) -> Iterator[Broken]:
    for _, place, kind, settings in _backends(stacks):
        # Cloud Storage encrypts everything; S3's backend uploads as the setting says. Absent, the bucket's own key is what
        # encrypts, which is more than the setting asks for; a stack has to show that key.
        by_bucket = settings.get("encrypt") is None and settings.get("bucket") in _with_a_key(stacks)
        if kind == "s3" and settings.get("encrypt") is not True and not by_bucket:
            yield place, "the state is uploaded to S3 without asking for encryption; say encrypt: true"


def _with_a_key(stacks: Stacks) -> set[str]:
    """Names of the buckets in S3 that encrypt by a key of KMS, whatever is uploaded without a word."""
    encrypting = {
        (stack.name, reference(one.body.get("bucket")))
        for stack in stacks
        for one in stack.resources("aws_s3_bucket_server_side_encryption_configuration")
        for default in one.blocks("rule", "apply_server_side_encryption_by_default")
        if default.get("sse_algorithm") == "aws:kms" and default.get("kms_master_key_id")
    }
    return {
        str(bucket.body.get("bucket"))
        for stack in stacks
        for bucket in stack.resources("aws_s3_bucket")
        if (stack.name, bucket.place.address) in encrypting
    }


def _locked(stacks: Stacks) -> Iterator[Broken]:
    for _, place, kind, settings in _backends(stacks):
        if kind == "s3" and settings.get("use_lockfile") is not True:
            yield place, "two applies could write the state at a time; say use_lockfile: true"


def _own_place(stacks: Stacks) -> Iterator[Broken]:
    seen: dict[tuple[str, ...], str] = {}
    for stack, place, kind, settings in _backends(stacks):
        where = (kind, *(str(settings.get(key)) for key in ("bucket", "prefix", "key", "path")))
        other = seen.setdefault(where, stack.name)
        if other != stack.name:
            yield place, f"has the state of stack {other}; give each stack a folder of its own"


def _versioned(stacks: Stacks) -> Iterator[Broken]:
    states = {settings.get("bucket") for *_, settings in _backends(stacks)}
    for bucket in resources(stacks, "google_storage_bucket"):
        versioned = any(block.get("enabled") is True for block in bucket.blocks("versioning"))
        if bucket.body.get("name") in states and not versioned:
            yield bucket.place, "holds a state and keeps no old versions; say versioning: {enabled: true}"
    for stack in stacks:
        for bucket in stack.resources("aws_s3_bucket"):
            if bucket.body.get("bucket") in states and not _has_versioning(stack, bucket):
                yield bucket.place, "holds a state and keeps no old versions; add aws_s3_bucket_versioning"


def _has_versioning(stack: Stack, bucket: Resource) -> bool:
    return any(
        reference(versioning.body.get("bucket")) == bucket.place.address
        and any(block.get("status") == "Enabled" for block in versioning.blocks("versioning_configuration"))
        for versioning in stack.resources("aws_s3_bucket_versioning")
    )


RULES = (
    Rule("HYB_STATE_REMOTE", Level.HIGH, "State lies in Cloud Storage or S3", _remote),
    Rule("HYB_STATE_ENCRYPTED", Level.HIGH, "State is encrypted where it lies", _encrypted),
    Rule("HYB_STATE_LOCKED", Level.HIGH, "State is locked while it is written", _locked),
    Rule("HYB_STATE_OWN", Level.HIGH, "No two stacks share a state", _own_place),
    Rule(
        "HYB_STATE_VERSIONED", Level.HIGH, "A state's bucket that is made here keeps old versions", _versioned
    ),
)
