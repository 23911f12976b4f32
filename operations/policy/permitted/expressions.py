"""Terraform's expressions in a stack, followed to what they will be: an argument, or a name made of arguments.

What only an apply tells, such as the id of a key, becomes a name of its own, made of the resource's address: it
equals itself and nothing else. What cannot be followed stays an expression.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from operations.policy.permitted.policies import Policy, texts
from operations.policy.stacks import Block, Stack, as_json, blocks_of

_REFERENCE: Final = r"((?:data\.)?[a-z][a-z0-9_]*)\.([A-Za-z0-9_][-A-Za-z0-9_]*)\.([a-z][a-z0-9_.\[\]]*)"
_EXPRESSION: Final = re.compile(r"(?<!\$)\$\{([^{}]*)\}")
_PLAIN: Final = re.compile(_REFERENCE)
_WITHOUT_SCHEME: Final = re.compile(rf"replace\({_REFERENCE}, ?(['\"])https://\4, ?(['\"])\5\)")
_DEEPEST: Final = 8
"""References that lead to references, before somebody is taken to go round in a circle."""


class UnreadableError(ValueError):
    """A policy that is no document, or one that only Terraform can read."""


class Expressions:
    """What the expressions of a stack come to.

    Args:
        stack: the stack.

    Attributes:
        account: the AWS account that its provider is held to; an expression where it is held to none.
        region: the provider's region, likewise.
    """

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        provider = next(iter(blocks_of(stack.body.get("provider", {}), "aws")), {})
        self.account: Final[str] = next(iter(provider.get("allowed_account_ids", [])), "${account}")
        self.region: Final[str] = provider.get("region", "${region}")

    def text(self, value: Any, deep: int = 0) -> str:
        """A value with every expression in it followed as far as the stack tells."""
        return _EXPRESSION.sub(lambda found: self._value(found, deep), str(value))

    def arn(self, service: str, rest: str, *, regional: bool = True) -> str:
        """An ARN of the stack's account, in its region where the service has regions."""
        return f"arn:aws:{service}:{self.region if regional else ''}:{self.account}:{rest}"

    def project(self, body: Block) -> str:
        """The Google project that a resource is in: its own, or the provider's."""
        provider = next(iter(blocks_of(self._stack.body.get("provider", {}), "google")), {})
        return self.text(body.get("project", provider.get("project", "${project}")))

    def account_email(self, body: Block) -> str:
        """The address of a Google service account."""
        return f"{self.text(body['account_id'])}@{self.project(body)}.iam.gserviceaccount.com"

    def policy(self, value: Any) -> Policy:
        """The statements of a document: JSON, or a data source that writes it.

        Raises:
            UnreadableError: it is neither.
        """
        found = re.fullmatch(r"\$\{data\.aws_iam_policy_document\.([-\w]+)\.json\}", str(value))
        data = self._stack.body.get("data", {}).get("aws_iam_policy_document", {})
        if found and found[1] in data:
            statements: Any = [_statement(block) for block in blocks_of(data[found[1]], "statement")]
        else:
            statements = _statements(str(value))
        followed: Policy = self._followed(statements)
        return followed

    def _followed(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {self.text(key): self._followed(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._followed(inner) for inner in value]
        return self.text(value) if isinstance(value, str) else value

    def _value(self, found: re.Match[str], deep: int) -> str:
        plain, without = _PLAIN.fullmatch(found[1]), _WITHOUT_SCHEME.fullmatch(found[1])
        reference = plain or without
        known = self._attribute(reference[1], reference[2], reference[3], deep) if reference else None
        if known is None:
            return found[0]
        return known.removeprefix("https://") if without else known

    def _attribute(self, type_: str, name: str, attribute: str, deep: int) -> str | None:
        body = self._stack.body.get("resource", {}).get(type_, {}).get(name)
        if body is None or deep > _DEEPEST:
            return None
        if isinstance(body.get(attribute), str | int):
            return self.text(body[attribute], deep + 1)
        make = _MADE.get((type_, attribute))
        return self.text(make(self, f"{type_}.{name}", body), deep + 1) if make else None


def _statements(document: str) -> list[Mapping[str, Any]]:
    try:
        found = json.loads(as_json(document))["Statement"]
    except (ValueError, KeyError, TypeError):
        raise UnreadableError("is no document with statements") from None
    statements = found if isinstance(found, list) else [found]
    if not all(isinstance(one, dict) and one.get("Effect") in ("Allow", "Deny") for one in statements):
        raise UnreadableError("has a statement that says neither Allow nor Deny")
    return statements


def _statement(block: Block) -> dict[str, Any]:
    """A statement of the data source, as it writes it.

    https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
    """
    elements = {
        "actions": "Action",
        "not_actions": "NotAction",
        "resources": "Resource",
        "not_resources": "NotResource",
    }
    condition: dict[str, dict[str, Any]] = {}
    for one in blocks_of(block, "condition"):
        condition.setdefault(one["test"], {})[one["variable"]] = one["values"]
    return {
        "Effect": block.get("effect", "Allow"),
        **{element: block[key] for key, element in elements.items() if key in block},
        **_principals(block, "principals", "Principal"),
        **_principals(block, "not_principals", "NotPrincipal"),
        **({"Condition": condition} if condition else {}),
    }


def _principals(block: Block, key: str, element: str) -> dict[str, Any]:
    principals = {one["type"]: texts(one["identifiers"]) for one in blocks_of(block, key)}
    return {element: "*" if principals == {"*": ["*"]} else principals} if principals else {}


_Make = Callable[[Expressions, str, Block], str]


def _iam(kind: str) -> _Make:
    return lambda stack, _, body: stack.arn(
        "iam", f"{kind}{body.get('path', '/')}{body['name']}", regional=False
    )


_MADE: Final[Mapping[tuple[str, str], _Make]] = {
    ("aws_iam_role", "arn"): _iam("role"),
    ("aws_iam_role", "id"): lambda _, __, body: str(body["name"]),
    ("aws_iam_policy", "arn"): _iam("policy"),
    ("aws_iam_instance_profile", "arn"): _iam("instance-profile"),
    ("aws_iam_openid_connect_provider", "arn"): lambda stack, _, body: stack.arn(
        "iam", f"oidc-provider/{stack.text(body['url']).removeprefix('https://')}", regional=False
    ),
    ("aws_iam_service_linked_role", "arn"): lambda stack, _, body: stack.arn(
        "iam",
        f"role/aws-service-role/{body['aws_service_name']}/{body.get('custom_suffix', '')}",
        regional=False,
    ),
    ("aws_kms_key", "arn"): lambda stack, address, _: stack.arn("kms", f"key/{address}"),
    ("aws_kms_key", "id"): lambda _, address, __: address,
    ("aws_kms_key", "key_id"): lambda _, address, __: address,
    ("aws_kms_alias", "arn"): lambda stack, _, body: stack.arn("kms", str(body["name"])),
    ("aws_kms_alias", "target_key_arn"): lambda stack, _, body: stack.arn(
        "kms", f"key/{stack.text(body['target_key_id']).rpartition('/')[2]}"
    ),
    ("aws_s3_bucket", "arn"): lambda _, __, body: f"arn:aws:s3:::{body['bucket']}",
    ("aws_s3_bucket", "id"): lambda _, __, body: str(body["bucket"]),
    ("aws_cloudwatch_log_group", "arn"): lambda stack, _, body: stack.arn(
        "logs", f"log-group:{body['name']}"
    ),
    ("aws_ebs_volume", "arn"): lambda stack, address, _: stack.arn("ec2", f"volume/{address}"),
    ("aws_eks_cluster", "arn"): lambda stack, _, body: stack.arn("eks", f"cluster/{body['name']}"),
    ("aws_eks_cluster", "identity[0].oidc[0].issuer"): lambda _, address, __: f"https://issuer-of.{address}",
    ("google_service_account", "email"): lambda stack, _, body: stack.account_email(body),
    ("google_service_account", "member"): lambda stack, _, body: (
        f"serviceAccount:{stack.account_email(body)}"
    ),
}
"""What the providers make of arguments, by type and attribute; with an address where only an apply tells."""
