"""Which object of the states is which resource of the stack that was synthesized from them.

By type and import id, where the id follows from what a stack says. Where a cloud makes ids up, by what makes a thing
what it is (a subnet by its network and range), and by what refers to it or is referred to from what is paired already.
Nothing is guessed: of several that would do, none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.object_ids import import_id
from operations.adopt.terraform.values import same
from operations.artifacts.stack_json import StackJson, addresses
from operations.imports.import_ids import IdUnknown, ImportIds

IDENTITY: Final[Mapping[str, tuple[str, ...]]] = {
    "aws_customer_gateway": ("ip_address", "bgp_asn"),
    "aws_default_security_group": ("vpc_id",),
    "aws_ebs_volume": ("availability_zone", "size"),
    "aws_ec2_transit_gateway": ("amazon_side_asn",),
    "aws_ec2_transit_gateway_vpc_attachment": ("transit_gateway_id", "vpc_id"),
    "aws_eip": ("tags.Name",),
    "aws_eip_association": ("allocation_id",),
    "aws_flow_log": ("vpc_id",),
    "aws_iam_openid_connect_provider": ("url",),
    "aws_iam_policy": ("name",),
    "aws_iam_service_linked_role": ("aws_service_name",),
    "aws_instance": ("subnet_id", "tags.Name"),
    "aws_internet_gateway": ("vpc_id",),
    "aws_kms_key": ("tags.Name",),
    "aws_launch_template": ("name",),
    "aws_lb": ("name",),
    "aws_lb_listener": ("load_balancer_arn", "port"),
    "aws_lb_target_group": ("name",),
    "aws_nat_gateway": ("subnet_id",),
    "aws_route53_resolver_endpoint": ("direction", "name"),
    "aws_route53_resolver_rule": ("domain_name", "rule_type"),
    "aws_route53_resolver_rule_association": ("resolver_rule_id", "vpc_id"),
    "aws_route_table": ("vpc_id", "tags.Name"),
    "aws_route_table_association": ("subnet_id",),
    "aws_security_group": ("vpc_id", "name"),
    "aws_subnet": ("vpc_id", "cidr_block"),
    "aws_vpc": ("cidr_block",),
    "aws_vpc_endpoint": ("vpc_id", "service_name"),
    "aws_vpc_security_group_egress_rule": (
        "security_group_id",
        "ip_protocol",
        "from_port",
        "to_port",
        "cidr_ipv4",
        "referenced_security_group_id",
    ),
    "aws_vpc_security_group_ingress_rule": (
        "security_group_id",
        "ip_protocol",
        "from_port",
        "to_port",
        "cidr_ipv4",
        "referenced_security_group_id",
    ),
    "aws_vpn_connection": ("customer_gateway_id", "transit_gateway_id"),
    "vsphere_distributed_port_group": ("name",),
    "vsphere_folder": ("path",),
    "vsphere_resource_pool": ("name",),
    "vsphere_role": ("name",),
    "vsphere_tag": ("name",),
}
"""What makes a thing what it is, where a cloud makes its id up or a state does not say what the id is made of."""

_REFERENCE: Final = re.compile(r"\$\{((?:data\.)?[a-z][a-z0-9_]*\.[A-Za-z_][-\w]*)\.([^}]+)\}")
_INDEX: Final = re.compile(r"\[(\d+)\]")
_NAMES: Final = ("id", "self_link", "arn", "name", "allocation_id", "key_id")
"""What a reference to an object may be."""


class Unknown:
    """What a stack says and nobody knows yet."""


AFTER_APPLY: Final = Unknown()
"""A part of something new: a plan does not know it either, and takes it for a change."""
IN_PLAN: Final = Unknown()
"""What data says and an expression comes to, which a plan finds out."""


class Pairs(ImportIds):
    """The resources of one stack with the objects that they are.

    Args:
        stack: the synthesized stack.
        found: what is in the states.
        claims: objects that are known to be a resource before anything is compared, by its address.

    Attributes:
        by_address: the objects, by the address of the resource.
    """

    def __init__(
        self, stack: StackJson, found: Found, claims: Mapping[str, FoundObject] = MappingProxyType({})
    ) -> None:
        super().__init__(stack)
        self.stack = stack
        self.by_address: dict[str, FoundObject] = {}
        self._found = found
        self._ids: dict[tuple[str, str], FoundObject] = {}
        for one in found.objects:
            if id_ := import_id(one):
                self._ids.setdefault((one.type, id_), one)
        self._taken: set[FoundObject] = set()
        self._open = dict(_resources(stack))
        for address, one in claims.items():
            self._take(address, one)
        before = -1
        while before != len(self.by_address):
            before = len(self.by_address)
            self._pair_by_id()
            self._pair_by_identity()
            self._pair_by_reference()

    def id_of(self, address: str) -> str:
        """The id by which a paired resource imports its object; "" where no import takes it."""
        try:
            return self.of(address)
        except IdUnknown:
            return import_id(self.by_address[address])

    def resolved(self, value: Any) -> Any:
        """What a stack says, its references replaced by what they mean, as far as that is known."""
        if isinstance(value, dict):
            return {key: self.resolved(below) for key, below in value.items()}
        if isinstance(value, list):
            return [self.resolved(below) for below in value]
        if not isinstance(value, str) or "${" not in value:
            return value
        whole = _REFERENCE.fullmatch(value)
        if whole:
            return self._meant(whole[1], whole[2])
        pieces = [(of[0], self._meant(of[1], of[2])) for of in _REFERENCE.finditer(value)]
        for reference, meant in pieces:
            if isinstance(meant, str):
                value = value.replace(reference, meant)
        return IN_PLAN if "${" in value else value

    def _look_up(self, address: str) -> str:
        if address not in self.by_address:
            return super()._look_up(address)
        return import_id(self.by_address[address]) or super()._look_up(address)

    def _meant(self, address: str, path: str) -> Any:
        one = self.by_address.get(address)
        if one is None:
            return self._said_by_the_stack(address, path)
        value = one.at(*_steps(path))
        if value is None and path in _NAMES:
            # Older providers know the same value as the id only.
            value = one.text("id") or None
        return IN_PLAN if value is None else value

    def _said_by_the_stack(self, address: str, path: str) -> Any:
        """What is known of something new: what is said of it in so many words, and an id that follows."""
        unknown = IN_PLAN if address.startswith("data.") else AFTER_APPLY
        try:
            return self._literal(self._said(address, path), address) if "[" not in path else unknown
        except IdUnknown:
            return unknown

    def _take(self, address: str, one: FoundObject) -> None:
        self.by_address[address] = one
        self._taken.add(one)
        del self._open[address]

    def _pair_by_id(self) -> None:
        for address in list(self._open):
            try:
                id_ = self.of(address)
            except IdUnknown:
                continue
            one = self._ids.get((address.partition(".")[0], id_))
            if one is not None and one not in self._taken:
                self._take(address, one)

    def _pair_by_identity(self) -> None:
        """Pair what only one object can be, and what can only be that one."""
        wanted: dict[FoundObject, list[str]] = {}
        for address in self._open:
            candidates = self._alike(address)
            if len(candidates) == 1:
                wanted.setdefault(candidates[0], []).append(address)
        for one, claimants in wanted.items():
            if len(claimants) == 1:
                self._take(claimants[0], one)

    def _alike(self, address: str) -> list[FoundObject]:
        type_ = address.partition(".")[0]
        attributes = IDENTITY.get(type_, ())
        mine = [self.resolved(_at(self._open[address], name)) for name in attributes]
        if (
            not attributes
            or any(isinstance(value, Unknown) for value in mine)
            or all(value is None for value in mine)
        ):
            return []
        return [
            one
            for one in self._free(type_)
            if all(
                same(value, one.at(*name.split("."))) for name, value in zip(attributes, mine, strict=True)
            )
        ]

    def _pair_by_reference(self) -> None:
        """Pair what a paired resource refers to with what its object refers to."""
        for address, one in list(self.by_address.items()):
            for path, value in _texts(_body(self.stack, address), ()):
                reference = _REFERENCE.fullmatch(value)
                if reference and reference[1] in self._open:
                    self._pair_referred(reference[1], one.at(*path))

    def _pair_referred(self, address: str, theirs: Any) -> None:
        named = [
            one
            for one in self._free(address.partition(".")[0])
            if isinstance(theirs, str) and theirs and any(same(theirs, one.text(name)) for name in _NAMES)
        ]
        if len(named) == 1:
            self._take(address, named[0])

    def _free(self, type_: str) -> Iterator[FoundObject]:
        return (one for one in self._found.of(type_) if one not in self._taken)


def _resources(stack: StackJson) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for address in addresses(stack):
        yield address, _body(stack, address)


def _body(stack: StackJson, address: str) -> Mapping[str, Any]:
    type_, _, name = address.partition(".")
    body: Mapping[str, Any] = stack["resource"][type_][name]
    return body


def _at(body: Mapping[str, Any], path: str) -> Any:
    value: Any = body
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _steps(path: str) -> list[str | int]:
    """A path of Terraform's, ``identity[0].oidc[0].issuer``, as steps."""
    words = _INDEX.sub(r".\1", path).split(".")
    return [int(word) if word.isdecimal() else word for word in words]


def _texts(value: Any, at: tuple[str | int, ...]) -> Iterator[tuple[Sequence[str | int], str]]:
    """Texts of a body with the steps to them in a state, where one block is a list of one.

    Lists of several are left out: they may be sets, in another order.
    """
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for key, below in value.items():
            is_block = isinstance(below, dict)
            yield from _texts(below, (*at, key, 0) if is_block else (*at, key)) if key not in _META else ()
    elif isinstance(value, list) and len(value) == 1:
        yield from _texts(value[0], (*at, 0))


_META: Final = frozenset({"//", "lifecycle", "depends_on", "provider"})
