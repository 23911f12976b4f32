"""Which object of a running service is which resource of the section.

Nothing is known of the names in the Terraform that ``anthos-gke`` generates, so objects are told apart by
what they are: a subnet by its range and zone, a NAT gateway by its subnet, an address by the gateway that
holds it. Left out: types whose own name makes them what they are (roles, security groups, load balancers,
templates); Terraform would replace them for their name, so new ones are made beside them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from operations.adopt.management_service.tfstate import State, StateObject
from operations.artifacts.stack_json import StackJson

# What makes an object of a type the one that is meant, besides being referred to by one that is.
_IDENTITY: Final[Mapping[str, tuple[str, ...]]] = {
    "aws_vpc": ("cidr_block",),
    "aws_subnet": ("vpc_id", "cidr_block", "availability_zone"),
    "aws_internet_gateway": ("vpc_id",),
    "aws_nat_gateway": ("subnet_id",),
    "aws_eip": (),
    "aws_route_table": (),
    "aws_route_table_association": ("subnet_id",),
    "aws_route": ("route_table_id", "destination_cidr_block"),
    "aws_vpc_endpoint": ("vpc_id", "service_name"),
    "aws_kms_key": (),
    "aws_kms_alias": ("name",),
    "aws_instance": (),
    "aws_ebs_volume": ("availability_zone", "kms_key_id"),
    "aws_s3_bucket": ("bucket",),
    "aws_s3_bucket_lifecycle_configuration": ("bucket",),
    "aws_s3_bucket_ownership_controls": ("bucket",),
    "aws_s3_bucket_policy": ("bucket",),
    "aws_s3_bucket_public_access_block": ("bucket",),
    "aws_s3_bucket_server_side_encryption_configuration": ("bucket",),
    "aws_s3_bucket_versioning": ("bucket",),
}
_REFERENCE: Final = re.compile(r"\$\{([a-z][a-z0-9_]*)\.([A-Za-z_][-A-Za-z0-9_]*)\.([a-z_]+)\}")


class Resource(NamedTuple):
    """A resource of the section: its address, type and what the stack says of it."""

    address: str
    type: str
    body: Mapping[str, Any]

    @property
    def construct_path(self) -> str:
        """The construct that it comes from."""
        path: str = self.body["//"]["metadata"]["path"]
        return path


class Matching:
    """The objects that were found, by the address of the resource that shall hold each.

    Attributes:
        found: object by address.
    """

    def __init__(self, stack: StackJson, state: State) -> None:
        self.found: dict[str, StateObject] = {}
        self._resources = {
            f"{type_}.{name}": Resource(f"{type_}.{name}", type_, body)
            for type_, bodies in sorted(stack.get("resource", {}).items())
            if type_ in _IDENTITY
            for name, body in sorted(bodies.items())
        }
        self._made = frozenset(stack.get("resource", {}))
        self._state = state
        self._taken: set[int] = set()
        self._by: dict[tuple[str, tuple[str, ...]], dict[tuple[str, ...], list[StateObject]]] = {}
        self._by_type: dict[str, list[StateObject]] = defaultdict(list)
        for found in state.objects:
            self._by_type[found.type].append(found)

    def of(self, type_: str) -> list[Resource]:
        """The section's resources of a type."""
        return [resource for resource in self._resources.values() if resource.type == type_]

    def take(self, address: str, found: StateObject) -> None:
        """Say which object a resource is, where its own attributes do not tell."""
        self.found[address] = found
        self._taken.add(id(found))

    def run(self) -> None:
        """Match until nothing new is found: each object found tells which are the ones around it."""
        count = -1
        while count != len(self.found):
            count = len(self.found)
            for resource in self._resources.values():
                if resource.address not in self.found:
                    self._match_identity(resource)
            for resource in self._resources.values():
                if resource.address in self.found:
                    self._match_references(resource)

    def rest(self) -> Iterator[tuple[str, str]]:
        """Address and reason of every object of the state that is not taken over."""
        for found in self._state.objects:
            if id(found) not in self._taken and not found.inline:
                yield found.address, self._why_not(found)
        yield from self._state.unreadable

    def _match_identity(self, resource: Resource) -> None:
        attributes = _IDENTITY[resource.type]
        values = tuple(self._resolved(resource, attribute) for attribute in attributes)
        if not attributes or not all(values):
            return
        self._take_only(resource, self._where(resource.type, attributes, values))

    def _match_references(self, resource: Resource) -> None:
        for attribute, value in resource.body.items():
            reference = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
            if reference is None:
                continue
            type_, name, theirs = reference.groups()
            other = self._resources.get(f"{type_}.{name}")
            wanted = self.found[resource.address].text(attribute)
            if other and wanted and other.address not in self.found:
                # Older providers know the same value as the id only, such as that of an address.
                candidates = self._where(type_, (theirs,), (wanted,)) or self._where(
                    type_, ("id",), (wanted,)
                )
                self._take_only(other, candidates)

    def _take_only(self, resource: Resource, candidates: list[StateObject]) -> None:
        free = [found for found in candidates if id(found) not in self._taken and found.import_id]
        # The same thing may stand in a resource of its own and inside another one.
        own = [found for found in free if not found.inline] or free
        if len(own) == 1:
            self.take(resource.address, own[0])

    def _where(self, type_: str, attributes: tuple[str, ...], values: tuple[str, ...]) -> list[StateObject]:
        """The objects whose attributes have these values."""
        if (type_, attributes) not in self._by:
            index: dict[tuple[str, ...], list[StateObject]] = defaultdict(list)
            for found in self._by_type[type_]:
                index[tuple(found.text(attribute) for attribute in attributes)].append(found)
            self._by[type_, attributes] = index
        return self._by[type_, attributes].get(values, [])

    def _resolved(self, resource: Resource, attribute: str) -> str:
        """The attribute's value in the running service; "" while it is not known."""
        if resource.address in self.found:
            return self.found[resource.address].text(attribute)
        value = resource.body.get(attribute)
        reference = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
        if reference:
            other = self._resources.get(f"{reference[1]}.{reference[2]}")
            return self._resolved(other, reference[3]) if other else ""
        return value if isinstance(value, str) else ""

    def _why_not(self, found: StateObject) -> str:
        if found.type not in self._made:
            return "the section makes nothing of this type"
        if found.type not in _IDENTITY:
            return "its name makes it what it is; the section makes one of its own name beside it"
        if found.type == "aws_instance":
            return "it cannot be told to be the bastion, the one instance in a public subnet"
        if found.type == "aws_kms_key":
            return "the document does not name it"
        attributes = _IDENTITY[found.type]
        if not attributes:
            return "nothing that is taken over uses it"
        return (
            f"no {found.type} of the section has its {' and '.join(attributes)}, or several objects have them"
        )
