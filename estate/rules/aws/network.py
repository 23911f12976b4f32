"""Rules on the VPCs, and on the bastion in the management VPC."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.aws.aws import AwsConfig
from estate.model.references import names_one
from estate.model.rules import Violation, rule


@rule(on=AwsConfig)
def zones_lie_in_the_region(aws: AwsConfig) -> Iterator[Violation]:
    """Every zone of a VPC is one of the section's region."""
    for _, where, vpc in aws.vpcs():
        for zone in vpc.zones:
            if zone[:-1] != aws.region:
                yield Violation(
                    (*where, "zones", zone),
                    f"must be a zone of region {aws.region}, got {zone}; for example {aws.region}a",
                )


@rule(on=AwsConfig)
def deployer_is_of_the_account(aws: AwsConfig) -> Iterator[Violation]:
    """Whoever applies the stack is a role of the section's account."""
    if aws.deployer and aws.deployer.split(":")[4] != aws.account_id:
        yield Violation(
            ("deployer",),
            f"must be of account {aws.account_id}, as account_id says, got {aws.deployer}; name the role that "
            "is taken on there",
        )


@rule(on=AwsConfig)
def bastion_has_a_network(aws: AwsConfig) -> Iterator[Violation]:
    """A bastion stands in a management VPC."""
    if aws.bastion and not aws.management_vpc:
        yield Violation(
            ("bastion",), "needs management_vpc to stand in; add it or leave bastion out", ("management_vpc",)
        )


@rule(on=AwsConfig)
def bastion_stands_in_a_zone_of_the_vpc(aws: AwsConfig) -> Iterator[Violation]:
    """The bastion's zone is one of the VPC's."""
    bastion, vpc = aws.bastion, aws.management_vpc
    if bastion and vpc:
        yield from names_one(("bastion", "zone"), bastion.zone, ("management_vpc", "zones"), vpc.zones)
