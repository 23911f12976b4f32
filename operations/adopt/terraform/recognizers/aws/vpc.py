"""The VPC that an environment has, and what of a VPC has no place in one.

Which one, where there are several and the file says none: that of the EKS clusters, and where these stand in several that
which a transit gateway leads to. Other VPCs that clusters stand in are named by their ids.
"""

from __future__ import annotations

from operations.adopt.terraform.draft import Draft
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.aws.objects import VPC, free, in_vpc, misfits, vpc_keys


def chosen_vpc(found: Found, draft: Draft) -> FoundObject | None:
    """The VPC that becomes the environment's; None where there is none, or several and nothing tells which."""
    if draft.at(*VPC, "existing"):
        return None
    cidr = draft.at(*VPC, "cidr")  # said in the file
    vpcs = [
        one
        for one in free(found, draft, "aws_vpc")
        if one.text("id") not in vpc_keys(draft)
        and one.text("cidr_block") == (cidr or one.text("cidr_block"))
    ]
    clusters = free(found, draft, "aws_eks_cluster")
    told = (
        {one.text("id") for one in vpcs},
        {in_vpc(one) for one in clusters},
        {in_vpc(one) for one in clusters if not misfits(one)},
        {one.text("vpc_id") for one in free(found, draft, "aws_ec2_transit_gateway_vpc_attachment")},
    )
    wanted = ([one for one in vpcs if one.text("id") in ids] for ids in told)
    return next((several[0] for several in wanted if len(several) == 1), None)


def recognize_vpc(found: Found, draft: Draft) -> None:
    """Put the VPC and its range."""
    vpc = chosen_vpc(found, draft)
    if vpc:
        draft.put((*VPC, "cidr"), vpc.text("cidr_block"), vpc)
        draft.takes(VPC, vpc)
        _leave_attributes(draft, vpc)


def _leave_attributes(draft: Draft, vpc: FoundObject) -> None:
    if vpc.text("ipv6_cidr_block"):
        draft.leave(
            vpc,
            "ipv6_cidr_block",
            "the VPC here has no IPv6",
            "move what uses it to IPv4 before the first apply",
        )
    if vpc.text("instance_tenancy") not in {"", "default"}:
        draft.leave(
            vpc,
            "instance_tenancy",
            "the VPC here lets instances stand on shared machines",
            "say the tenancy where the instances are made",
        )
