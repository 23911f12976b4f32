"""The role of a controller that is installed in kube-system of an EKS cluster, with a policy of its own.

https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from constructs import Construct

from constructs_lib.aws.eks_oidc_provider import EksOidcProvider
from constructs_lib.aws.eks_site import EksSite
from constructs_lib.naming import Kind


@dataclass(frozen=True)
class Controller:
    """A controller.

    Attributes:
        part: what the name of its role ends with.
        service_account: what it runs as.
        task: what its policy is called.
        statements: what it may do.
    """

    part: str
    service_account: str
    task: str
    statements: Sequence[Mapping[str, Any]]


def define_controller_role(
    scope: Construct, site: EksSite, controller: Controller, oidc_provider: EksOidcProvider
) -> None:
    """Make the role, which the controller's service account takes on and no other, and its policy."""
    name = site.named(controller.part, Kind.IAM)
    role = oidc_provider.define_role(scope, name, controller.service_account, id_="Resource")
    policy = json.dumps({"Version": "2012-10-17", "Statement": list(controller.statements)})
    IamRolePolicy(scope, "Policy", name=controller.task, role=role.name, policy=policy)
