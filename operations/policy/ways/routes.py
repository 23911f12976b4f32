"""Whether the tables of a stack lead packets from one end to another, one direction at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from ipaddress import IPv4Network
from typing import Final

from estate.derived.ways.way import End, Kind
from operations.policy.stacks import Resource, Stack
from operations.policy.ways.aws_routes import AwsHop, AwsRoutes
from operations.policy.ways.ends import bastion
from operations.policy.ways.google_routes import GoogleHop, GoogleRoutes
from operations.policy.ways.prefixes import networks, uncovered
from operations.policy.ways.references import made, same
from operations.policy.ways.sessions import Side

Ranges = tuple[IPv4Network, ...]


class Site(StrEnum):
    """Whose tables an end is behind."""

    GOOGLE = "google"
    EDGE = "edge"
    APIS = "apis"
    AWS = "aws"
    DATA_CENTER = "data center"
    INTERNET = "internet"


_SITES: Final[Mapping[Kind, Site]] = {
    Kind.GKE_NODES: Site.GOOGLE,
    Kind.GKE_API: Site.GOOGLE,
    Kind.GOOGLE_SUBNETS: Site.GOOGLE,
    Kind.GOOGLE_EDGE: Site.EDGE,
    Kind.GOOGLE_APIS: Site.APIS,
    Kind.EKS_NODES: Site.AWS,
    Kind.EKS_API: Site.AWS,
    Kind.AWS_SUBNETS: Site.AWS,
    Kind.BASTION: Site.AWS,
    Kind.DATA_CENTER: Site.DATA_CENTER,
    Kind.INTERNET: Site.INTERNET,
}
_IN_GOOGLE: Final = {
    Site.GOOGLE: GoogleHop.HERE,
    Site.APIS: GoogleHop.EDGE,
    Site.DATA_CENTER: GoogleHop.DATA_CENTER,
    Site.AWS: GoogleHop.AWS,
}
"""Where the network in Google Cloud has to send what is for a site."""


class Routes:
    """The tables of a stack.

    Args:
        stack: the stack.
        learned: ranges that data centers advertise by the file.
    """

    def __init__(self, stack: Stack, learned: Ranges) -> None:
        self._stack: Final = stack
        self._aws: Final = AwsRoutes(stack)
        self._google: Final = GoogleRoutes(stack, learned, self._aws.vpcs())
        self._from: Final[Mapping[Site, Callable[[End, Site, Ranges], list[str]]]] = {
            Site.GOOGLE: self._from_google,
            Site.APIS: self._from_google_apis,
            Site.DATA_CENTER: self._from_data_center,
            Site.AWS: self._from_aws,
        }

    def lost(self, source: End, target: End) -> list[str]:
        """Why packets of one end do not come to the other; nothing where they do, or where nobody knows the way.

        From the internet, and to ranges that no network here is joined with, is nobody's table; whether a machine has
        a public address is asked.
        """
        site = _SITES[target.kind]
        ask = self._from.get(_SITES[source.kind])
        if ask is None:
            return self._to_public(target) if target.kind is Kind.BASTION else []
        return ask(source, site, self._ranges(target))

    def _ranges(self, end: End) -> Ranges:
        if end.kind is not Kind.BASTION:
            return end.ranges
        return tuple(networks(one.body.get("cidr_block") for one in self._subnets(end)))

    def _subnets(self, end: End) -> list[Resource]:
        if end.kind is not Kind.BASTION:
            return self._aws.within(end.ranges)
        instance = bastion(self._stack)
        subnet = made(self._stack, instance.body.get("subnet_id")) if instance else None
        return [subnet] if subnet else []

    def _in_google(self, site: Site, ranges: Ranges) -> list[str]:
        wanted = _IN_GOOGLE.get(site)
        strays = self._google.strays(ranges, wanted) if wanted else []
        return [f"the network in Google Cloud has no way to {_said(strays)}"] if strays else []

    def _from_google(self, source: End, site: Site, ranges: Ranges) -> list[str]:
        found = self._in_google(site, ranges)
        if site is Site.APIS:
            found += [
                f"{subnet.place.address} has no private_ip_google_access"
                for subnet in self._stack.resources("google_compute_subnetwork")
                if not subnet.body.get("private_ip_google_access")
                and any(one in source.ranges for one in networks([subnet.body.get("ip_cidr_range")]))
            ]
        return found

    def _from_google_apis(self, _source: End, site: Site, ranges: Ranges) -> list[str]:
        return self._in_google(site, ranges)

    def _from_data_center(self, _source: End, site: Site, ranges: Ranges) -> list[str]:
        return [*self._google.untold(Side.DATA_CENTER, ranges), *self._in_google(site, ranges)]

    def _from_aws(self, source: End, site: Site, ranges: Ranges) -> list[str]:
        subnets = self._subnets(source)
        if not subnets:
            return [f"no subnet of {source.words} is made here"]
        found = [reason for subnet in subnets for reason in self._from_subnet(subnet, site, ranges)]
        if site is Site.INTERNET and source.kind is Kind.BASTION:
            found += self._to_public(source)
        if site in (Site.GOOGLE, Site.DATA_CENTER):
            found += self._in_google(site, ranges)
        return list(dict.fromkeys(found))

    def _from_subnet(self, subnet: Resource, site: Site, ranges: Ranges) -> list[str]:
        name, hops = subnet.place.address, self._aws.hops(subnet, ranges)
        if site is Site.AWS:
            strays = [part for part, hop in hops if hop is not AwsHop.HERE]
            return [f"{name} has no way to {_said(strays)}"] if strays else []
        if site is Site.INTERNET:
            strays = [part for part, hop in hops if hop in (None, AwsHop.ELSEWHERE)]
            return [f"{name} has no way to {_said(strays)} of the internet"] if strays else []
        strays = [part for part, hop in hops if hop is not AwsHop.TRANSIT]
        if strays:
            return [f"{name} does not send {_said(strays)} to the transit gateway"]
        gateway = self._aws.gateway(subnet)
        if gateway is None:
            return [f"no transit gateway is attached in the zone of {name}"]
        left = uncovered(ranges, self._google.told(gateway))
        return [f"not every BGP session tells {gateway.address} of {_said(left)}"] if left else []

    def _to_public(self, end: End) -> list[str]:
        instance = bastion(self._stack)
        addresses = self._stack.resources("aws_eip_association")
        if instance is None:
            return ["no bastion is made here"]
        found = [
            f"{subnet.place.address} has no route to an internet gateway"
            for subnet in self._subnets(end)
            if not self._aws.is_public(subnet)
        ]
        if not any(same(self._stack, one.body.get("instance_id"), instance) for one in addresses):
            found.append(f"{instance.place.address} has no public address")
        return found


def _said(ranges: list[IPv4Network]) -> str:
    return ", ".join(map(str, sorted(ranges)))
