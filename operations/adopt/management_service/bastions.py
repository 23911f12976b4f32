"""Which instance of a running service is its bastion."""

from __future__ import annotations

from operations.adopt.management_service.matching import Matching
from operations.adopt.management_service.tfstate import State, StateObject


def take_bastion(matching: Matching, state: State) -> None:
    """Take the one instance in a public subnet, and the address that it has, for the section's bastion.

    With several instances there, the one whose name or address in the state says bastion.
    """
    public = {
        matching.found[subnet.address].text("id")
        for subnet in matching.of("aws_subnet")
        if subnet.address in matching.found and subnet.construct_path.endswith("/PublicSubnet")
    }
    for resource in matching.of("aws_instance"):
        # In an existing VPC the subnet's id stands in the section itself.
        subnets = public | {resource.body["subnet_id"]}
        found = [
            one for one in state.of("aws_instance") if one.text("subnet_id") in subnets and one.import_id
        ]
        found = found if len(found) == 1 else [one for one in found if _says_bastion(one)]
        if len(found) == 1:
            matching.take(resource.address, found[0])
            _take_address(matching, state, resource.construct_path, found[0].import_id)


def _take_address(matching: Matching, state: State, construct_path: str, instance_id: str) -> None:
    scope = construct_path.rpartition("/")[0]
    addresses = [one for one in state.of("aws_eip") if one.text("instance") == instance_id and one.import_id]
    for resource in matching.of("aws_eip"):
        if resource.construct_path.rpartition("/")[0] == scope and len(addresses) == 1:
            matching.take(resource.address, addresses[0])


def _says_bastion(found: StateObject) -> bool:
    tags = found.attributes.get("tags")
    name = tags.get("Name") if isinstance(tags, dict) else None
    return "bastion" in f"{name} {found.address}".lower()
