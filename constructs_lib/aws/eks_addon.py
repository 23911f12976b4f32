"""An add-on of an EKS cluster with the role that its pods take on.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_addon
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_aws.eks_addon import EksAddon as EksAddonResource
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from constructs import Construct

from constructs_lib.aws.eks_cluster import EksCluster
from constructs_lib.aws.eks_oidc_provider import EksOidcProvider
from constructs_lib.naming import Kind
from estate.model.aws.eks_addons import ADDONS, AddonName
from estate.model.aws.eks_cluster import EksClusterConfig, NetworkPolicies


class EksAddon(Construct):
    """Define an add-on, and its role where it needs one: the nodes' own role does not have what it may do."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: EksClusterConfig,
        name: AddonName,
        cluster: EksCluster,
        oidc_provider: EksOidcProvider,
        dependencies: Sequence[ITerraformDependable] = (),
    ) -> None:
        super().__init__(scope, id_)
        addon, site = ADDONS[name], cluster.site
        waits_for = list(dependencies)
        role_arn: str | None = None
        if addon.service_account and addon.policy:
            role = oidc_provider.define_role(self, site.named(name, Kind.IAM), addon.service_account)
            waits_for.append(
                IamRolePolicyAttachment(
                    self,
                    "RolePolicy",
                    role=role.name,
                    policy_arn=site.policy_arn(addon.policy),
                )
            )
            role_arn = role.arn
        self._resource = EksAddonResource(
            self,
            "Resource",
            cluster_name=cluster.name,
            addon_name=name,
            addon_version=config.addon_versions.get(name),
            service_account_role_arn=role_arn,
            configuration_values=_configuration(config, name),
            # A cluster that exists may run the same software by itself; later, somebody's own settings stay.
            resolve_conflicts_on_create="OVERWRITE",
            resolve_conflicts_on_update="PRESERVE",
            tags={"Name": site.named(name)},
            depends_on=waits_for or None,
        )
        self.role_arn: Final[str | None] = role_arn

    @property
    def resource(self) -> ITerraformDependable:
        """What to depend on."""
        return self._resource


def _configuration(config: EksClusterConfig, name: AddonName) -> str | None:
    """Settings of an add-on in its own words; where nothing is said, the provider leaves what there is.

    "enableNetworkPolicy" is a text: https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html, read in
    awsdocs/amazon-eks-user-guide on 2026-11-30. It asks for no right of the role that it has not, docs/network-policy-faq.md of
    https://github.com/aws/amazon-vpc-cni-k8s (2026-08-20).
    """
    if name is not AddonName.VPC_CNI:
        return None
    policies, prefixes = config.network_policies, config.prefix_delegation
    said: dict[str, object] = {}
    if policies:
        said["enableNetworkPolicy"] = str(policies is NetworkPolicies.VPC_CNI).lower()
    if prefixes is not None:
        said["env"] = {"ENABLE_PREFIX_DELEGATION": str(prefixes).lower(), "WARM_PREFIX_TARGET": "1"}
    return json.dumps(said) if said else None
