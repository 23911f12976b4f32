"""What all recognizers of AWS ask: which objects are still to be placed, whose account they are of, and what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from estate.model.naming import physical_name
from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject

AWS: Final = "aws_"
VPC: Final[Keys] = ("aws", "management_vpc")
OTHER_VPCS: Final[Keys] = ("aws", "existing_vpcs")
KEYS: Final[Keys] = ("aws", "kms_keys")
CLUSTERS: Final[Keys] = ("aws", "eks_clusters")
VPN: Final[Keys] = ("vpn", "aws")

_NAME: Final = re.compile(r"[a-z]([-a-z0-9]{0,61}[a-z0-9])?")
_ARN: Final = re.compile(r"arn:aws[-a-z]*:[-a-z0-9]+:([-a-z0-9]*):([0-9]{12}):")


def free(found: Found, draft: Draft, *types: str) -> list[FoundObject]:
    """The objects of some types that nobody has left as a whole."""
    gone = draft.left_whole
    return [one for one in found.of(*types) if one not in gone]


def unplaced(found: Found, draft: Draft) -> Iterator[FoundObject]:
    """The objects of AWS that no recognizer has taken or left as a whole."""
    placed = draft.left_whole | {one for taken in draft.origins.values() for one in taken}
    return (one for one in found.objects if one.type.startswith(AWS) and one not in placed)


def whereabouts(one: FoundObject) -> tuple[str, str]:
    """Account and region of an object; "" for what its ARN does not say, as those of IAM name no region."""
    match = _ARN.match(one.text("arn"))
    return (match[2], match[1]) if match else (one.text("owner_id"), "")


def in_vpc(one: FoundObject) -> str:
    """Id of the VPC that an object stands in, "" where it stands in none."""
    return one.text("vpc_id") or one.text("vpc_config", 0, "vpc_id")


def vpc_keys(draft: Draft) -> dict[str, str | None]:
    """What clusters of the file call the VPCs that they may stand in, by id; None for the management VPC."""
    found: dict[str, str | None] = {
        one.text("id"): None for one in draft.origins.get(VPC, ()) if one.type == "aws_vpc"
    }
    existing = draft.at(*VPC, "existing", "vpc_id")
    if existing:
        found[existing] = None
    return found | {one["vpc_id"]: key for key, one in (draft.at(*OTHER_VPCS) or {}).items()}


def misfits(cluster: FoundObject) -> list[str]:
    """Why a cluster has no place here, wherever it stands."""
    reasons = {
        "is called what no cluster here can be: lower-case letters, digits and hyphens, at most 63": not _NAME.fullmatch(
            cluster.text("name")
        ),
        "gives pods addresses of IPv6": cluster.text("kubernetes_network_config", 0, "ip_family") == "ipv6",
        "is of Auto Mode, whose nodes AWS makes": cluster.at("compute_config", 0, "enabled") is True,
        "stands on an Outpost": bool(cluster.blocks("outpost_config")),
        "has nodes outside AWS": bool(cluster.blocks("remote_network_config")),
    }
    return [why for why, holds in reasons.items() if holds]


def number(one: FoundObject, *path: str | int) -> int | None:
    """A whole number at a path, in digits or as one; None where there is none."""
    value = one.at(*path)
    if isinstance(value, str) and value.isdigit():
        return int(value)
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def short(draft: Draft, name: str) -> str:
    """A name without the organization and the environment before it, by which a key is called."""
    return re.sub(rf"^[a-z0-9]+-{re.escape(draft.environment)}-(?=.)", "", name)


def is_ours(draft: Draft, name: str, *parts: str) -> bool:
    """Whether something is called as this project would call it, so that it can stay when its name cannot change."""
    organization = draft.organization or name.partition("-")[0]
    return name == physical_name(organization, draft.environment, *parts)


def last_part(arn: str) -> str:
    """What stands behind an ARN's last slash: the name of a role or policy, the id of a key."""
    return arn.rpartition("/")[2]
