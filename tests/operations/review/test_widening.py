"""New permissions, whoever gets them through whatever resource."""

from __future__ import annotations

import json
from typing import Any

import pytest

from operations.review.risks import default_risks
from tests.operations.review.reviewed import change, found, plan, reviewed

Json = dict[str, Any]


def _policy(*statements: Json) -> str:
    return json.dumps({"Statement": list(statements)})


_ROLE = "arn:aws:iam::123456789012:role/deploy"
_MEMBER = "google_project_iam_member"
_OWNER = {"project": "p", "role": "roles/owner", "member": "group:g@example.com"}


@pytest.mark.parametrize(
    ("type_", "after", "expected"),
    [
        (_MEMBER, _OWNER, {"all-powerful": "critical"}),
        (_MEMBER, {**_OWNER, "condition": [{"expression": "x"}]}, {"all-powerful": "critical"}),
        (_MEMBER, {**_OWNER, "role": "roles/gkehub.admin"}, {"administrator": "high"}),
        (_MEMBER, {**_OWNER, "member": "allUsers"}, {"public": "critical"}),
        (_MEMBER, {"project": "p", "member": "group:g"}, {"otherwise-create": "info"}),
        (
            "google_project_iam_binding",
            {"role": "roles/x", "members": ["group:a", "user:b"]},
            {"widened": "medium", "person": "high", "authoritative-iam": "high"},
        ),
        (
            "google_project_iam_policy",
            {"policy_data": json.dumps({"bindings": [{"role": "roles/editor", "members": ["group:a"]}]})},
            {"all-powerful": "critical", "authoritative-iam": "high"},
        ),
        (
            "google_gke_hub_scope_rbac_role_binding",
            {"user": "u@example.com", "role": [{"predefined_role": "ADMIN"}], "scope_id": "s"},
            {"administrator": "high"},
        ),
        (
            "google_gke_hub_scope_rbac_role_binding",
            {"group": "g@example.com", "role": [{"custom_role": "restarter"}]},
            {"widened": "medium"},
        ),
        (
            "google_gke_hub_scope_rbac_role_binding",
            {"group": "g@example.com", "role": [{"custom_role": "cluster-admin"}]},
            {"cluster-admin-by-role": "critical"},
        ),
        (
            "google_gke_hub_scope_rbac_role_binding",
            {"role": [{"custom_role": "r"}]},
            {"otherwise-create": "info"},
        ),
        (
            "google_gkeonprem_vmware_cluster",
            {"name": "c", "authorization": [{"admin_users": [{"username": "u@example.com"}]}]},
            {"cluster-admin": "high"},
        ),
        ("google_project_iam_custom_role", {"role_id": "r", "permissions": ["a.b.c"]}, {"widened": "medium"}),
        (
            "aws_eks_access_entry",
            {"principal_arn": "arn:aws:iam::1:role/r", "cluster_name": "c"},
            {"widened": "medium"},
        ),
        (
            "aws_iam_role_policy_attachment",
            {"role": "r", "policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess"},
            {"all-powerful": "critical"},
        ),
        (
            "aws_iam_role",
            {
                "name": "r",
                "managed_policy_arns": ["arn:aws:iam::aws:policy/AmazonS3FullAccess"],
                "inline_policy": [{"policy": _policy({"Effect": "Allow", "Action": "s3:*"})}],
            },
            {"administrator": "high", "wildcard-service": "high"},
        ),
        (
            "aws_iam_role",
            {
                "name": "r",
                "assume_role_policy": _policy(
                    {"Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}
                ),
            },
            {"aws-service": "low"},
        ),
        (
            "aws_iam_role",
            {
                "name": "r",
                "assume_role_policy": _policy({"Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}),
            },
            {"public": "critical"},
        ),
        (
            "aws_s3_bucket_policy",
            {"bucket": "b", "policy": _policy({"NotPrincipal": {"AWS": "x"}, "Action": "s3:GetObject"})},
            {"public": "critical"},
        ),
        (
            "aws_s3_bucket_policy",
            {
                "bucket": "b",
                "policy": _policy({"Principal": "*", "Action": "s3:GetObject", "Condition": {"x": 1}}),
            },
            {"public": "critical"},
        ),
        (
            "aws_iam_policy",
            {"name": "p", "policy": _policy({"NotAction": ["iam:*"], "NotResource": "x"})},
            {"all-powerful": "critical"},
        ),
        (
            "vsphere_entity_permissions",
            {
                "entity_id": "group-v1",
                "permissions": [
                    {"user_or_group": "D\\gke", "role_id": "-1"},
                    {"user_or_group": "D\\people", "role_id": "-2"},
                ],
            },
            {"vcenter-admin": "critical", "widened": "medium"},
        ),
        (
            "vsphere_role",
            {"name": "r", "role_privileges": ["Authorization.ModifyPermissions", "Folder.Create"]},
            {"vcenter-permissions": "high", "widened": "medium"},
        ),
        (
            "aws_iam_policy_attachment",
            {"roles": ["r"], "users": [], "policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess"},
            {"all-powerful": "critical"},
        ),
        ("aws_lambda_permission", {"principal": "*", "action": "lambda:Invoke"}, {"public": "critical"}),
        (
            "kubernetes_cluster_role_binding_v1",
            {"role_ref": [{"name": "cluster-admin"}], "subject": [{"name": "ola"}]},
            {"cluster-admin-by-role": "critical"},
        ),
        ("aws_iam_policy", {"name": "p", "policy": "{"}, {"otherwise-create": "info"}),
        ("aws_iam_policy", {"name": "p", "policy": "[]"}, {"otherwise-create": "info"}),
        (
            "aws_kms_key",
            {
                "policy": _policy(
                    {"Principal": {"AWS": ["arn:aws:iam::1:root"]}, "Action": "kms:*", "Resource": "*"}
                )
            },
            {"key-account": "medium"},
        ),
        (
            "aws_kms_key",
            {
                "policy": _policy(
                    {"Principal": {"AWS": [_ROLE]}, "Action": "kms:CreateGrant", "Resource": "*"}
                )
            },
            {"key-grants": "high"},
        ),
        (
            "aws_kms_key",
            {
                "policy": _policy(
                    {
                        "Principal": {"AWS": [_ROLE]},
                        "Action": "kms:CreateGrant",
                        "Resource": "*",
                        "Condition": {"Bool": {"kms:GrantIsForAWSResource": "true"}},
                    }
                )
            },
            {"widened": "medium"},
        ),
    ],
)
def test_new_permission_is_found(type_: str, after: Json, expected: dict[str, str]) -> None:
    """A pair of principal and permission that the state does not have."""
    assert found(plan(change(f"{type_}.a", "create", None, after))) == expected


def test_permission_that_somebody_has_already_is_none() -> None:
    """Given anew by another resource, it widens nothing; without its condition it does."""
    has = change(
        f"{_MEMBER}.a",
        "no-op",
        {**_OWNER, "condition": [{"expression": "x"}]},
        {**_OWNER, "condition": [{"expression": "x"}]},
    )
    same = change(f"{_MEMBER}.b", "create", None, {**_OWNER, "condition": [{"expression": "x"}]})
    wider = change(f"{_MEMBER}.c", "create", None, _OWNER)

    assert found(plan(has, same)) == {"otherwise-create": "info"}
    assert found(plan(has, wider)) == {"all-powerful": "critical"}


def test_permission_of_one_block_is_not_that_of_another() -> None:
    """Who has a role by one block does not have the role of the next one."""

    def permissions(*pairs: tuple[str, str]) -> dict[str, Any]:
        blocks = [{"user_or_group": who, "role_id": role} for who, role in pairs]
        return {"entity_id": "e", "permissions": blocks}

    swapped = change(
        "vsphere_entity_permissions.a",
        "update",
        permissions(("a", "1"), ("b", "2")),
        permissions(("a", "2"), ("b", "1")),
    )

    assert found(plan(swapped)) == {"widened": "medium", "vcenter-grant-taken": "high"}


def test_grant_that_only_moves_is_told_as_such() -> None:
    """Nobody loses or gets anything by it, unless the apply destroys last."""
    has = {"role": "roles/owner", "member": "group:a", "project": "p"}
    gone = change(f"{_MEMBER}.a", "delete", has, None)

    assert found(plan(gone, change(f"{_MEMBER}.b", "create", None, has))) == {
        "grant-moves": "low",
        "otherwise-create": "info",
    }
    assert found(plan(gone)) == {"access-taken-away": "low"}


def test_key_that_goes_gives_nobody_anything() -> None:
    """Another key has the same policy: neither does a grant move, nor is that of a new key an old one."""
    statement = {"Principal": {"AWS": "arn:aws:iam::1:role/r"}, "Action": "kms:Decrypt", "Resource": "*"}
    one, other = ({"id": name, "policy": _policy(statement)} for name in ("one", "other"))
    stays = change("aws_kms_key.a", "no-op", one, one)

    assert found(plan(stays, change("aws_kms_key.b", "delete", other, None))) == {"key-destroyed": "critical"}
    assert found(plan(stays, change("aws_kms_key.b", "create", None, {"policy": other["policy"]}))) == {
        "widened": "medium"
    }


def test_permission_that_goes_is_no_widening() -> None:
    """Taking away is low."""
    assert found(plan(change(f"{_MEMBER}.a", "delete", _OWNER, None))) == {"access-taken-away": "low"}


def test_denial_that_goes_is_found() -> None:
    """Unless another resource still denies the same."""
    deny = _policy({"Effect": "Deny", "Principal": "*", "Action": "s3:DeleteObject"})
    lifted = change(
        "aws_s3_bucket_policy.a", "update", {"bucket": "b", "policy": deny}, {"bucket": "b", "policy": "{}"}
    )
    moved = change("aws_s3_bucket_policy.b", "create", None, {"bucket": "b", "policy": deny})

    assert found(plan(lifted)) == {"deny-lifted": "high"}
    assert found(plan(lifted, moved)) == {"who-may-do-what": "low", "otherwise-create": "info"}


@pytest.mark.parametrize(
    ("type_", "actions", "unknown", "expected"),
    [
        ("aws_iam_policy", "create", {"policy": True}, {"grant-unknown": "medium"}),
        ("aws_iam_policy", "update", {"policy": True}, {"grant-unknown": "high"}),
        (_MEMBER, "create", {"member": True}, {"grant-unknown": "medium"}),
        (
            "vsphere_entity_permissions",
            "create",
            {"permissions": [{"role_id": True}]},
            {"grant-unknown": "medium"},
        ),
        ("vsphere_role", "update", {"role_privileges": True}, {"grant-unknown": "high"}),
        ("aws_vpc_endpoint", "create", {"policy": True}, {"otherwise-create": "info"}),
        ("aws_iam_policy", "create", True, {"otherwise-create": "info"}),
    ],
)
def test_grant_that_only_applying_tells_is_said(
    type_: str, actions: str, unknown: Any, expected: dict[str, str]
) -> None:
    """A policy that refers to something new cannot be judged from the plan."""
    entry = change(f"{type_}.a", actions, {}, {}, after_unknown=unknown)

    assert found(plan(entry)) == expected


def test_grant_that_no_entry_covers_is_unknown() -> None:
    """Whoever takes the last entry out of the file gets no silence."""
    risks = default_risks().model_copy(update={"grants": {}})

    assert found(plan(change(f"{_MEMBER}.a", "create", None, _OWNER)), risks) == {"unknown": "high"}


def test_permissions_of_one_kind_are_counted() -> None:
    """One finding for what somebody gets by an address, with the number of the others."""
    policy = _policy(
        {"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket", "s3:GetTags"], "Resource": "*"}
    )
    document = plan(change("aws_iam_role_policy.a", "create", None, {"role": "r", "policy": policy}))

    (finding,) = reviewed(document).all_findings()

    assert finding.reason.startswith("r gets s3:GetObject on * and 2 permissions more")
