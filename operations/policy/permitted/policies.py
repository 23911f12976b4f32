"""What a call comes to by AWS's policies: allowed by a statement, and denied by none.

As AWS documents it, for a caller of the policy's own account and for services
(https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html, read 2026-11-30): what
no statement allows is refused, and one that denies counts more than all that allow. A statement of a resource's
policy for the account gives nothing by itself, but lets the policies of the account's own identities decide
(https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html, read 2026-11-30).

Left out, because no stack holds them: policies of the organization, permissions boundaries, session policies,
grants, callers of other accounts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from operations.policy.permitted.answer import NO, YES, Answer, all_of, any_of, negated, unknown
from operations.policy.permitted.conditions import Context, holds
from operations.policy.permitted.patterns import arn_like, equal, like

Policy = Sequence[Mapping[str, Any]]
"""The statements of one policy, or of several that count alike."""

_KNOWN: Final = frozenset(
    {
        "Sid",
        "Effect",
        "Principal",
        "NotPrincipal",
        "Action",
        "NotAction",
        "Resource",
        "NotResource",
        "Condition",
    }
)


class Kind(StrEnum):
    """What somebody is to a policy's principals."""

    AWS = "AWS"
    SERVICE = "Service"
    FEDERATED = "Federated"


@dataclass(frozen=True)
class Caller:
    """Somebody who calls.

    Attributes:
        id: its ARN, or a service's name.
        kind: what it is.
    """

    id: str
    kind: Kind = Kind.AWS

    @property
    def account(self) -> str:
        """The account of a role or user; empty for anybody else."""
        return self.id.split(":")[4] if self.kind is Kind.AWS and self.id.count(":") > 4 else ""  # noqa: PLR2004  # an ARN's parts


@dataclass(frozen=True)
class Call:
    """One call.

    Attributes:
        caller: who calls.
        action: such as kms:Decrypt.
        resource: the ARN of what it is about, ``*`` when it is about nothing in particular.
        context: what it brings to conditions.
    """

    caller: Caller
    action: str
    resource: str = "*"
    context: Context = field(default_factory=dict)


def by_resource(policy: Policy, call: Call, identity: Policy | None = None) -> Answer:
    """Whether a resource's policy lets a caller of its own account through, or a service.

    Args:
        policy: the resource's.
        call: the call.
        identity: the caller's own statements; None for one whose policies stand in no stack, and who is taken to
            be allowed what the account leaves to them.
    """
    own = YES if identity is None else _of(identity, call, "Allow", _anybody)
    by_account = all_of([_of(policy, call, "Allow", _the_account), own])
    allowed = any_of([_of(policy, call, "Allow", _the_caller), by_account])
    return all_of([allowed, _not_denied(policy, identity or (), call)])


def by_identity(identity: Policy, call: Call, policy: Policy = ()) -> Answer:
    """Whether a caller's own policies allow a call about something whose policy, if it has one, need not."""
    allowed = any_of([_of(identity, call, "Allow", _anybody), _of(policy, call, "Allow", _the_caller)])
    return all_of([allowed, _not_denied(policy, identity, call)])


def _not_denied(policy: Policy, identity: Policy, call: Call) -> Answer:
    def concerned(statement: Mapping[str, Any], caller: Caller) -> Answer:
        return any_of([_the_caller(statement, caller), _the_account(statement, caller)])

    denied = any_of([_of(policy, call, "Deny", concerned), _of(identity, call, "Deny", _anybody)])
    return negated(denied)


def _of(
    policy: Policy, call: Call, effect: str, concerns: Callable[[Mapping[str, Any], Caller], Answer]
) -> Answer:
    return any_of(
        all_of([concerns(statement, call.caller), _fits(statement, call)])
        for statement in policy
        if statement.get("Effect") == effect
    )


def _fits(statement: Mapping[str, Any], call: Call) -> Answer:
    strange = sorted(statement.keys() - _KNOWN)
    if strange:
        return unknown(f"a statement has {', '.join(strange)}, which is not evaluated here")
    action = call.action.lower()
    return all_of(
        [
            _listed(statement, "Action", lambda one: like(one.lower(), action)),
            _listed(statement, "Resource", lambda one: arn_like(one, call.resource)),
            holds(statement.get("Condition", {}), call.context),
        ]
    )


def _listed(statement: Mapping[str, Any], element: str, fits: Callable[[str], Answer]) -> Answer:
    """By the element or its opposite; one of the two stands in a statement, Resource in none of a role's trust."""
    if f"Not{element}" in statement:
        return negated(any_of(fits(one) for one in texts(statement[f"Not{element}"])))
    return any_of(fits(one) for one in texts(statement.get(element, "*" if element == "Resource" else [])))


def _anybody(statement: Mapping[str, Any], caller: Caller) -> Answer:
    del statement, caller  # an identity's policy is about whoever has it
    return YES


def _the_caller(statement: Mapping[str, Any], caller: Caller) -> Answer:
    principal = statement.get("Principal", {})
    if "NotPrincipal" in statement:
        return unknown("NotPrincipal is not evaluated here; name who is meant")
    if principal == "*":
        return YES
    named = texts(principal.get(caller.kind.value, []))
    return any_of(YES if one == "*" and caller.kind is Kind.AWS else equal(one, caller.id) for one in named)


def _the_account(statement: Mapping[str, Any], caller: Caller) -> Answer:
    principal = statement.get("Principal", {})
    if not caller.account or not isinstance(principal, dict):
        return NO
    named = texts(principal.get(Kind.AWS.value, []))
    account = caller.account
    return any_of(YES if one == account or one.endswith(f":iam::{account}:root") else NO for one in named)


def texts(value: str | Iterable[str]) -> list[str]:
    """An element of a statement, written as one text or as a list of them."""
    return [value] if isinstance(value, str) else list(value)
