"""The permissions boundary of an environment's pipeline and of every role that it makes.

Left out: what stands in it, which `estate.derived.pipeline.boundary` decides.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_policy
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.iam_policy import IamPolicy
from cdktf_cdktf_provider_aws.iam_role import IamRole
from constructs import Construct


class PipelineBoundary(Construct):
    """Define the policy.

    Stateful. Roles without it can give themselves whatever they like.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: Mapping[str, Any],
        name: str,
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        policy = IamPolicy(
            self,
            "Resource",
            name=name,
            description="the ceiling of a pipeline and of the roles that it makes",
            policy=json.dumps(config),
            tags={"Name": name},
            lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
        )
        self.arn: Final[str] = policy.arn


def put_under_boundary(scope: Construct, boundary_arn: str) -> None:
    """Give every role below ``scope`` the boundary; to be called when all are there."""
    for construct in scope.node.find_all():
        if isinstance(construct, IamRole):
            construct.permissions_boundary = boundary_arn
