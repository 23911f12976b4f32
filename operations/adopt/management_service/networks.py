"""VPC and bastion of the document as those of the section."""

from __future__ import annotations

from estate.reading.paths import dotted
from operations.adopt.management_service.inputs import Inputs
from operations.adopt.management_service.section import Section

_VPC = ("spec", "dedicatedVPC")
_BASTION = ("spec", "bastionHost")


def put_vpc(section: Section, inputs: Inputs) -> None:
    """Put the VPC: lists that belong together by position become a map by zone."""
    document = inputs.document
    if inputs.existing_vpc is not None:
        section.put(("management_vpc", "existing"), dict(inputs.existing_vpc))
        return
    section.put(("management_vpc", "cidr"), document.at(*_VPC, "vpcCIDRBlock"), *_VPC, "vpcCIDRBlock")
    for position, zone in enumerate(document.at(*_VPC, "availabilityZones")):
        section.carry(*_VPC, "availabilityZones", position)
        for role in ("private", "public"):
            origin = (*_VPC, f"{role}SubnetCIDRBlocks")
            cidr = document.at(*origin)[position]
            section.put(("management_vpc", "zones", zone, role), cidr, *origin, position)
    if inputs.running.single_nat:
        section.put(("management_vpc", "nat_gateways"), "single", comment="as in the state")


def put_bastion(section: Section, inputs: Inputs) -> None:
    """Put the bastion, where the document has one; ranges in both places that it knows all come in."""
    document = inputs.document
    places = ((*_VPC, "bastionAllowedSSHCIDRBlocks"), (*_BASTION, "allowedSSHCIDRBlocks"))
    for place in places:
        for position, cidr in enumerate(document.at(*place) or ()):
            section.add(("bastion", "allowed_ssh_cidrs"), cidr, *place, position)
    lists = [document.at(*place) for place in places]
    if all(lists) and set(lists[0]) != set(lists[1]):
        names = " and ".join(map(dotted, places))
        section.notes.append(f"the bastion lets in the ranges of both {names}, which differ")
    if any(lists):
        section.put(("bastion", "public_key"), inputs.public_key)
    elif document.at(*_BASTION):
        section.put(("bastion", "access"), "session_manager")
        section.notes.append(
            f"{dotted(_BASTION)} names no range to connect from, so people come in by Session Manager; "
            "for SSH, write allowed_ssh_cidrs and public_key in place of access"
        )
    size = (*_BASTION, "rootVolume", "sizeGiB")
    if document.at(*size) and "bastion" in section.data:
        section.put(("bastion", "root_volume_gib"), document.at(*size), *size)
    section.leave_out(
        "the bastion's disk is always gp3 and encrypted with AWS's own key", *_BASTION, "rootVolume"
    )
