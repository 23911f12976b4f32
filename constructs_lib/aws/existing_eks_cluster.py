"""An EKS cluster that another stack made, looked up by its name: what AWS made up for it.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/eks_cluster
"""

from __future__ import annotations

from dataclasses import dataclass

from cdktf import Fn
from cdktf_cdktf_provider_aws.data_aws_eks_cluster import DataAwsEksCluster
from constructs import Construct


@dataclass(frozen=True)
class ExistingEksCluster:
    """What is needed to talk to the cluster, and to trust what it signs.

    Attributes:
        name: its name, literally.
        endpoint: URL of its API.
        certificate: certificate authority of its API, in PEM form.
        issuer: URL of its OIDC issuer.
    """

    name: str
    endpoint: str
    certificate: str
    issuer: str


def find_cluster(scope: Construct, key: str, name: str) -> ExistingEksCluster:
    """Look the cluster ``name`` up; a plan fails as long as it does not stand."""
    cluster = DataAwsEksCluster(scope, key, name=name)
    return ExistingEksCluster(
        name=name,
        endpoint=cluster.endpoint,
        certificate=Fn.base64decode(cluster.certificate_authority.get(0).data),
        issuer=cluster.identity.get(0).oidc.get(0).issuer,
    )
