"""Whether what stands before the ends of a way lets its packets through.

Firewalls and security groups answer what they let in, so that only the first packet is asked. Left out: what
controllers of a cluster open for its own load balancers, and firewalls of data centers, which are rows of
`hybrid firewall`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from ipaddress import IPv4Network
from typing import Final

from estate.derived.ways.aws import PUBLIC
from estate.derived.ways.way import Kind, Way
from estate.facts.ways.clouds import ASK_NAMES
from operations.policy.stacks import Resource, Stack
from operations.policy.ways import firewall_policy, security_groups
from operations.policy.ways.ends import accounts, bastion, cluster
from operations.policy.ways.layers import Layer, layer
from operations.policy.ways.names import astray, is_asked_from_outside
from operations.policy.ways.prefixes import networks, uncovered
from operations.policy.ways.references import made, same

_GOOGLE: Final = frozenset({Kind.GKE_NODES, Kind.GOOGLE_SUBNETS})
_OUTSIDE: Final = frozenset({Kind.DATA_CENTER, Kind.AWS_SUBNETS, Kind.EKS_NODES})


def held_back(stack: Stack, way: Way) -> list[str]:
    """Why the way's packets are not let out or in; nothing when they are."""
    found = [*_at_source(stack, way), *_at_target(stack, way)]
    return list(dict.fromkeys(found))


def _at_source(stack: Stack, way: Way) -> Iterator[str]:
    if way.source.kind in _GOOGLE:
        yield from _by_policy(stack, way, incoming=False)
    if way.source.kind is Kind.BASTION:
        instance = bastion(stack)
        groups = security_groups.groups(
            stack, instance.body.get("vpc_security_group_ids") if instance else None
        )
        yield from _by_groups(
            way, lambda one: security_groups.refused(stack, groups, "egress", way.target.ranges, one)
        )
    eks = cluster(stack, way.source) if way.source.kind is Kind.EKS_NODES else None
    if eks:
        yield from _own_groups(stack, eks)


def _at_target(stack: Stack, way: Way) -> Iterator[str]:
    if way.reason is ASK_NAMES:
        # Entry points stand in the subnets, but before the firewall of machines.
        if not is_asked_from_outside(stack):
            yield "no google_dns_policy lets name servers of other networks ask"
    elif way.target.kind in _GOOGLE:
        yield from _by_policy(stack, way, incoming=True)
    ask = _AT_TARGET.get(way.target.kind)
    if ask:
        yield from ask(stack, way)


def _by_policy(stack: Stack, way: Way, *, incoming: bool) -> Iterator[str]:
    end = way.target if incoming else way.source
    gke = cluster(stack, end)
    machines = accounts(stack, gke) if gke else None
    for port in way.ports:
        one = layer(port)
        if incoming and way.source.kind is Kind.GKE_API and firewall_policy.gke_lets_in(one):
            continue
        reason = firewall_policy.refused(
            stack, way.source.ranges, way.target.ranges, one, incoming=incoming, accounts=machines
        )
        if reason:
            yield reason


def _gke_api(stack: Stack, way: Way) -> Iterator[str]:
    gke = cluster(stack, way.target)
    if gke is None:
        yield f"no {way.target.words} is made here"
        return
    if way.source.kind is Kind.GKE_NODES and way.source.name == way.target.name:
        return  # its own nodes and pods are always let in
    blocks = gke.blocks("master_authorized_networks_config", "cidr_blocks")
    left = uncovered(way.source.ranges, networks(block.get("cidr_block") for block in blocks))
    if left:
        yield f"{gke.place.address} has no authorized network for {_said(left)}"
    private = next(iter(gke.blocks("private_cluster_config")), {})
    everywhere = any(
        one.get("enabled") for one in gke.blocks("private_cluster_config", "master_global_access_config")
    )
    if not private.get("master_ipv4_cidr_block"):
        yield f"{gke.place.address} has no private address"
    if way.source.kind in _OUTSIDE and not everywhere:
        region = str(gke.body.get("location"))
        for tunnel in stack.resources("google_compute_vpn_tunnel"):
            at = tunnel.body.get("region", region)
            if at != region:
                yield f"{tunnel.place.address} ends in {at} and {gke.place.address} answers in {region} alone"


def _google_apis(stack: Stack, way: Way) -> Iterator[str]:
    yield from astray(stack, way.names, way.target.ranges)


def _eks_api(stack: Stack, way: Way) -> Iterator[str]:
    eks = cluster(stack, way.target)
    if eks is None:
        yield f"no {way.target.words} is made here"
        return
    [config] = eks.blocks("vpc_config") or [{}]
    if way.source.name == PUBLIC:
        left = uncovered(way.source.ranges, networks(config.get("public_access_cidrs") or []))
        if left or not config.get("endpoint_public_access"):
            yield f"the public endpoint of {eks.place.address} does not let in {_said(left or way.source.ranges)}"
        return
    if not config.get("endpoint_private_access"):
        yield f"{eks.place.address} has no private endpoint"
    if way.source.kind is Kind.EKS_NODES and way.source.name == way.target.name:
        return  # by the security group that EKS makes for both
    groups = security_groups.groups(stack, config.get("security_group_ids"))
    sources = way.source.ranges
    group = None
    if way.source.kind is Kind.BASTION:
        instance = bastion(stack)
        own = security_groups.groups(stack, instance.body.get("vpc_security_group_ids") if instance else None)
        subnet = made(stack, instance.body.get("subnet_id")) if instance else None
        group = next(iter(own), None)
        sources = tuple(networks([subnet.body.get("cidr_block")])) if subnet else ()
    yield from _by_groups(
        way, lambda one: security_groups.refused(stack, groups, "ingress", sources, one, group=group)
    )


def _bastion(stack: Stack, way: Way) -> Iterator[str]:
    instance = bastion(stack)
    groups = security_groups.groups(stack, instance.body.get("vpc_security_group_ids") if instance else None)
    yield from _by_groups(
        way, lambda one: security_groups.refused(stack, groups, "ingress", way.source.ranges, one)
    )


def _own_groups(stack: Stack, eks: Resource) -> Iterator[str]:
    """Nodes have the group that EKS makes, which lets everything out, unless their launch template names others."""
    for nodes in stack.resources("aws_eks_node_group"):
        templates = (
            nodes.blocks("launch_template") if same(stack, nodes.body.get("cluster_name"), eks) else []
        )
        for template in filter(None, (made(stack, block.get("id")) for block in templates)):
            if template.body.get("vpc_security_group_ids") or template.blocks("network_interfaces"):
                yield f"cannot be evaluated, because {template.place.address} names security groups of its own"


def _by_groups(way: Way, ask: Callable[[Layer], str | None]) -> Iterator[str]:
    for port in way.ports:
        reason = ask(layer(port))
        if reason:
            yield reason


def _said(ranges: list[IPv4Network] | tuple[IPv4Network, ...]) -> str:
    return ", ".join(map(str, ranges))


_AT_TARGET: Final[Mapping[Kind, Callable[[Stack, Way], Iterator[str]]]] = {
    Kind.GKE_API: _gke_api,
    Kind.GOOGLE_APIS: _google_apis,
    Kind.EKS_API: _eks_api,
    Kind.BASTION: _bastion,
}
