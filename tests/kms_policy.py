"""What KMS answers by a key's policy, for tests; no emulator asks it.

As KMS decides: what no statement allows is refused, a statement for the account allows what the caller's own
policies allow (those of an administrator here, who may do everything), and a condition on something that a call
does not bring does not hold.
https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FOR_AWS = {"kms:GrantIsForAWSResource": "true"}
"""What a call brings that a service such as EBS makes in its caller's name, to grant something to itself."""

_OPERATORS = {"Bool", "ArnEquals"}


@dataclass(frozen=True)
class Call:
    """One call of a role, a user or a service.

    Attributes:
        caller: its ARN, or the service's name.
        action: such as kms:Decrypt.
        context: what it brings to conditions.
    """

    caller: str
    action: str
    context: Mapping[str, str] = field(default_factory=dict)


def allows(policy: str, call: Call) -> bool:
    """Whether KMS lets a call through."""
    return any(_fits(statement, call) for statement in json.loads(policy)["Statement"])


def _fits(statement: dict[str, Any], call: Call) -> bool:
    assert (statement["Effect"], statement["Resource"]) == ("Allow", "*")
    principals = {one for value in statement["Principal"].values() for one in _listed(value)}
    account = f"{call.caller.rpartition(':')[0]}:root"
    conditions = statement.get("Condition", {})
    assert conditions.keys() <= _OPERATORS
    return (
        bool(principals & {call.caller, account})
        and call.action in statement["Action"]
        and all(
            call.context.get(key) in _listed(wanted)
            for condition in conditions.values()
            for key, wanted in condition.items()
        )
    )


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
