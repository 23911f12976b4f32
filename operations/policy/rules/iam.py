"""Who may do what in Google Cloud and AWS: added to what others gave, by group, and never everything."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from operations.policy.finding import Level
from operations.policy.rules.rule import Broken, Rule
from operations.policy.stacks import Resource, Stacks, as_json, resources

_AUTHORITATIVE = re.compile(r"google_\w+_iam_(binding|policy)|aws_iam_(policy_attachment|\w+_exclusive)")
_EXCLUSIVE_ARGUMENTS = ("inline_policy", "managed_policy_arns")
_GOOGLE_MEMBER = re.compile(r"google_\w+_iam_member")
_PRIMITIVE = frozenset({"roles/owner", "roles/editor", "roles/viewer"})
_PUBLIC = frozenset({"allUsers", "allAuthenticatedUsers"})
_UNTIL = re.compile(r"request\.time\s*<\s*timestamp\(")
_ACCOUNT = re.compile(r"(?:arn:aws[a-z-]*:(?:iam|sts)::)?(\d{12})(?::|$)")
"""A principal of one account: its ARN, or its number alone, which stands for the account's root.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html, 2026-11-30."""
_PRINCIPALS = ("principal", "principal_arn", "grantee_principal")
"""Arguments that name a principal outside of a policy's text."""


def _members(stacks: Stacks) -> Iterator[tuple[Resource, str, str]]:
    for stack in stacks:
        for resource in stack:
            if _GOOGLE_MEMBER.fullmatch(resource.type):
                yield resource, str(resource.body.get("role")), str(resource.body.get("member"))


def _additive(stacks: Stacks) -> Iterator[Broken]:
    for stack in stacks:
        for resource in stack:
            if _AUTHORITATIVE.fullmatch(resource.type):
                yield (
                    resource.place,
                    "takes away what anybody else gave, Google's and AWS's own agents included; "
                    "use the resource for one member or one attachment",
                )
    for role in resources(stacks, "aws_iam_role"):
        for argument in _EXCLUSIVE_ARGUMENTS:
            if role.body.get(argument):
                yield role.place, f"{argument} takes away what others attached; attach each policy by itself"


def _no_primitive_roles(stacks: Stacks) -> Iterator[Broken]:
    for resource, role, member in _members(stacks):
        if role in _PRIMITIVE:
            yield (
                resource.place,
                f"gives {member} {role}, which reaches every service; give roles for its task",
            )


def _groups(stacks: Stacks) -> Iterator[Broken]:
    for resource, role, member in _members(stacks):
        kind = member.partition(":")[0]
        if kind == "domain":
            yield resource.place, f"gives {role} to everybody of {member}; give it to a group"
        if kind == "user" and not any(
            _UNTIL.search(str(condition.get("expression"))) for condition in resource.blocks("condition")
        ):
            yield (
                resource.place,
                f"gives {role} to {member} without an end; give it to a group, or write a break_glass entry",
            )
    for binding in resources(stacks, "google_gke_hub_scope_rbac_role_binding"):
        if binding.body.get("user"):
            yield binding.place, f"binds {binding.body['user']}; bind a group"


def _nobody_from_outside(stacks: Stacks) -> Iterator[Broken]:
    for resource, role, member in _members(stacks):
        if member in _PUBLIC:
            yield resource.place, f"gives {role} to {member}, the whole internet; name a group"
    for stack in stacks:
        for resource in stack:
            for policy in _policies(resource.body):
                for statement in _statements(policy):
                    if _is_open(statement):
                        yield (
                            resource.place,
                            "a statement allows everybody without a condition; name principals, or say under "
                            "which condition",
                        )


def _of_one_account(stacks: Stacks) -> Iterator[Broken]:
    for stack in stacks:
        own = {
            account
            for providers in stack.body.get("provider", {}).values()
            for provider in providers
            for account in provider.get("allowed_account_ids", ())
        }
        for resource in stack:
            for account in sorted(set(_accounts(resource.body)) - own):
                yield (
                    resource.place,
                    f"gives something to AWS account {account}, and the provider allows {', '.join(sorted(own)) or 'none'}; "
                    "name a principal of the environment's own account",
                )


def _accounts(body: Any) -> Iterator[str]:
    """The accounts of whom a resource gives something."""
    for policy in _policies(body):
        for statement in _statements(policy):
            if statement.get("Effect") == "Allow":
                yield from _matched(_aws_principals(statement))
    yield from _matched([body[key] for key in _PRINCIPALS if key in body])


def _matched(principals: list[Any]) -> Iterator[str]:
    for principal in principals:
        if found := _ACCOUNT.match(str(principal)):
            yield found[1]


def _policies(body: Any) -> Iterator[str]:
    """Policy documents of AWS in a resource, as text."""
    for key, value in body.items():
        if isinstance(value, str) and (key == "policy" or key.endswith("_policy")):
            yield value
        for block in value if isinstance(value, list) else [value]:
            if isinstance(block, dict):
                yield from _policies(block)


def _document(policy: str) -> Any:
    try:
        return json.loads(as_json(policy))
    except ValueError:
        return None


def _statements(policy: str) -> list[dict[str, Any]]:
    document = _document(policy)
    statements = document.get("Statement", []) if isinstance(document, dict) else []
    return statements if isinstance(statements, list) else [statements]


def _aws_principals(statement: dict[str, Any]) -> list[Any]:
    principal = statement.get("Principal")
    principals = principal.get("AWS") if isinstance(principal, dict) else principal
    return principals if isinstance(principals, list) else [principals]


def _is_open(statement: dict[str, Any]) -> bool:
    everybody = "*" in _aws_principals(statement)
    return statement.get("Effect") == "Allow" and everybody and not statement.get("Condition")


def _readable(stacks: Stacks) -> Iterator[Broken]:
    for stack in stacks:
        for resource in stack:
            for policy in _policies(resource.body):
                if "jsonencode(" in policy or (policy.startswith("{") and _document(policy) is None):
                    yield (
                        resource.place,
                        "has a policy that only Terraform can read, so no scanner sees what it allows; "
                        "write it with json.dumps",
                    )


RULES = (
    Rule(
        "HYB_IAM_ADDITIVE", Level.HIGH, "IAM adds members and attachments and owns no list of them", _additive
    ),
    Rule("HYB_IAM_PRIMITIVE", Level.HIGH, "Nobody has owner, editor or viewer", _no_primitive_roles),
    Rule("HYB_IAM_GROUPS", Level.HIGH, "People get roles by group, or by themselves until a day", _groups),
    Rule("HYB_IAM_PUBLIC", Level.HIGH, "Nothing is given to everybody", _nobody_from_outside),
    Rule("HYB_IAM_ACCOUNT", Level.HIGH, "AWS principals are of the environment's account", _of_one_account),
    Rule("HYB_IAM_READABLE", Level.HIGH, "Policies are JSON that a scanner can read", _readable),
)
