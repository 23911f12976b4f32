"""The AWS half of an environment: one account, one region, and the rules that cross its entities.

An `aws` section with a region and an account and nothing else is a retired one: the provider stays
declared until the state is empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

from estate.model.aws.bastion import BastionConfig
from estate.model.aws.eks_cluster import EksClusterConfig
from estate.model.aws.eks_rules import eks_violations
from estate.model.aws.kms_key import ExistingKmsKeyConfig, KmsKey
from estate.model.aws.management_service import ManagementServiceConfig
from estate.model.aws.management_service_rules import management_service_violations
from estate.model.aws.management_vpc import ManagementVpc
from estate.model.aws.values import AwsAccountId, AwsRegion, IamPrincipalArn
from estate.model.base import Key, Model
from estate.model.pinned_names import names_of_their_own
from estate.model.rules import Path, Violation, rule


class AwsConfig(Model):
    """One AWS account in one region."""

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
    bastion: BastionConfig | None = None
    """The way into the VPC's private subnets; none when absent."""
    kms_keys: dict[Key, KmsKey] = {}
    """Customer managed KMS keys by purpose."""
    eks_clusters: dict[Key, EksClusterConfig] = {}
    """EKS clusters by name."""
    management_service: ManagementServiceConfig | None = None
    """GKE on AWS's management service; none when absent."""

    def routable_ranges(self) -> Iterator[tuple[Path, IPv4Network]]:
        """Every range that other networks route to, with its path from this section."""
        if self.management_vpc:
            yield ("management_vpc", "cidr"), self.management_vpc.cidr

    def islands(self) -> Iterator[tuple[Path, IPv4Network]]:
        """Every range that exists only inside one cluster, with its path from this section."""
        for key, cluster in self.eks_clusters.items():
            yield ("eks_clusters", key, "services"), cluster.services

    @rule
    def _zones_lie_in_the_region(self) -> Iterator[Violation]:
        for zone in self.management_vpc.zones if self.management_vpc else ():
            if zone[:-1] != self.region:
                yield Violation(
                    ("management_vpc", "zones", zone),
                    f"must be a zone of region {self.region}, got {zone}; for example {self.region}a",
                )

    @rule
    def _deployer_is_of_the_account(self) -> Iterator[Violation]:
        if self.deployer and self.deployer.split(":")[4] != self.account_id:
            yield Violation(
                ("deployer",),
                f"must be of account {self.account_id}, as account_id says, got {self.deployer}; name the role that "
                "is taken on there",
            )

    @rule
    def _bastion_has_a_network(self) -> Iterator[Violation]:
        if self.bastion and not self.management_vpc:
            yield Violation(
                ("bastion",),
                "needs management_vpc to stand in; add it or leave bastion out",
                ("management_vpc",),
            )

    @rule
    def _bastion_stands_in_a_zone_of_the_vpc(self) -> Iterator[Violation]:
        zone, vpc = self.bastion and self.bastion.zone, self.management_vpc
        if zone and vpc and zone not in vpc.zones:
            yield Violation(
                ("bastion", "zone"),
                f"must be a zone of management_vpc: {', '.join(sorted(vpc.zones))}; got {zone}",
                ("management_vpc", "zones", zone),
            )

    @rule
    def _existing_keys_lie_here(self) -> Iterator[Violation]:
        for name, key in self.kms_keys.items():
            if not isinstance(key, ExistingKmsKeyConfig):
                continue
            _, _, _, region, account, _ = key.existing.key_arn.split(":", 5)
            if (region, account) != (self.region, self.account_id):
                yield Violation(
                    ("kms_keys", name, "existing", "key_arn"),
                    f"must be a key of account {self.account_id} in {self.region}, got {key.existing.key_arn}",
                )

    @rule
    def _management_service_fits(self) -> Iterator[Violation]:
        yield from management_service_violations(self)

    @rule
    def _eks_clusters_fit(self) -> Iterator[Violation]:
        yield from eks_violations(self)

    @rule
    def _keys_differ_in_name(self) -> Iterator[Violation]:
        names = {
            key: None if isinstance(one, ExistingKmsKeyConfig) else one.name
            for key, one in self.kms_keys.items()
        }
        yield from names_of_their_own("kms_keys", names)

    @rule
    def _aliases_differ(self) -> Iterator[Violation]:
        taken: dict[str, str] = {}
        for name, key in self.kms_keys.items():
            alias = None if isinstance(key, ExistingKmsKeyConfig) else key.alias
            if alias and alias in taken:
                yield Violation(
                    ("kms_keys", name, "alias"),
                    f"must differ from that of {taken[alias]}, got {alias} for both",
                )
            taken[alias or ""] = name
