"""The VPC that an environment has, and what of a VPC has no place in one.

Which one, where there are several: that of the EKS clusters, since clusters of an environment stand in its VPC.
"""

from __future__ import annotations

from operations.adopt.terraform.draft import Draft
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.aws.objects import AWS, VPC, free, in_vpc


def chosen_vpc(found: Found, draft: Draft) -> FoundObject | None:
    """The VPC that becomes the environment's; None where there is none, or several and nothing tells which."""
    vpcs = free(found, draft, "aws_vpc")
    used = {in_vpc(one) for one in free(found, draft, "aws_eks_cluster")}
    wanted = vpcs if len(vpcs) == 1 else [one for one in vpcs if one.text("id") in used]
    return wanted[0] if len(wanted) == 1 else None


def recognize_vpc(found: Found, draft: Draft) -> None:
    """Put the VPC and its range, and leave all that stands in another one."""
    vpc = chosen_vpc(found, draft)
    if vpc:
        draft.put((*VPC, "cidr"), vpc.text("cidr_block"), vpc)
        draft.takes(VPC, vpc)
        _leave_attributes(draft, vpc)
    elif clusters := free(found, draft, "aws_eks_cluster"):
        ids = ", ".join(sorted({in_vpc(one) for one in clusters}))
        draft.notes.append(
            f"clusters stand in {ids}, and no state says which single VPC this environment has; give the state of the "
            "Terraform that made it, or write aws.management_vpc.existing with its ids"
        )
    for one in free(found, draft, *sorted({one.type for one in found.objects if one.type.startswith(AWS)})):
        # A cluster is left with all that belongs to it, where clusters are recognized.
        elsewhere = one.text("id") if one.type == "aws_vpc" else one.text("vpc_id")
        if elsewhere and (one.type == "aws_vpc" or vpc) and elsewhere != (vpc.text("id") if vpc else ""):
            draft.leave(one, "", _why_not(vpc), "take it into an environment of its own")


def _why_not(vpc: FoundObject | None) -> str:
    if vpc:
        return f"stands in another VPC than {vpc.text('id')}, and an environment has one"
    return "is one of several VPCs, and an environment has one; nothing tells which"


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
