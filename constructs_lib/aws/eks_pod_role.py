"""Roles that the pods of a service account take on in an EKS cluster.

https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
"""

from __future__ import annotations

from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from constructs import Construct

from constructs_lib.aws.eks_oidc_provider import EksOidcProvider
from estate.model.aws.eks_pod_role import PodRole


class EksPodRole(Construct):
    """Define a role with policies that exist, for one service account and no other."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: PodRole,
        name: str,
        oidc_provider: EksOidcProvider,
    ) -> None:
        super().__init__(scope, id_)
        role = oidc_provider.define_role(
            self, name, config.service_account, namespace=config.namespace, id_="Resource"
        )
        policies = Construct(self, "Policies")
        for arn in config.policies:
            IamRolePolicyAttachment(policies, arn.split(":", 4)[4], role=role.name, policy_arn=arn)
