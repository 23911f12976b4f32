"""The AWS half of an environment: one account, one region.

An `aws` section with a region and an account and nothing else is a retired one: the provider stays
declared until the state is empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import IPv4Network
from typing import ClassVar, TypeAlias

from pydantic import StrictBool

from estate.model.aws.bastion import BastionConfig
from estate.model.aws.eks_cluster import EksClusterConfig
from estate.model.aws.kms_key import KmsKey
from estate.model.aws.management_service import ManagementServiceConfig  # until 2027-03-17
from estate.model.aws.management_vpc import ExistingVpcConfig, ManagementVpc, ManagementVpcConfig
from estate.model.aws.other_vpc import OtherVpcConfig
from estate.model.aws.values import AwsAccountId, AwsRegion, IamPrincipalArn
from estate.model.base import Key, Model
from estate.model.rules import Path

ClusterVpc: TypeAlias = ManagementVpcConfig | ExistingVpcConfig | OtherVpcConfig
"""A VPC that EKS clusters stand in."""


class AwsConfig(Model):
    """One AWS account in one region."""

    judged_from_outside: ClassVar[bool] = True

    region: AwsRegion
    """Region of everything in this section."""
    account_id: AwsAccountId
    """The account; the provider refuses to work in any other."""
    deployer: IamPrincipalArn | None = None
    """Role or user of the account that applies this environment's stack: on keys of this file it gets what AWS
    asks of whoever makes the EKS clusters and volumes that they encrypt. Needed with an EKS cluster whose key is
    made here; nobody when absent."""
    management_vpc: ManagementVpc | None = None
    """The VPC of the management plane; none when absent."""
    existing_vpcs: dict[Key, OtherVpcConfig] = {}
    """Further VPCs, which others made and look after, by the name that EKS clusters say as their vpc; none when absent."""
    bastion: BastionConfig | None = None
    """The way into the VPC's private subnets; none when absent."""
    ebs_encryption_by_default: StrictBool = False
    """Whether AWS encrypts every volume that anybody makes in the account and region from now on; a setting of the account,
    which one environment says. Left as it is when absent; taken out again, AWS no longer encrypts what does not ask for
    it, and what is there stays as it is."""
    kms_keys: dict[Key, KmsKey] = {}
    """Customer managed KMS keys by purpose."""
    eks_clusters: dict[Key, EksClusterConfig] = {}
    """EKS clusters by name."""
    management_service: ManagementServiceConfig | None = None  # until 2027-03-17
    """GKE on AWS's management service; none when absent."""  # until 2027-03-17

    def vpc_of(self, cluster: EksClusterConfig) -> ClusterVpc | None:
        """The VPC that a cluster stands in; None where the file has none of that name, or no management VPC."""
        return self.existing_vpcs.get(cluster.vpc) if cluster.vpc else self.management_vpc

    def clusters_in(self, vpc: str | None) -> Mapping[str, EksClusterConfig]:
        """The clusters in one of existing_vpcs, or with None those in the management VPC, by key."""
        return {key: one for key, one in self.eks_clusters.items() if one.vpc == vpc}

    def vpcs(self) -> Iterator[tuple[str | None, Path, ClusterVpc]]:
        """The management VPC, under None, and the others, each with its path from this section."""
        if self.management_vpc:
            yield None, ("management_vpc",), self.management_vpc
        for key, vpc in self.existing_vpcs.items():
            yield key, ("existing_vpcs", key), vpc

    def routable_ranges(self) -> Iterator[tuple[Path, IPv4Network]]:
        """Every range that other networks route to, with its path from this section."""
        if self.management_vpc:
            yield ("management_vpc", "cidr"), self.management_vpc.cidr

    def islands(self) -> Iterator[tuple[Path, IPv4Network]]:
        """Every range that exists only inside one cluster of the management VPC, with its path from this section.

        Pods elsewhere reach no network of these files, so that their clusters' ranges hide none.
        """
        for key, cluster in self.clusters_in(None).items():
            yield ("eks_clusters", key, "services"), cluster.services
