"""Whether whoever applies gets at a state whose bucket is made here.

What its own policies allow stands in no stack; that the bucket's policy keeps it out does.
https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-auth-workflow-object-operation.html, read
2026-11-30.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from estate.derived.stack_plan import BOOTSTRAP_SUFFIX
from operations.policy.permitted.answer import Answer, unknown
from operations.policy.permitted.asking import answers
from operations.policy.permitted.aws_needs import KEEP_STATE
from operations.policy.permitted.aws_stack import AwsStack
from operations.policy.permitted.expressions import UnreadableError
from operations.policy.permitted.policies import Call, Caller, by_identity
from operations.policy.rules.rule import Broken
from operations.policy.stacks import Resource, Stack, Stacks, blocks_of

_EVERYTHING = [{"Effect": "Allow", "Action": "*", "Resource": "*"}]


def states(stacks: Stacks) -> Iterator[Broken]:
    """Whoever applies and is kept out of the bucket of its state."""
    made = [(stack, bucket) for stack in stacks for bucket in stack.resources("aws_s3_bucket")]
    for stack in stacks:
        for backend in blocks_of(stack.terraform.get("backend", {}), "s3"):
            for owner, bucket in made:
                if bucket.body.get("bucket") == backend.get("bucket"):
                    yield from _state(stack, str(backend.get("key")), owner, bucket)


def _state(stack: Stack, key: str, owner: Stack, bucket: Resource) -> Iterator[Broken]:
    aws = AwsStack(owner)
    # What a pipeline stands on is applied by a person, and kept from the pipeline.
    deployer = None if stack.name.endswith(BOOTSTRAP_SUFFIX) else stack.outside.deployer
    arn = deployer or aws.expressions.arn("iam", "role/of-who-applies", regional=False)
    caller = Caller(arn)
    asked = answers(
        aws,
        KEEP_STATE,
        caller,
        lambda call: _gets_in(aws, bucket, call),
        bucket=str(bucket.body.get("bucket")),
        key=key,
    )
    who = deployer or f"whoever applies {stack.name}"
    what = f"in {bucket.place.address}; take the statement that denies it out of the bucket's policy"
    yield from KEEP_STATE.broken(bucket.place, who, what, asked)


def _gets_in(aws: AwsStack, bucket: Resource, call: Call) -> Answer:
    statements: list[Mapping[str, Any]] = []
    for policy in aws.stack.resources("aws_s3_bucket_policy"):
        if aws.same(policy.body.get("bucket"), bucket.body.get("bucket")):
            try:
                statements += aws.expressions.policy(policy.body.get("policy"))
            except UnreadableError as error:
                return unknown(f"the policy of {policy.place.address} {error}")
    return by_identity(_EVERYTHING, call, statements)
