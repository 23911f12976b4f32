"""The IAM roles of a management service: of its own instance, of control planes, of node pools.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from cdktf_cdktf_provider_aws.iam_instance_profile import IamInstanceProfile
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from constructs import Construct

from constructs_lib.aws.management_service.policy import Statement, policy_json
from constructs_lib.aws.management_service.service import Service
from constructs_lib.naming import Kind

# Nobody but EC2 takes these roles on.
_TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "ec2.amazonaws.com"},
                "Action": ["sts:AssumeRole"],
            }
        ],
    }
)


@dataclass(frozen=True)
class Role:
    """A role with its instance profile.

    Attributes:
        role: the role.
        profile: the instance profile of the same name.
    """

    role: IamRole
    profile: IamInstanceProfile
    _scope: Construct

    def allow(self, statements: Iterable[Statement]) -> None:
        """Give the role its policy, once; in the role itself, so that nothing else can carry it."""
        IamRolePolicy(
            self._scope,
            "Policy",
            name="management-service",
            role=self.role.name,
            policy=policy_json(statements),
        )


def define_role(scope: Construct, service: Service, key: str) -> Role:
    """Define a role and its instance profile, with the path and boundary that the organization demands.

    Policies come later: they name the profiles of the other roles.
    """
    name, iam = service.name(key, Kind.IAM), service.config.iam
    role = IamRole(
        scope,
        "Resource",
        name=name,
        path=iam.path,
        permissions_boundary=iam.permissions_boundary,
        assume_role_policy=_TRUST,
        tags=service.tags(key),
    )
    profile = IamInstanceProfile(
        scope, "InstanceProfile", name=name, path=iam.path, role=role.name, tags=service.tags(key)
    )
    return Role(role, profile, scope)
