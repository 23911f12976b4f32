"""An AWS identity that administers an EKS cluster.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_access_entry
"""

from __future__ import annotations

from typing import Final

from cdktf_cdktf_provider_aws.eks_access_entry import EksAccessEntry as EksAccessEntryResource
from cdktf_cdktf_provider_aws.eks_access_policy_association import (
    EksAccessPolicyAssociation,
    EksAccessPolicyAssociationAccessScope,
)
from constructs import Construct

from constructs_lib.aws.eks_cluster import EksCluster
from estate.model.aws.values import IamPrincipalArn

_ADMINISTRATOR: Final = "AmazonEKSClusterAdminPolicy"


class EksAccessEntry(Construct):
    """Define an access entry that administers the whole cluster."""

    def __init__(self, scope: Construct, id_: str, *, config: IamPrincipalArn, cluster: EksCluster) -> None:
        super().__init__(scope, id_)
        entry = EksAccessEntryResource(
            self, "Resource", cluster_name=cluster.name, principal_arn=config, type="STANDARD"
        )
        EksAccessPolicyAssociation(
            self,
            "Administrator",
            cluster_name=cluster.name,
            principal_arn=entry.principal_arn,
            policy_arn=f"arn:{cluster.site.account.partition}:eks::aws:cluster-access-policy/{_ADMINISTRATOR}",
            access_scope=EksAccessPolicyAssociationAccessScope(type="cluster"),
        )
