"""Which resource an entity's object is, where neither an id nor an attribute tells: a key without an alias, a gateway without a name.

An entity's resources stand below one place of the stack. Where one of a type stands there, and the entity is made of one
object of that type, they are the same.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import FoundObject
from operations.artifacts.stack_json import StackJson, addresses

_PLACES: Final[tuple[tuple[Keys, str], ...]] = (
    (("aws", "bastion"), "Bastion"),
    (("aws", "eks_clusters"), "EksClusters"),
    (("aws", "kms_keys"), "KmsKeys"),
    (("aws", "management_vpc"), "ManagementVpc"),
    (("vpn", "aws", "connections"), "Vpn/Connections"),
    (("vpn", "aws"), "Vpn"),
)
"""Where the resources of entities stand in a stack, by the path of the section; longer ones first."""


def claims(stack: StackJson, draft: Draft) -> dict[str, FoundObject]:
    """The objects that are claimed, by the address of the resource."""
    resources: dict[tuple[str, str], list[str]] = defaultdict(list)
    for address in addresses(stack):
        type_, _, name = address.partition(".")
        metadata = stack["resource"][type_][name].get("//", {}).get("metadata", {})
        path = metadata.get("path", "").partition("/")[2]
        for place in _above(path):
            resources[place, type_].append(address)
    objects: dict[tuple[str, str], set[FoundObject]] = defaultdict(set)
    for keys, origins in draft.origins.items():
        for one in origins if (place := _place(keys)) else ():
            objects[place, one.type].add(one)
    return {
        there[0]: next(iter(ours))
        for claim, ours in objects.items()
        if len(ours) == 1 and len(there := resources.get(claim, [])) == 1
    }


def _above(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:length]) for length in range(1, len(parts))]


def _place(keys: Keys) -> str:
    """The place of the entity that a path of the file is of or lies in; "" where it has none."""
    for section, place in _PLACES:
        if keys[: len(section)] == section:
            has_keys = len(section) > 2 or section[-1] in {"eks_clusters", "kms_keys"}  # noqa: PLR2004 - vpn.aws.connections
            return f"{place}/{keys[len(section)]}" if has_keys and len(keys) > len(section) else place
    return ""
