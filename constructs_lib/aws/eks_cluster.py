"""An EKS cluster's control plane: its role, its logs, its key, and who reaches its API.

Left out: rules for nodes, which EKS makes in a security group of its own; subnet tags with the cluster's name,
which no load balancer needs any more and the provider is told to ignore: Services find their subnets by the
role tags that the VPC sets, and are internal with the annotation
`service.beta.kubernetes.io/aws-load-balancer-internal`.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_cluster
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from cdktf import ITerraformDependable, TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.eks_cluster import (
    EksCluster as EksClusterResource,
)
from cdktf_cdktf_provider_aws.eks_cluster import (
    EksClusterAccessConfig,
    EksClusterEncryptionConfig,
    EksClusterEncryptionConfigProvider,
    EksClusterKubernetesNetworkConfig,
    EksClusterUpgradePolicy,
    EksClusterVpcConfig,
)
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupIngress
from constructs import Construct

from constructs_lib.aws.eks_site import EksSite
from constructs_lib.aws.kms_key import EncryptionKey
from constructs_lib.aws.management_vpc import ClusterVpc
from constructs_lib.naming import Kind
from estate.model.aws.eks_cluster import EksClusterConfig

_HTTPS: Final = 443


class EksCluster(Construct):
    """Define a control plane with its role unless it has one, its encrypted logs and the security group of its API.

    Stateful. With the cluster go its etcd and all that Kubernetes knows of; volumes stay, and nobody knows
    whose they were. Whoever makes it gets no access by that: access entries say who administers it.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: EksClusterConfig,
        site: EksSite,
        vpc: ClusterVpc,
        kms_key: EncryptionKey,
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        lifecycle = TerraformResourceLifecycle(prevent_destroy=prevent_destroy)
        log_group_name = f"/aws/eks/{site.name}/cluster"  # where EKS writes, whatever anybody wants
        kms_key.grant_log_group(site.account.arn("logs", f"log-group:{log_group_name}"))
        log_group = CloudwatchLogGroup(
            self,
            "LogGroup",
            name=log_group_name,
            kms_key_id=kms_key.key_arn,
            retention_in_days=config.log_retention_days,
            tags={"Name": log_group_name},
            lifecycle=lifecycle,
        )
        role_arn, dependencies = (config.role, []) if config.role else _define_role(self, site)
        kms_key.grant_encrypt_decrypt(role_arn)
        self._ingress = _ingress(config)
        self._security_group = _define_security_group(self, self._ingress, site, vpc)
        self._resource = EksClusterResource(
            self,
            "Resource",
            name=site.name,
            version=config.version,
            role_arn=role_arn,
            access_config=EksClusterAccessConfig(
                authentication_mode="API", bootstrap_cluster_creator_admin_permissions=False
            ),
            # Add-ons are resources of their own, which an upgrade of Kubernetes can raise.
            bootstrap_self_managed_addons=False,
            deletion_protection=prevent_destroy,
            enabled_cluster_log_types=sorted(str(type_) for type_ in config.log_types),
            encryption_config=EksClusterEncryptionConfig(
                provider=EksClusterEncryptionConfigProvider(key_arn=kms_key.key_arn), resources=["secrets"]
            ),
            kubernetes_network_config=EksClusterKubernetesNetworkConfig(
                ip_family="ipv4", service_ipv4_cidr=str(config.services)
            ),
            upgrade_policy=EksClusterUpgradePolicy(support_type=config.support.upper()),
            vpc_config=EksClusterVpcConfig(
                subnet_ids=list(vpc.private_subnet_ids.values()),
                security_group_ids=[self._security_group.id],
                endpoint_private_access=True,
                endpoint_public_access=bool(config.endpoint.public_from),
                public_access_cidrs=[str(cidr) for cidr in config.endpoint.public_from] or None,
            ),
            tags={"Name": site.name},
            lifecycle=lifecycle,
            # Without its policy the role cannot take the cluster's network interfaces away again; without the
            # log group EKS makes one that is neither encrypted nor ever emptied.
            depends_on=[*dependencies, log_group],
        )
        self.name: Final[str] = self._resource.name
        self.version: Final[str] = config.version
        self.site: Final[EksSite] = site
        self.issuer: Final[str] = self._resource.identity.get(0).oidc.get(0).issuer
        self.vpc: Final[ClusterVpc] = vpc

    def allow_api_from(self, security_group_id: str) -> None:
        """Let what is in another security group connect to the private endpoint."""
        self._ingress.append(
            SecurityGroupIngress(
                description="Kubernetes API, from the bastion",
                protocol="tcp",
                from_port=_HTTPS,
                to_port=_HTTPS,
                security_groups=[security_group_id],
            )
        )
        self._security_group.put_ingress(self._ingress)


def _define_role(scope: Construct, site: EksSite) -> tuple[str, list[ITerraformDependable]]:
    """Define the control plane's role; gives its ARN, and what has to stand before anybody takes it on."""
    name = site.named("control-plane", Kind.IAM)
    role = IamRole(scope, "Role", name=name, assume_role_policy=_trust(site), tags={"Name": name})
    policy = IamRolePolicyAttachment(
        scope, "RolePolicy", role=role.name, policy_arn=site.policy_arn("AmazonEKSClusterPolicy")
    )
    return role.arn, [policy]


def _ingress(config: EksClusterConfig) -> list[SecurityGroupIngress]:
    if not config.endpoint.private_from:
        return []
    return [
        SecurityGroupIngress(
            description="Kubernetes API",
            protocol="tcp",
            from_port=_HTTPS,
            to_port=_HTTPS,
            cidr_blocks=[str(cidr) for cidr in sorted(config.endpoint.private_from)],
        )
    ]


def _define_security_group(
    scope: Construct, ingress: Sequence[SecurityGroupIngress], site: EksSite, vpc: ClusterVpc
) -> SecurityGroup:
    name = site.named("api", Kind.SECURITY_GROUP)
    return SecurityGroup(
        scope,
        "ApiSecurityGroup",
        name=name,
        description="Who connects to the private endpoint of the Kubernetes API",
        vpc_id=vpc.vpc_id,
        # Empty lists are written out: left out, rules that somebody adds by hand would go unnoticed.
        ingress=list(ingress),
        egress=[],
        tags={"Name": name},
    )


def _trust(site: EksSite) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "eks.amazonaws.com"},
        "Action": "sts:AssumeRole",
        # Only for this cluster: the service acts for everybody's.
        "Condition": {
            "StringEquals": {"aws:SourceAccount": site.account.account_id},
            "ArnLike": {"aws:SourceArn": site.account.arn("eks", f"cluster/{site.name}")},
        },
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
