"""A role that jobs of a pipeline assume, with exactly the rights that an environment's content needs.

Left out: which rights these are, and whom the role trusts, which `estate.derived.pipeline` decides.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from constructs import Construct

LONGEST_SESSION_SECONDS: Final = 21600
"""As long as a job that applies may take; how long a session lasts is asked for, by AWS_SECONDS."""


@dataclass(frozen=True)
class PipelineRolePlan:
    """What is said of a role.

    Attributes:
        name: its name.
        trust: who may assume it.
        policy: what it may do.
        session_seconds: the longest session; AWS's hour when None.
    """

    name: str
    trust: Mapping[str, Any]
    policy: Mapping[str, Any]
    session_seconds: int | None = None


class PipelineRole(Construct):
    """Define the role, under a boundary.

    Stateful. Keys' policies name the one that applies.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: PipelineRolePlan,
        boundary_arn: str,
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        role = IamRole(
            self,
            "Resource",
            name=config.name,
            assume_role_policy=json.dumps(config.trust),
            max_session_duration=config.session_seconds,
            permissions_boundary=boundary_arn,
            tags={"Name": config.name},
            lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
        )
        IamRolePolicy(self, "Policy", name=config.name, role=role.name, policy=json.dumps(config.policy))
        self.arn: Final[str] = role.arn
