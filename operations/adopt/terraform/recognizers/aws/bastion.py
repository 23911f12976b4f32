"""The bastion: a machine in a public subnet, its address, and what lets it be reached.

A machine is replaced by another start-up script, key or role, and the names of its security group and role cannot be
changed: one that is called as here is taken over. Any other stays with whoever made it, and one of the file's may be made
beside it.
"""

from __future__ import annotations

from typing import Any, Final

from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.aws.objects import VPC, free, is_ours, number
from operations.adopt.terraform.recognizers.aws.roles import take_role

_PATH: Final[Keys] = ("aws", "bastion")
_PART: Final = "bastion"
_TYPE: Final = "t3.micro"
_ROOT_GIB: Final = 10


def recognize_bastion(found: Found, draft: Draft) -> None:
    """Put the bastion whose security group is called as here."""
    groups = [
        one for one in free(found, draft, "aws_security_group") if is_ours(draft, one.text("name"), _PART)
    ]
    for group in groups:
        for instance in free(found, draft, "aws_instance"):
            if group.text("id") in instance.texts("vpc_security_group_ids"):
                _put(found, draft, group, instance)
                return


def _put(found: Found, draft: Draft, group: FoundObject, instance: FoundObject) -> None:
    draft.put(_PATH, {}, instance, group)
    if instance.text("key_name"):
        _put_ssh(found, draft, group, instance)
    else:
        draft.put((*_PATH, "access"), "session_manager", instance)
    zones = draft.at(*VPC, "zones") or {}
    zone = next(
        (
            zone
            for zone in zones
            for one in draft.origins.get((*VPC, "zones", zone, "public"), ())
            if one.text("id") == instance.text("subnet_id")
        ),
        None,
    )
    draft.put((*_PATH, "zone"), zone if zones and zone != min(zones) else None, instance)
    type_, size = instance.text("instance_type"), number(instance, "root_block_device", 0, "volume_size")
    draft.put((*_PATH, "instance_type"), type_ if type_ not in {"", _TYPE} else None, instance)
    draft.put((*_PATH, "root_volume_gib"), size if size not in {None, _ROOT_GIB} else None, instance)
    for profile in free(found, draft, "aws_iam_instance_profile"):
        if profile.text("name") == instance.text("iam_instance_profile"):
            draft.takes(_PATH, profile)
            take_role(found, draft, _PATH, profile.text("role"))
    _take_address(found, draft, instance)


def _put_ssh(found: Found, draft: Draft, group: FoundObject, instance: FoundObject) -> None:
    cidrs = sorted({cidr for block in group.blocks("ingress") for cidr in _texts(block.get("cidr_blocks"))})
    draft.put((*_PATH, "allowed_ssh_cidrs"), cidrs or None, group)
    for pair in free(found, draft, "aws_key_pair"):
        if pair.text("key_name") == instance.text("key_name"):
            draft.put((*_PATH, "public_key"), pair.text("public_key") or None, pair)


def _take_address(found: Found, draft: Draft, instance: FoundObject) -> None:
    associations = [
        one
        for one in free(found, draft, "aws_eip_association")
        if one.text("instance_id") == instance.text("id")
    ]
    ids = {one.text("allocation_id") for one in associations}
    addresses = [
        one
        for one in free(found, draft, "aws_eip")
        if one.text("instance") == instance.text("id") or one.text("id") in ids
    ]
    draft.takes(_PATH, *associations, *addresses)


def _texts(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
