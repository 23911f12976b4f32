"""In which zone of the environment's VPC a subnet of a document lies."""

from __future__ import annotations

import re
from typing import Final

from estate.model.aws.management_vpc import ExistingVpcConfig
from estate.reading.paths import quoted
from operations.adopt.gkectl.document import Field
from operations.adopt.management_service.clusters.inputs import Inputs

_VPC: Final = re.compile(r"vpc-[0-9a-f]{8,17}")


def zone_of(inputs: Inputs, subnet: Field[str]) -> str | None:
    """The zone; None, and a problem, where the subnet is none of the VPC's or nobody can tell."""
    zones, vpc = inputs.vpc.zones, inputs.vpc
    environment = inputs.target.source.display
    if subnet.value is None:
        return None
    if isinstance(vpc, ExistingVpcConfig):
        for zone, ours in vpc.existing.zones.items():
            if subnet.value in {ours.private, ours.public}:
                return zone
        subnet.problem(
            f"is {subnet.value}, none of aws.management_vpc.existing.zones in {environment}, which has "
            f"{vpc.existing.vpc_id}; add its zone there, or is this the right environment?"
        )
        return None
    said = (inputs.cloud.subnets or {}).get(subnet.value)
    if said is None:
        subnet.problem(
            f"is {subnet.value}, of which {environment} cannot tell the zone, because it makes its VPC; ask AWS and give "
            f"the answer with --aws: `aws ec2 describe-subnets --region {inputs.aws.region} --output json`"
        )
        return None
    ours = zones.get(said.zone)
    if ours is None or said.cidr not in {str(ours.private), str(ours.public)}:
        subnet.problem(
            f"is {subnet.value} with {said.cidr} in {said.zone}, and aws.management_vpc of {environment} has no such "
            "subnet; is this the right environment?"
        )
        return None
    return said.zone


def check_vpc(inputs: Inputs) -> None:
    """Report a cluster that runs in another region or VPC than the environment's."""
    cluster = inputs.documents.cluster
    for document in inputs.documents.all:
        region = document.text("spec", "region")
        if region.use() not in {None, inputs.aws.region}:
            region.problem(
                f"must be {inputs.aws.region}, as aws.region of the environment, got {region.value}; is this the right "
                "environment?"
            )
    vpc_id = cluster.text("spec", "networking", "vpcID")
    if isinstance(inputs.vpc, ExistingVpcConfig):
        ids = {inputs.vpc.existing.vpc_id}
    else:
        ids = {one.vpc_id for one in (inputs.cloud.subnets or {}).values()}
    if not _VPC.fullmatch(vpc_id.use() or ""):
        vpc_id.problem(
            f"must be the id of the VPC such as vpc-0123456789abcdef0, got {quoted(vpc_id.value or '')}"
        )
    elif ids and vpc_id.value not in ids:
        vpc_id.problem(
            f"is {vpc_id.value}, and the environment's VPC is {', '.join(sorted(ids))}; is this the right environment?"
        )
