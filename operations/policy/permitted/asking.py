"""Needs put to the policies of a stack of AWS."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from operations.policy.permitted.answer import Answer, unknown
from operations.policy.permitted.aws_stack import AwsStack
from operations.policy.permitted.need import Need
from operations.policy.permitted.policies import Call, Caller, Kind
from operations.policy.rules.rule import Broken
from operations.policy.stacks import Resource

_WHO_APPLIES: Final = "who applies the stack"

Asked = Callable[[Call], Answer]
"""What a call comes to."""


def answers(aws: AwsStack, need: Need, caller: Caller, ask: Asked, **names: str) -> Mapping[str, Answer]:
    """What each action of a need comes to.

    Args:
        aws: the stack.
        need: the need.
        caller: who calls.
        ask: answers a call.
        names: what fills the context and the ARNs in.
    """
    known = {"region": aws.expressions.region, "account": aws.expressions.account, **names}
    context = {
        "aws:SecureTransport": "true",
        # What the AWS SDK of Terraform speaks: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingEncryptionInTransit.html
        # of 2026-12, "automatically default to TLS 1.3".
        "s3:TlsVersion": "1.3",
        **_of_the_account(aws, caller),
        **{key.format_map(known): value.format_map(known) for key, value in need.context.items()},
    }
    return {
        action: ask(Call(caller, action, need.about.get(action, "*").format_map(known), context))
        for action in need.asks
    }


def ask_key(
    aws: AwsStack, need: Need, at: Resource, key: Any, caller: Caller | None, **names: str
) -> list[Broken]:
    """Whether somebody may use the key that an argument names; nothing of a key that is made elsewhere.

    Args:
        aws: the stack.
        need: what for.
        at: the resource that names the key.
        key: the argument.
        caller: who uses it; None when it is somebody whom the stack does not make and nobody names, so that one
            of those whom the key's policy names is enough.
        names: what fills the need's context in.
    """
    made = aws.key(key)
    if made is None:
        text = aws.expressions.text(key)
        why = unknown(f"what {text} comes to stands in no stack")
        who = caller.id if caller else _WHO_APPLIES
        unclear = dict.fromkeys(need.asks, why)
        return need.broken(at.place, who, f"on the key {text}", unclear) if "${" in text else []
    arn = aws.arn(made)
    what = f"on {made.place.address}; let it in the key's policy"
    found = []
    for who, one in _candidates(aws, made, caller):
        asked = answers(aws, need, one, lambda call: aws.may_use(made, _about(call, arn)), **names)
        found.append(need.broken(at.place, who, what, asked))
    return min(found, key=len)


def ask_trust(
    aws: AwsStack, need: Need, at: Resource, role: Any, caller: Caller, **names: str
) -> list[Broken]:
    """Whether somebody may take on the role that an argument names; nothing of a role that is made elsewhere."""
    made = aws.role(role)
    if made is None:
        return _lost(aws, need, at, role)
    arn = aws.arn(made)
    asked = answers(aws, need, caller, lambda call: aws.may_take_on(made, _about(call, arn)), **names)
    return need.broken(at.place, caller.id, f"on {made.place.address}; let it in the role's trust", asked)


def ask_role(aws: AwsStack, need: Need, at: Resource, role: Any, **names: str) -> list[Broken]:
    """Whether the role that an argument names may do something; nothing of a role that is made elsewhere."""
    made = aws.role(role)
    if made is None:
        return _lost(aws, need, at, role)
    caller = Caller(aws.arn(made))
    asked = answers(aws, need, caller, lambda call: aws.may(made, call), **names)
    return need.broken(at.place, made.place.address, "by its policies; allow it there", asked)


def service(name: str) -> Caller:
    """A service of AWS."""
    return Caller(name, Kind.SERVICE)


def _lost(aws: AwsStack, need: Need, at: Resource, role: Any) -> list[Broken]:
    text = aws.expressions.text(role)
    if "${" not in text:
        return []
    why = unknown(f"what {text} comes to stands in no stack")
    return need.broken(at.place, f"the role {text}", "as a role", dict.fromkeys(need.asks, why))


def _about(call: Call, arn: str) -> Call:
    return Call(call.caller, call.action, arn, call.context)


def _of_the_account(aws: AwsStack, caller: Caller) -> Mapping[str, str]:
    if caller.kind is not Kind.AWS:
        return {}
    account = caller.account or aws.expressions.account
    return {"kms:CallerAccount": account, "aws:PrincipalAccount": account, "aws:PrincipalArn": caller.id}


def _candidates(aws: AwsStack, key: Resource, caller: Caller | None) -> list[tuple[str, Caller]]:
    """Whom to ask for: a caller, or where nobody names it, anybody of the account and each whom the key's policy names
    and the stack does not make.
    """
    if caller:
        return [(caller.id, caller)]
    anybody = Caller(aws.expressions.arn("iam", "role/of-who-applies", regional=False))
    named = [(arn, Caller(arn)) for arn in aws.named_by(key) if not aws.role(arn)]
    return [(_WHO_APPLIES, anybody), *named]
