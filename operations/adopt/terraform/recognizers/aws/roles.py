"""Roles of IAM, which belong to whatever takes them on.

A role's name is what it is: one that is called as here is taken over, with what is attached to it. Every other stays with
the Terraform that made it, and another takes its place here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.aws.objects import free, last_part

_ACCOUNT: Final = re.compile(r"system:serviceaccount:([-a-z0-9]+):([-.a-z0-9]+)")
_BESIDE: Final = ("aws_iam_role_policy", "aws_iam_role_policy_attachment", "aws_iam_instance_profile")


def role_of(found: Found, draft: Draft, arn: str) -> FoundObject | None:
    """The role of an ARN, or of a name; None where no state has it."""
    name = last_part(arn)
    return next(
        (one for one in free(found, draft, "aws_iam_role") if name and one.text("name") == name), None
    )


def beside(found: Found, draft: Draft, role: FoundObject) -> Iterator[FoundObject]:
    """What is attached to a role: its policies, and the profile by which a machine takes it on."""
    return (one for one in free(found, draft, *_BESIDE) if last_part(one.text("role")) == role.text("name"))


def take_role(found: Found, draft: Draft, path: Keys, arn: str) -> None:
    """Say that a role and what is attached to it belong to an entity."""
    role = role_of(found, draft, arn)
    if role:
        draft.takes(path, role, *beside(found, draft, role))


def leave_role(found: Found, draft: Draft, arn: str, what: str, instead: str = "") -> None:
    """Leave a role and what is attached to it; ``what`` says what it is for."""
    role = role_of(found, draft, arn)
    if role is None:
        return
    for one in (role, *list(beside(found, draft, role))):
        draft.leave(
            one,
            "",
            f"{'role' if one is role else 'of role'} {role.text('name')} {what}, and its name cannot be changed",
            instead or "the first apply makes one beside it; destroy this one afterwards",
        )


def trusted_account(role: FoundObject) -> tuple[str, str, str] | None:
    """Issuer, namespace and name of the one service account that a role trusts; None where it trusts anything else."""
    said = statements(role.text("assume_role_policy"))
    return _trusted(said[0]) if len(said) == 1 else None


def _trusted(statement: Mapping[str, Any]) -> tuple[str, str, str] | None:
    principal, conditions = statement.get("Principal"), statement.get("Condition")
    providers = words(principal.get("Federated")) if isinstance(principal, dict) else []
    equals = conditions.get("StringEquals") if isinstance(conditions, dict) else None
    subjects = [
        _ACCOUNT.fullmatch(subject)
        for key, value in (equals.items() if isinstance(equals, dict) else ())
        if key.endswith(":sub")
        for subject in words(value)
    ]
    if len(providers) != 1 or len(subjects) != 1 or subjects[0] is None:
        return None
    return providers[0].partition(":oidc-provider/")[2], subjects[0][1], subjects[0][2]


def statements(policy: str) -> list[Mapping[str, Any]]:
    """The statements of a policy of IAM or of a key; none where it cannot be read."""
    try:
        document = json.loads(policy)
    except ValueError:
        return []
    said = document.get("Statement") if isinstance(document, dict) else None
    return [one for one in (said if isinstance(said, list) else [said]) if isinstance(one, dict)]


def words(value: object) -> list[str]:
    """One text or several, as policies say either."""
    several = value if isinstance(value, list) else [value]
    return [one for one in several if isinstance(one, str)]
