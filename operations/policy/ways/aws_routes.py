"""Where the route tables of a VPC and its transit gateway send packets.

A transit gateway is followed by its default route table, which each attachment is in and tells; a subnet reaches it
only where the attachment has a subnet in its zone. Left out: route tables of a gateway's own, whose types are found
where they stand. https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from ipaddress import IPv4Network
from typing import Final

from operations.policy.stacks import Place, Resource, Stack
from operations.policy.ways.prefixes import looked_up, networks
from operations.policy.ways.references import made, same

_EVERYWHERE: Final = IPv4Network("0.0.0.0/0")


class AwsHop(StrEnum):
    """Where a subnet sends a packet."""

    HERE = "stays in the VPC"
    INTERNET = "leaves by the internet gateway"
    NAT = "leaves by a NAT gateway"
    TRANSIT = "goes to the transit gateway"
    ELSEWHERE = "goes to a hop that is not evaluated"


class AwsRoutes:
    """The routes of a stack's VPC.

    Args:
        stack: the stack.
    """

    def __init__(self, stack: Stack) -> None:
        self._stack: Final = stack
        self.subnets: Final = list(stack.resources("aws_subnet"))

    def within(self, ranges: tuple[IPv4Network, ...]) -> list[Resource]:
        """The subnets that ranges are in."""
        return [
            subnet
            for subnet in self.subnets
            if any(one.overlaps(range_) for one in _cidr(subnet, "cidr_block") for range_ in ranges)
        ]

    def hops(
        self, subnet: Resource, ranges: tuple[IPv4Network, ...]
    ) -> list[tuple[IPv4Network, AwsHop | None]]:
        """Where a subnet sends each part of ranges; None for what it has no route to."""
        table = [*self._routes(subnet)]
        return [part for one in ranges for part in looked_up(table, one)]

    def vpcs(self) -> dict[Place, list[IPv4Network]]:
        """The ranges that each transit gateway has of attached VPCs and so advertises."""
        found: dict[Place, list[IPv4Network]] = {}
        for attachment in self._stack.resources("aws_ec2_transit_gateway_vpc_attachment"):
            gateway = made(self._stack, attachment.body.get("transit_gateway_id"))
            vpc = made(self._stack, attachment.body.get("vpc_id"))
            if gateway and vpc and _propagates(gateway, attachment):
                found.setdefault(gateway.place, []).extend(_cidr(vpc, "cidr_block"))
        return found

    def gateway(self, subnet: Resource) -> Place | None:
        """The transit gateway that is attached in a subnet's zone; None without one."""
        zone = subnet.body.get("availability_zone")
        for attachment in self._stack.resources("aws_ec2_transit_gateway_vpc_attachment"):
            found = [made(self._stack, one) for one in attachment.body.get("subnet_ids", [])]
            if any(one and one.body.get("availability_zone") == zone for one in found):
                gateway = made(self._stack, attachment.body.get("transit_gateway_id"))
                return gateway.place if gateway else None
        return None

    def is_public(self, subnet: Resource) -> bool:
        """Whether a subnet sends what is for the internet to an internet gateway."""
        return any(
            self._leaves(route) and _EVERYWHERE in _cidr(route, "destination_cidr_block")
            for route in self._of_subnet(subnet)
        )

    def _routes(self, subnet: Resource) -> Iterator[tuple[IPv4Network, AwsHop]]:
        vpc = made(self._stack, subnet.body.get("vpc_id"))
        for cidr in _cidr(vpc, "cidr_block") if vpc else ():
            yield cidr, AwsHop.HERE
        for route in self._of_subnet(subnet):
            for cidr in _cidr(route, "destination_cidr_block"):
                yield cidr, self._hop(route)

    def _of_subnet(self, subnet: Resource) -> Iterator[Resource]:
        for association in self._stack.resources("aws_route_table_association"):
            table = made(self._stack, association.body.get("route_table_id"))
            if table and same(self._stack, association.body.get("subnet_id"), subnet):
                for route in self._stack.resources("aws_route"):
                    if same(self._stack, route.body.get("route_table_id"), table):
                        yield route

    def _hop(self, route: Resource) -> AwsHop:
        if route.body.get("transit_gateway_id"):
            return AwsHop.TRANSIT
        if route.body.get("nat_gateway_id"):
            nat = made(self._stack, route.body["nat_gateway_id"])
            subnet = made(self._stack, nat.body.get("subnet_id")) if nat else None
            return AwsHop.NAT if subnet and self.is_public(subnet) else AwsHop.ELSEWHERE
        return AwsHop.INTERNET if self._leaves(route) else AwsHop.ELSEWHERE

    def _leaves(self, route: Resource) -> bool:
        gateway = made(self._stack, route.body.get("gateway_id"))
        return gateway is not None and gateway.type == "aws_internet_gateway"


def _cidr(resource: Resource, key: str) -> list[IPv4Network]:
    return networks([resource.body.get(key)])


def _propagates(gateway: Resource, attachment: Resource) -> bool:
    defaults = ("default_route_table_association", "default_route_table_propagation")
    own = tuple(f"transit_gateway_{key}" for key in defaults)
    return all(gateway.body.get(key, "enable") == "enable" for key in defaults) and not any(
        attachment.body.get(key) is False for key in own
    )
