"""What KMS answers for a key of a synthesized stack, by the evaluator of ``hybrid policy``; no emulator asks it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from operations.policy.permitted.aws_stack import AwsStack
from operations.policy.permitted.policies import Call, Caller, Kind
from operations.policy.stacks import make_stack

FOR_AWS = {"kms:GrantIsForAWSResource": "true"}
"""What a call brings that a service such as EBS makes in its caller's name, to grant something to itself."""


def allows(
    body: Mapping[str, Any], part: str, caller: str, action: str, context: Mapping[str, str] | None = None
) -> bool:
    """Whether the key whose name has a part lets a call through.

    Args:
        body: the stack.
        part: of the key's name in it.
        caller: a role or user by its ARN or an expression, or a service's name; whose own policies stand in no stack,
            is an administrator, who may do everything.
        action: such as kms:Decrypt.
        context: what the call brings to conditions; nothing when absent.
    """
    aws = AwsStack(make_stack("dev", "dev", body))
    [key] = [key for key in aws.stack.resources("aws_kms_key") if part in key.place.address]
    id_ = aws.expressions.text(caller)
    who = Caller(id_) if ":" in id_ else Caller(id_, Kind.SERVICE)
    answer = aws.may_use(key, Call(who, action, aws.arn(key), context or {}))
    assert answer.holds is not None, answer.why
    return answer.holds
