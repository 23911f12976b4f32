"""In which zone of the environment's VPC a subnet of a document lies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from estate.model.aws.management_vpc import ExistingVpc, ExistingVpcConfig
from estate.model.naming import physical_name
from estate.reading.paths import quoted
from operations.adopt.gkectl.document import Document, Field
from operations.adopt.management_service.clusters.inputs import Inputs

_VPC: Final = re.compile(r"vpc-[0-9a-f]{8,17}")


def vpc_of(cluster: Document) -> Field[str]:
    """The VPC that the cluster runs in."""
    return cluster.text("spec", "networking", "vpcID")


def zone_of(inputs: Inputs, subnet: Field[str]) -> str | None:
    """The zone; None, and a problem, where the subnet is none of the VPC's or nobody can tell."""
    if subnet.value is None:
        return None
    if isinstance(inputs.vpc, ExistingVpcConfig):
        return _existing_zone(inputs.vpc.existing, inputs.target.source.display, subnet)
    environment, said = inputs.target.source.display, (inputs.cloud.subnets or {}).get(subnet.value)
    if said is None:
        subnet.problem(
            f"is {subnet.value}, of which {environment} cannot tell the zone, because it makes its VPC; ask AWS and give "
            f"the answer with --aws: `aws ec2 describe-subnets --region {inputs.aws.region} --output json`"
        )
        return None
    zone, vpc_id = inputs.vpc.zones.get(said.zone), vpc_of(inputs.documents.cluster).value
    if said.vpc_id != vpc_id:
        subnet.problem(
            f"is {subnet.value} of {said.vpc_id}, and the cluster is in {vpc_id}; what runs there?"
        )
    elif zone is None or said.cidr not in {str(zone.private), str(zone.public)}:
        subnet.problem(
            f"is {subnet.value} with {said.cidr} in {said.zone}, and aws.management_vpc of {environment} has no such "
            "subnet; is this the right environment?"
        )
    else:
        return said.zone
    return None


def _existing_zone(vpc: ExistingVpc, environment: str, subnet: Field[str]) -> str | None:
    for zone, ours in vpc.zones.items():
        if subnet.value in {ours.private, ours.public}:
            return zone
    subnet.problem(
        f"is {subnet.value}, none of aws.management_vpc.existing.zones in {environment}, which has {vpc.vpc_id}; add its "
        "zone there, or is this the right environment?"
    )
    return None


def check_vpc(inputs: Inputs) -> Iterator[str]:
    """Report a cluster that runs in another region or VPC than the environment's; yields what nobody could check."""
    region = inputs.aws.region
    for document in inputs.documents.all:
        said = document.text("spec", "region")
        if said.use() not in {None, region}:
            said.problem(
                f"must be {region}, as aws.region of the environment, got {said.value}; is this the right environment?"
            )
    vpc_id = vpc_of(inputs.documents.cluster)
    if not _VPC.fullmatch(vpc_id.use() or ""):
        vpc_id.problem(
            f"must be the id of the VPC such as vpc-0123456789abcdef0, got {quoted(vpc_id.value or '')}"
        )
    elif not isinstance(inputs.vpc, ExistingVpcConfig):
        name = physical_name(inputs.target.estate.organization.name, inputs.target.name, "management-vpc")
        yield (
            f"{vpc_id.value} is taken for the VPC that the environment makes, because zones and ranges agree; this shows "
            f"which it is: `aws ec2 describe-vpcs --region {region} --filters Name=tag:Name,Values={name} "
            "--query 'Vpcs[].VpcId' --output text`"
        )
    elif vpc_id.value != inputs.vpc.existing.vpc_id:
        vpc_id.problem(
            f"is {vpc_id.value}, and the environment's VPC is {inputs.vpc.existing.vpc_id}; is this the right environment?"
        )
