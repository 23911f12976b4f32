"""Openings that no way of the environment's file asks for.

What lets something in is held against the ways that lead there: parts of its ranges and of its ports that no way has.
A VPC of which some part asks counts as a whole, for its openings name it as a whole. Left out: what is open between
machines of one network, whose ranges are the subnets'; what goes out; security groups of machines that no way leads to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from ipaddress import IPv4Network

from estate.derived.ways.aws import PUBLIC
from estate.derived.ways.way import Kind, Way
from operations.policy.rules.rule import Broken
from operations.policy.stacks import Place, Resource, Stack, Stacks
from operations.policy.ways import security_groups
from operations.policy.ways.ends import bastion, cluster
from operations.policy.ways.firewall_policy import allows
from operations.policy.ways.layers import Layer, aws_layer, layer
from operations.policy.ways.prefixes import networks, uncovered
from operations.policy.ways.references import made

_HTTPS = layer("tcp:443")
_APIS = frozenset({Kind.GKE_API, Kind.EKS_API})
_MACHINES = frozenset({Kind.GKE_NODES, Kind.GOOGLE_SUBNETS})


def unasked(stacks: Stacks) -> Iterator[Broken]:
    """Openings that nothing asks for."""
    for stack in stacks:
        if stack.name == stack.outside.ways.environment:
            # Those too that nobody's table here decides.
            ways = list(_from_whole_vpcs(stack, stack.outside.ways.ways))
            yield from _of_firewall(stack, ways)
            yield from _of_gke(stack, ways)
            if any(stack.resources("aws_vpc")):  # nothing is asked of a VPC that is made elsewhere
                yield from _of_eks(stack, ways)
                yield from _of_bastion(stack, ways)


def _from_whole_vpcs(stack: Stack, ways: Iterable[Way]) -> Iterator[Way]:
    vpcs = networks(one.body.get("cidr_block") for one in stack.resources("aws_vpc"))
    for way in ways:
        ranges = way.source.ranges
        whole = [vpc for vpc in vpcs if any(one.subnet_of(vpc) for one in ranges)]
        yield replace(way, source=replace(way.source, ranges=(*ranges, *whole)))


def _of_firewall(stack: Stack, ways: list[Way]) -> Iterator[Broken]:
    inside = networks(one.body.get("ip_cidr_range") for one in stack.resources("google_compute_subnetwork"))
    to_machines = [way for way in ways if way.target.kind in _MACHINES]
    for rule in allows(stack):
        sources = [one for one in rule.sources if not any(one.subnet_of(subnet) for subnet in inside)]
        yield from _needless(rule.place, sources, rule.layers, to_machines)


def _of_gke(stack: Stack, ways: list[Way]) -> Iterator[Broken]:
    for gke in stack.resources("google_container_cluster"):
        blocks = gke.blocks("master_authorized_networks_config", "cidr_blocks")
        ranges = networks(block.get("cidr_block") for block in blocks)
        yield from _needless(gke.place, ranges, [_HTTPS], _to(stack, ways, gke))


def _of_eks(stack: Stack, ways: list[Way]) -> Iterator[Broken]:
    for eks in stack.resources("aws_eks_cluster"):
        asked = _to(stack, ways, eks)
        for config in eks.blocks("vpc_config"):
            subnets = config.get("subnet_ids") or ()
            if subnets and not any(made(stack, one) for one in subnets):
                continue  # nor of a cluster that stands in one, beside a VPC that is made here
            for group in security_groups.groups(stack, config.get("security_group_ids")):
                yield from _of_group(stack, group, asked)
            public = networks(config.get("public_access_cidrs") or [])
            by_public = [way for way in asked if way.source.name == PUBLIC]
            yield from _needless(eks.place, public, [_HTTPS], by_public)


def _of_bastion(stack: Stack, ways: list[Way]) -> Iterator[Broken]:
    instance = bastion(stack)
    groups = instance.body.get("vpc_security_group_ids") if instance else None
    for group in security_groups.groups(stack, groups):
        yield from _of_group(stack, group, [way for way in ways if way.target.kind is Kind.BASTION])


def _of_group(stack: Stack, group: Resource, asked: list[Way]) -> Iterator[Broken]:
    for place, rule in security_groups.opened(stack, group, "ingress"):
        yield from _needless(place, security_groups.cidrs(rule), [aws_layer(rule)], asked)


def _to(stack: Stack, ways: list[Way], resource: Resource) -> list[Way]:
    found = ((way, cluster(stack, way.target)) for way in ways if way.target.kind in _APIS)
    return [way for way, one in found if one is not None and one.place == resource.place]


def _needless(
    place: Place, ranges: Sequence[IPv4Network], layers: Iterable[Layer], ways: list[Way]
) -> Iterator[Broken]:
    for opened in layers:
        asking = [way for way in ways if _meet(way, ranges, opened)]
        sources = [source for way in asking for source in way.source.ranges]
        left = [part for one in ranges for part in uncovered([one], sources)]
        if left:
            who = ", ".join(map(str, left))
            yield (
                place,
                f"lets {opened} in from {who}, which nothing in the environment's file asks for; take it out",
            )
        wide = opened.without([layer(port) for way in asking for port in way.ports]) if asking else []
        if wide:
            what = ", ".join(map(str, wide))
            yield (
                place,
                f"lets {opened} in, and nothing in the environment's file asks for {what}; name the ports that are meant",
            )


def _meet(way: Way, ranges: Sequence[IPv4Network], opened: Layer) -> bool:
    near = any(one.overlaps(source) for one in ranges for source in way.source.ranges)
    return near and any(opened.meets(layer(port)) for port in way.ports)
