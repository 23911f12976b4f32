"""The OIDC provider of an EKS cluster in IAM, by which pods take on roles; a part of the cluster.

Left out: the certificate's thumbprint, which AWS no longer compares for its own issuers.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_openid_connect_provider
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from cdktf import Fn
from cdktf_cdktf_provider_aws.iam_openid_connect_provider import IamOpenidConnectProvider
from cdktf_cdktf_provider_aws.iam_role import IamRole
from constructs import Construct

from constructs_lib.aws.eks_cluster import EksCluster

_AUDIENCE: Final = "sts.amazonaws.com"


@dataclass(frozen=True)
class EksOidcProvider:
    """What roles see of the provider.

    Attributes:
        arn: its ARN.
        host: the issuer without https://, as conditions name it.
    """

    arn: str
    host: str

    def define_role(
        self,
        scope: Construct,
        name: str,
        service_account: str,
        *,
        namespace: str = "kube-system",
        id_: str = "Role",
    ) -> IamRole:
        """Define a role that one service account takes on, and no other."""
        trust = self._trust(service_account, namespace)
        return IamRole(scope, id_, name=name, assume_role_policy=trust, tags={"Name": name})

    def _trust(self, service_account: str, namespace: str) -> str:
        statement = {
            "Effect": "Allow",
            "Principal": {"Federated": self.arn},
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {
                "StringEquals": {
                    f"{self.host}:aud": _AUDIENCE,
                    f"{self.host}:sub": f"system:serviceaccount:{namespace}:{service_account}",
                }
            },
        }
        return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def define_oidc_provider(scope: Construct, cluster: EksCluster) -> EksOidcProvider:
    """Define the provider, which exists once for a cluster."""
    resource = IamOpenidConnectProvider(
        scope,
        "OidcProvider",
        url=cluster.issuer,
        client_id_list=[_AUDIENCE],
        tags={"Name": cluster.site.name},
    )
    return EksOidcProvider(resource.arn, Fn.replace(cluster.issuer, "https://", ""))
