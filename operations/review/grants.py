"""Who may do what by an object's attributes: pairs of principal and permission.

Google Cloud's members, bindings and policies, role bindings of fleet scopes, administrators of clusters on
VMware; AWS policies of identities and of resources, and attachments. A condition belongs to its permission:
taking it away widens.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from operations.review.attributes import attribute, bare, texts_at
from operations.review.plan import Change
from operations.review.risks import GrantResource
from operations.texts.plain import plain

_GOOGLE_IAM = re.compile(r"google_\w+_iam_(member|binding|policy)")
_NO_PLACE = frozenset({"member", "members", "role", "condition", "etag", "id", "policy_data", "timeouts"})
_POLICY_ATTRIBUTES = ("policy", "assume_role_policy", "policy_document", "access_policies", "resource_policy")
_AWS_GRANTING = re.compile(r"aws_(iam_\w+|kms_key|\w+_policy)")
_ATTACHMENT = re.compile(r"aws_iam_(role|user|group)_policy_attachment")
_ATTACHED = ("role", "user", "group")


@dataclass(frozen=True, order=True)
class Pair:
    """A principal that may do something.

    Attributes:
        principal: who, as the cloud writes it.
        permission: role or action, with its condition.
        on: what it is granted on.
        allows: False where the policy denies it.
    """

    principal: str
    permission: str
    on: str
    allows: bool = True


Granting = Mapping[str, GrantResource]
"""Types of which the risk data file says where the pairs stand."""


def is_granting(type_: str, granting: Granting) -> bool:
    """Whether objects of a type say who may do what."""
    return (
        type_ in granting
        or type_ in _SPECIAL
        or type_.startswith("aws_")
        or bool(_GOOGLE_IAM.fullmatch(type_))
    )


def pairs(type_: str, values: Any, granting: Granting) -> frozenset[Pair]:
    """The pairs in an object's attributes."""
    if not isinstance(values, dict):
        return frozenset()
    if type_ in granting:
        return frozenset(_written(granting[type_], values))
    match = _GOOGLE_IAM.fullmatch(type_)
    if match:
        return frozenset(_google(match[1], values))
    if type_ in _SPECIAL:
        return frozenset(_SPECIAL[type_](values))
    return frozenset(_aws(type_, values) if type_.startswith("aws_") else ())


def is_unknown(change: Change, granting: Granting) -> bool:
    """Whether only applying tells whom an object grants what."""
    unknown = change.values.unknown
    if not isinstance(unknown, dict) or not is_granting(change.type, granting):
        return False
    if change.type in granting:
        where = granting[change.type]
        paths = [where.each] if where.each else [*where.principal, *where.permission]
        keys: tuple[str, ...] = tuple(path.partition(".")[0] for path in paths)
    elif change.type.startswith("aws_"):
        # Others have a policy that the service sets, such as a VPC endpoint's.
        keys = (*_POLICY_ATTRIBUTES, "policy_arn") if _AWS_GRANTING.fullmatch(change.type) else ()
    else:
        keys = ("member", "members", "role", "policy_data", "user", "group", "authorization")
    # Google's member carries the address of a new service account, AWS's policy the name of a new key.
    return any(bare(unknown.get(key)) is not None for key in keys)


def _written(where: GrantResource, values: dict[str, Any]) -> Iterator[Pair]:
    on = ", ".join(text for path in where.target for text in texts_at(values, path)) or "it"
    for block in _dicts(values.get(where.each)) if where.each else [values]:
        # What all blocks have in common stands beside them.
        both = {**values, **block}
        for who in where.principal:
            for principal in texts_at(both, who):
                for what in where.permission:
                    for permission in texts_at(both, what):
                        yield Pair(principal, permission, on)


def _google(form: str, values: dict[str, Any]) -> Iterator[Pair]:
    on = ", ".join(
        f"{key} {plain(value)}"
        for key, value in sorted(values.items())
        if key not in _NO_PLACE and isinstance(value, (str, int)) and value != ""
    )
    on = on or "what is not known yet"
    if form == "member":
        yield from _bound(attribute(values, "role"), [values.get("member")], values.get("condition"), on)
    elif form == "binding":
        yield from _bound(attribute(values, "role"), values.get("members"), values.get("condition"), on)
    else:
        policy = _document(values.get("policy_data"))
        for binding in _dicts(policy.get("bindings")):
            yield from _bound(
                attribute(binding, "role"), binding.get("members"), binding.get("condition"), on
            )


def _bound(role: str | None, members: Any, condition: Any, on: str) -> Iterator[Pair]:
    conditions = [part.get("expression") for part in _dicts(condition)]
    suffix = f" if {plain(conditions[0])}" if conditions else ""
    for member in _texts(members):
        if role is not None:
            yield Pair(member, f"{role}{suffix}", on)


def _rbac(values: dict[str, Any]) -> Iterator[Pair]:
    user, group = attribute(values, "user"), attribute(values, "group")
    principal = f"group:{group}" if group else f"user:{user}"
    for role in _dicts(values.get("role")):
        permission = attribute(role, "predefined_role") or attribute(role, "custom_role")
        if permission and (user or group):
            yield Pair(principal, permission, f"scope {attribute(values, 'scope_id') or 'not known yet'}")


def _cluster_admins(values: dict[str, Any]) -> Iterator[Pair]:
    for authorization in _dicts(values.get("authorization")):
        for user in _dicts(authorization.get("admin_users")):
            for name in _texts(user.get("username")):
                yield Pair(f"user:{name}", "cluster-admin", f"cluster {attribute(values, 'name')}")


def _custom_role(values: dict[str, Any]) -> Iterator[Pair]:
    for permission in _texts(values.get("permissions")):
        yield Pair("whoever holds it", permission, f"role {attribute(values, 'role_id')}")


def _eks_access(values: dict[str, Any]) -> Iterator[Pair]:
    for principal in _texts(values.get("principal_arn")):
        permission = attribute(values, "policy_arn") or "an access entry"
        yield Pair(principal, permission, f"cluster {attribute(values, 'cluster_name')}")


_SPECIAL = {
    "google_gke_hub_scope_rbac_role_binding": _rbac,
    "google_gkeonprem_vmware_cluster": _cluster_admins,
    "google_gkeonprem_bare_metal_cluster": _cluster_admins,
    "google_project_iam_custom_role": _custom_role,
    "google_organization_iam_custom_role": _custom_role,
    "aws_eks_access_entry": _eks_access,
    "aws_eks_access_policy_association": _eks_access,
}


def _aws(type_: str, values: dict[str, Any]) -> Iterator[Pair]:
    own = attribute(values, "name") or attribute(values, "bucket") or attribute(values, "id") or "it"
    attached = next((attribute(values, key) for key in _ATTACHED if attribute(values, key)), None)
    if _ATTACHMENT.fullmatch(type_) and attached:
        for arn in _texts(values.get("policy_arn")):
            yield Pair(attached, arn, "the account")
    for arn in _texts(values.get("managed_policy_arns")):
        yield Pair(own, arn, "the account")
    for policy in _dicts(values.get("inline_policy")):
        yield from _statements(policy.get("policy"), own, "the account")
    for key in _POLICY_ATTRIBUTES:
        yield from _statements(values.get(key), attached or f"whoever has {own}", own)


def _statements(text: Any, holder: str, own: str) -> Iterator[Pair]:
    """The pairs of an AWS policy document; of a resource's own policy, which names principals."""
    for statement in _dicts(_document(text).get("Statement")):
        allows = statement.get("Effect") != "Deny"
        condition = statement.get("Condition")
        suffix = f" if {json.dumps(condition, sort_keys=True)}" if condition else ""
        named = list(_principals(statement))
        principals = named or [holder]
        actions = [
            *_texts(statement.get("Action")),
            *(f"everything but {action}" for action in _texts(statement.get("NotAction"))),
        ]
        resources = [
            *_texts(statement.get("Resource")),
            *(f"everything but {resource}" for resource in _texts(statement.get("NotResource"))),
        ] or [own]
        if named:
            # In a policy that a resource has of its own, everything is that resource.
            resources = [own if resource == "*" else resource for resource in resources]
        for principal in principals:
            for action in actions:
                for resource in resources:
                    yield Pair(principal, f"{action}{suffix}", resource, allows)


def _principals(statement: dict[str, Any]) -> Iterator[str]:
    if statement.get("NotPrincipal") is not None:
        # Everybody but those named.
        yield "*"
    principal = statement.get("Principal")
    if isinstance(principal, dict):
        for kind, names in principal.items():
            for name in _texts(names):
                yield f"service:{name}" if kind == "Service" else name
    else:
        yield from _texts(principal)


def _document(text: Any) -> dict[str, Any]:
    try:
        value = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[dict[str, Any]]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, dict)]


def _texts(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str)]
