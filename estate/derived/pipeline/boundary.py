"""The ceiling of everything that a pipeline is or makes in AWS.

Whoever makes roles can give one more than it has itself, so each role of an environment has a permissions boundary, and
so have the identities that make them. It leaves everything that it does not name to other policies, because it grants
nothing, and keeps one from what would let it get at the ground: other roles, the identities themselves, roles without the
boundary. Left out: what the bucket and the key
deny by their own policies; roles that others made and that trust the whole account.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html: "Permissions boundaries do not define the
maximum permissions that a resource-based policy can grant" (excerpt, 2026-12-01); AWS has a policy of the same form of its
own, https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCODAPermissionsBoundary.html (2026-12-01).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from estate.derived.aws.services import passed_on
from estate.derived.pipeline.rights import Purpose, aws_role
from estate.model.aws.aws import AwsConfig
from estate.model.environment import Environment
from estate.model.naming import physical_name

_CHANGES: Final = (
    "iam:Add*",
    "iam:Attach*",
    "iam:Create*",
    "iam:Deactivate*",
    "iam:Delete*",
    "iam:Detach*",
    "iam:Enable*",
    "iam:Put*",
    "iam:Remove*",
    "iam:Reset*",
    "iam:Set*",
    "iam:Tag*",
    "iam:Untag*",
    "iam:Update*",
    "iam:Upload*",
)
"""Every action of IAM that changes something, whatever comes to be called so."""

_PASSES: Final = "iam:PassRole"
"""Gives a service a role; changes nothing of it."""

_TAKES_IT_OFF: Final = "iam:DeleteRolePermissionsBoundary"

_GIVES_RIGHTS: Final = (
    "iam:AttachRolePolicy",
    "iam:CreateRole",
    "iam:DeleteRolePermissionsBoundary",
    "iam:PutRolePermissionsBoundary",
    "iam:PutRolePolicy",
)
"""What gives a role rights, or takes the boundary off it; AWS compares `iam:PermissionsBoundary` for these.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
"""


def boundary_name(environment: str) -> str:
    """Name of the policy."""
    return f"{environment}-pipeline-boundary"


def boundary_arn(environment: str, account: str) -> str:
    """ARN of the policy."""
    return f"arn:aws:iam::{account}:policy/{boundary_name(environment)}"


def boundary_policy(organization: str, environment: Environment, aws: AwsConfig) -> Mapping[str, Any]:
    """The policy's document."""
    account = f"arn:aws:iam::{aws.account_id}"
    prefix = physical_name(organization, environment.environment, "*")
    ours = [
        f"{account}:role/{prefix}",
        f"{account}:instance-profile/{prefix}",
        f"{account}:role/aws-service-role/*",
        f"{account}:oidc-provider/oidc.eks.*",
    ]
    themselves = [f"{account}:role/{aws_role(environment, purpose)}" for purpose in Purpose]
    ceiling = {
        "StringEquals": {"iam:PermissionsBoundary": boundary_arn(environment.environment, aws.account_id)}
    }
    return {
        "Version": "2012-10-17",
        "Statement": [
            {"Sid": "Ceiling", "Effect": "Allow", "NotAction": list(_GIVES_RIGHTS), "Resource": "*"},
            {
                "Sid": "UnderTheSame",
                "Effect": "Allow",
                "Action": [action for action in _GIVES_RIGHTS if action != _TAKES_IT_OFF],
                "Resource": "*",
                "Condition": ceiling,
            },
            {"Sid": "OursAlone", "Effect": "Deny", "Action": list(_CHANGES), "NotResource": ours},
            {
                "Sid": "PassOursAlone",
                "Effect": "Deny",
                "Action": [_PASSES],
                "NotResource": [*ours, *passed_on(aws)],
            },
            {
                "Sid": "NotThemselves",
                "Effect": "Deny",
                "Action": [*_CHANGES, _PASSES],
                "Resource": themselves,
            },
        ],
    }
