"""How Helm logs in to clusters that are attached: one provider a cluster, because it has one cluster each.

No log-in is part of the synthesized JSON, and none comes into a state.

https://registry.terraform.io/providers/hashicorp/helm/3.1.1/docs
"""

from __future__ import annotations

from cdktf import TerraformProvider
from cdktf_cdktf_provider_helm.provider import (
    HelmProvider,
    HelmProviderKubernetes,
    HelmProviderKubernetesExec,
)
from constructs import Construct

from constructs_lib.aws.existing_eks_cluster import ExistingEksCluster
from estate.model.fleet.attached_cluster import ReachedBy


def log_in_to_eks(
    scope: Construct, key: str, *, alias: str, cluster: ExistingEksCluster, region: str
) -> TerraformProvider:
    """Log in by the AWS CLI: a token from a data source would stand in the state."""
    return HelmProvider(
        scope,
        key,
        alias=alias,
        kubernetes=HelmProviderKubernetes(
            host=cluster.endpoint,
            cluster_ca_certificate=cluster.certificate,
            # The provider takes what KUBE_CONFIG_PATH names otherwise, and sends the log-in of its current context to EKS:
            # helm/kubeconfig.go of 3.1.1 merges both. An empty path is none.
            config_path="",
            exec=HelmProviderKubernetesExec(
                api_version="client.authentication.k8s.io/v1beta1",
                command="aws",
                args=["eks", "get-token", "--cluster-name", cluster.name, "--region", region],
            ),
        ),
    )


def log_in_by_context(scope: Construct, key: str, *, name: str, config: ReachedBy) -> TerraformProvider:
    """Log in by a context of the kubeconfig that KUBE_CONFIG_PATH names, at the address that the file says.

    The provider puts the address in the place of the context's own, so that a context of this name that leads elsewhere meets a
    server whose certificate its authority has not signed. Without a kubeconfig nobody is logged in, and the server refuses.
    """
    return HelmProvider(
        scope,
        key,
        # By the name, which stays when the key is renamed; it may begin with a digit, which no alias does.
        alias=f"attached-{name}",
        kubernetes=HelmProviderKubernetes(host=config.server, config_context=config.context),
    )
