"""Subnets by availability zone, with the tables, routes, gateways and addresses by which they reach the internet.

A subnet is public whose default route leads to an internet gateway, by what its own route table says or, where it has
none, the VPC's main one; every other is private. A zone has one of each: of several private ones that which clusters use,
then that with a way out by NAT, then the largest; what is not chosen is left with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Final

from operations.adopt.terraform.draft import Draft
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.aws.objects import VPC, free

_EVERYWHERE: Final = "0.0.0.0/0"
_TABLES: Final = ("aws_route_table", "aws_default_route_table")


@dataclass(frozen=True)
class Ways:
    """Where subnets of a VPC lead to.

    Attributes:
        table: id of the route table, by subnet; that of the VPC itself under "".
        out: gateway of the default route, by table.
    """

    table: Mapping[str, str]
    out: Mapping[str, str]

    @classmethod
    def of_vpc(cls, found: Found, draft: Draft, vpc: FoundObject) -> Ways:
        """The ways of a VPC's subnets, by the route tables that states hold."""
        table = {"": vpc.text("main_route_table_id") or vpc.text("default_route_table_id")}
        for one in free(found, draft, "aws_main_route_table_association"):
            table[""] = one.text("route_table_id")
        for one in free(found, draft, "aws_route_table_association"):
            table[one.text("subnet_id")] = one.text("route_table_id")
        out = {
            one.text("id"): route.get("gateway_id") or route.get("nat_gateway_id") or ""
            for one in free(found, draft, *_TABLES)
            for route in one.blocks("route")
            if route.get("cidr_block") == _EVERYWHERE
        }
        for one in free(found, draft, "aws_route"):
            if one.text("destination_cidr_block") == _EVERYWHERE:
                out[one.text("route_table_id")] = one.text("gateway_id") or one.text("nat_gateway_id")
        return cls(table, out)

    def of(self, subnet: FoundObject) -> str:
        """Id of the gateway that a subnet's default route leads to; "" where it has none."""
        return self.out.get(self.table.get(subnet.text("id"), self.table[""]), "")


def recognize_zones(found: Found, draft: Draft) -> None:
    """Put the zones of the VPC and how they reach the internet."""
    vpc = next(iter(draft.origins.get(VPC, ())), None)
    if vpc is None:
        return
    subnets = [one for one in free(found, draft, "aws_subnet") if _fits(draft, vpc, one)]
    ways, used = Ways.of_vpc(found, draft, vpc), used_subnets(found)
    by_zone: dict[str, dict[str, list[FoundObject]]] = {}
    for one in subnets:
        role = "public" if is_public(ways, one) else "private"
        by_zone.setdefault(one.text("availability_zone"), {}).setdefault(role, []).append(one)
    for zone, roles in sorted(by_zone.items()):
        if len(roles) == 1:
            there, other = ("private", "public") if "private" in roles else ("public", "private")
            for one in roles[there]:
                draft.leave(
                    one,
                    "",
                    f"zone {zone} has no {other} subnet, and a zone here has a private and a public one",
                    "make the other one first, or leave the zone with the Terraform that made it; clusters may stand there all the "
                    "same where the file names the VPC by its ids, in aws.existing_vpcs",
                )
            continue
        for role, several in roles.items():
            best, *others = sorted(several, key=by_rank(ways, used))
            draft.put(
                (*VPC, "zones", zone, role), best.text("cidr_block"), best, *_routes(found, draft, ways, best)
            )
            for one in others:
                draft.leave(
                    one,
                    "",
                    f"zone {zone} has one {role} subnet here, which is {best.text('cidr_block')}",
                    "leave it with the Terraform that made it; where it is the one to take, write its range into the file",
                )
    _gateways(found, draft, vpc)


def _fits(draft: Draft, vpc: FoundObject, subnet: FoundObject) -> bool:
    """Whether a subnet lies in the VPC's first range; says why not."""
    try:
        if IPv4Network(subnet.text("cidr_block")).subnet_of(IPv4Network(vpc.text("cidr_block"))):
            return True
        why = (
            f"lies outside the VPC's first range {vpc.text('cidr_block')}, and a VPC here has that one alone"
        )
    except ValueError:
        why = "has no range of IPv4"
    draft.leave(subnet, "", why, "leave it with the Terraform that made it")
    return False


def used_subnets(found: Found) -> frozenset[str]:
    """Ids of the subnets that clusters and their nodes stand in."""
    clusters = [
        subnet for one in found.of("aws_eks_cluster") for subnet in one.texts("vpc_config", 0, "subnet_ids")
    ]
    return frozenset(
        [*clusters, *(id_ for one in found.of("aws_eks_node_group") for id_ in one.texts("subnet_ids"))]
    )


def is_public(ways: Ways, subnet: FoundObject) -> bool:
    """Whether a subnet's default route leads to an internet gateway."""
    return ways.of(subnet).startswith("igw-")


def by_rank(ways: Ways, used: frozenset[str]) -> Callable[[FoundObject], tuple[bool, bool, int, str]]:
    """What subnets of a zone are sorted by, the one to take first: used by clusters, with a way out, the largest."""

    def rank(one: FoundObject) -> tuple[bool, bool, int, str]:
        network = IPv4Network(one.text("cidr_block"))
        return one.text("id") not in used, not ways.of(one), network.prefixlen, str(network)

    return rank


def _routes(found: Found, draft: Draft, ways: Ways, subnet: FoundObject) -> list[FoundObject]:
    """The association, the table and the default route of a subnet."""
    table = ways.table.get(subnet.text("id"), "")
    return [
        *(
            one
            for one in free(found, draft, "aws_route_table_association")
            if one.text("subnet_id") == subnet.text("id")
        ),
        *(one for one in free(found, draft, "aws_route_table") if one.text("id") == table),
        *(
            one
            for one in free(found, draft, "aws_route")
            if (one.text("route_table_id"), one.text("destination_cidr_block")) == (table, _EVERYWHERE)
        ),
    ]


def _gateways(found: Found, draft: Draft, vpc: FoundObject) -> None:
    """Put how many NAT gateways there are, and take them, their addresses and the internet gateway."""
    for one in free(found, draft, "aws_internet_gateway"):
        if one.text("vpc_id") == vpc.text("id"):
            draft.takes(VPC, one)
    zones = draft.at(*VPC, "zones") or {}
    zone_of = {
        one.text("id"): zone
        for zone in zones
        for one in draft.origins.get((*VPC, "zones", zone, "public"), ())
        if one.type == "aws_subnet"
    }
    gateways = sorted(
        (one for one in free(found, draft, "aws_nat_gateway") if one.text("subnet_id") in zone_of),
        key=lambda one: (zone_of[one.text("subnet_id")], one.text("id")),
    )
    single = len(gateways) == 1 and len(zones) > 1
    if single:
        draft.put((*VPC, "nat_gateways"), "single")
    elif zones and not gateways:
        draft.notes.append(
            "no NAT gateway is in the states, and private subnets reach the internet by one here: the first apply makes one "
            "a zone, or one for all with aws.management_vpc.nat_gateways: single"
        )
    wanted = [min(zones)] if single else list(zones)
    for one in gateways:
        zone = zone_of[one.text("subnet_id")]
        if zone not in wanted:
            where = f"stands in zone {zone}, and here " + (
                f"the single one stands in the first zone, {min(zones)}" if single else "a zone has one"
            )
            draft.leave(
                one,
                "",
                where,
                "tell those who have its address in their lists that another takes its place, and destroy it afterwards",
            )
            continue
        wanted.remove(zone)
        addresses = [
            address
            for address in free(found, draft, "aws_eip")
            if (address.text("allocation_id") or address.text("id")) == one.text("allocation_id")
        ]
        draft.takes((*VPC, "zones", zone), one, *addresses)
