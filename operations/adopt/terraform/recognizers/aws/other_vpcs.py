"""VPCs that EKS clusters stand in beside the environment's own: named by their ids, and left to whoever looks after them.

A cluster says its VPC and subnets by id alone; which zone a subnet is of and what the VPC's range is stands with the objects
of these, so that their state is needed, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.aws.objects import (
    AWS,
    OTHER_VPCS,
    VPC,
    free,
    in_vpc,
    misfits,
    short,
    vpc_keys,
)
from operations.adopt.terraform.recognizers.aws.zones import Ways, by_rank, is_public, used_subnets

_STAYS: Final = "leave it with the Terraform that made it"


def recognize_other_vpcs(found: Found, draft: Draft) -> None:
    """Put the VPCs of clusters that stand in none so far, and leave all that stands elsewhere than in the environment's own."""
    clusters = [one for one in free(found, draft, "aws_eks_cluster") if not misfits(one)]
    for id_ in sorted({in_vpc(one) for one in clusters} - {"", *vpc_keys(draft)}):
        _put(found, draft, id_)
    unknown = sorted({in_vpc(one) for one in clusters} - {"", *vpc_keys(draft)})
    if unknown:
        draft.notes.append(
            f"clusters stand in {', '.join(unknown)}, and no state has that VPC with private subnets of theirs; give the state "
            "of the Terraform that made it, or write aws.existing_vpcs with its ids, or aws.management_vpc.existing"
        )
    _leave(found, draft)


def _put(found: Found, draft: Draft, id_: str) -> None:
    vpc = next((one for one in free(found, draft, "aws_vpc") if one.text("id") == id_), None)
    zones = _zones(found, draft, vpc) if vpc else {}
    if vpc and zones:
        name = short(draft, vpc.text("tags", "Name")) or id_
        said = {"vpc_id": id_, "cidr": vpc.text("cidr_block"), "zones": zones}
        draft.put((*OTHER_VPCS, draft.key(OTHER_VPCS, name)), said)


def _zones(found: Found, draft: Draft, vpc: FoundObject) -> dict[str, dict[str, Any]]:
    """The zones in which clusters or nodes use a private subnet, which is the one that counts."""
    ways, used = Ways.of_vpc(found, draft, vpc), used_subnets(found)
    subnets = [one for one in free(found, draft, "aws_subnet") if in_vpc(one) == vpc.text("id")]
    zones: dict[str, dict[str, Any]] = {}
    for one in sorted((one for one in subnets if one.text("cidr_block")), key=by_rank(ways, used)):
        zone = zones.setdefault(one.text("availability_zone"), {})
        if is_public(ways, one):
            zone.setdefault("public", one.text("id"))
        elif one.text("id") in used and "private" not in zone:
            zone |= {"private": one.text("id"), "private_cidr": one.text("cidr_block")}
    return {zone: dict(sorted(one.items())) for zone, one in sorted(zones.items()) if "private" in one}


def _leave(found: Found, draft: Draft) -> None:
    own = next((one.text("id") for one in draft.origins.get(VPC, ()) if one.type == "aws_vpc"), "")
    places = vpc_keys(draft)
    groups = {
        group
        for one in free(found, draft, "aws_eks_cluster")
        if in_vpc(one) in places
        for group in one.texts("vpc_config", 0, "security_group_ids")
    }
    for one in free(found, draft, *sorted({one.type for one in found.objects if one.type.startswith(AWS)})):
        # A cluster is left with all that belongs to it, where clusters are recognized.
        elsewhere = one.text("id") if one.type == "aws_vpc" else one.text("vpc_id")
        if not elsewhere or elsewhere == own or one.text("id") in groups:
            continue
        if elsewhere in places:
            draft.leave(one, "", _said_by_ids(places, one, elsewhere), _STAYS)
        elif own or draft.at(*VPC):
            draft.leave(
                one,
                "",
                f"stands in another VPC than {own or 'that of the file'}, and no cluster of the file stands there",
                "take it into an environment of its own",
            )
        elif one.type == "aws_vpc":
            draft.leave(
                one,
                "",
                "is one of several VPCs, and an environment makes one; nothing tells which",
                "take it into an environment of its own",
            )


def _said_by_ids(places: Mapping[str, str | None], one: FoundObject, id_: str) -> str:
    path: Keys = VPC if places[id_] is None else OTHER_VPCS
    what = "is a VPC" if one.type == "aws_vpc" else f"stands in {id_}, a VPC"
    return f"{what} that the file says by its ids, in {'.'.join(map(str, path))}; nothing in it is changed"
