"""Any cluster that keeps the rules is accepted, and any one rule broken in it is named."""

from __future__ import annotations

import copy
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from environments.model.vmware.user_cluster import UserClusterConfig
from tests.environments.model.refusals import refusals

IMAGES = {
    "1.34": ["ubuntu_cgv2", "cos_cgv2", "ubuntu_containerd", "cos"],
    "1.35": ["ubuntu_cgv2", "cos_cgv2"],
}


@st.composite
def sizes(draw: st.DrawFn) -> dict[str, Any]:
    """The size of a pool, fixed or not."""
    least = draw(st.integers(3, 6))
    if draw(st.booleans()):
        return {"replicas": least}
    return {"autoscaling": {"min_replicas": least, "max_replicas": least + draw(st.integers(0, 6))}}


@st.composite
def clusters(draw: st.DrawFn) -> dict[str, Any]:
    """A valid cluster: its subnet is dealt out from a random place on, in the order of its roles."""
    network = IPv4Network((draw(st.integers(0, 255)) << 16 | 10 << 24, draw(st.integers(22, 24))))
    free = iter(
        range(int(network.network_address) + draw(st.integers(1, 100)), int(network.broadcast_address))
    )

    def take(count: int) -> str:
        numbers = [next(free) for _ in range(count)]
        for _ in range(draw(st.integers(0, 3))):
            next(free)
        first, last = IPv4Address(numbers[0]), IPv4Address(numbers[-1])
        return f"{first}-{last}" if count > 1 else str(first)

    minor = draw(st.sampled_from(sorted(IMAGES)))
    pools = {
        name: {**draw(sizes()), "image_type": draw(st.sampled_from(IMAGES[minor]))}
        for name in draw(st.lists(st.sampled_from("abcd"), min_size=1, max_size=3, unique=True))
    }
    next(iter(pools.values()))["load_balancer"] = True
    most = sum(
        pool["autoscaling"]["max_replicas"] if "autoscaling" in pool else pool["replicas"]
        for pool in pools.values()
    )
    ingress = take(1)
    return {
        "version": f"{minor}.{draw(st.integers(0, 300))}-gke.{draw(st.integers(1, 999))}",
        "network": {
            "port_group": "vlan-1",
            "cidr": str(network),
            "gateway": take(1),
            "node_ips": [take(1), take(most)],
            "dns": ["172.20.0.53"],
            "ntp": ["172.20.0.123"],
            "pods": "192.168.0.0/16",
            "services": "172.16.0.0/20",
        },
        "control_plane": {"vip": take(1), "ips": [take(1), take(1), take(1)]},
        "load_balancer": {
            "metal_lb": {
                "ingress_vip": ingress,
                "pools": {"ingress": {"addresses": [ingress]}, "rest": {"addresses": [take(5)]}},
            }
        },
        "node_pools": pools,
    }


def _last(ranges: str) -> str:
    return ranges.rpartition("-")[2]


def _outside(cluster: dict[str, Any]) -> str:
    return str(IPv4Network(cluster["network"]["cidr"]).network_address - 1)


def _metal_lb(cluster: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = cluster["load_balancer"]["metal_lb"]
    return found


def _set(cluster: dict[str, Any], *path: Any, to: Any) -> None:
    for part in path[:-1]:
        cluster = cluster[part]
    cluster[path[-1]] = to


MISTAKES: dict[str, tuple[Callable[[dict[str, Any]], object], str, str]] = {
    "two control plane ips": (lambda c: c["control_plane"]["ips"].pop(), "control_plane.ips", "exactly 3"),
    "no room for surge": (lambda c: c["network"]["node_ips"].pop(0), "network.node_ips", "add 1"),
    "vip elsewhere": (
        lambda c: _set(c, "control_plane", "vip", to=_outside(c)),
        "control_plane.vip",
        "inside network.cidr",
    ),
    "vip is a worker": (
        lambda c: _set(c, "control_plane", "vip", to=_last(c["network"]["node_ips"][1])),
        "network.node_ips.1",
        "must not overlap control_plane.vip",
    ),
    "node is the gateway": (
        lambda c: _set(c, "control_plane", "ips", 1, to=c["network"]["gateway"]),
        "control_plane.ips.1",
        "must not overlap network.gateway",
    ),
    "ingress in no pool": (
        lambda c: _set(_metal_lb(c), "ingress_vip", to=_outside(c)),
        "load_balancer.metal_lb.ingress_vip",
        "one of the pools",
    ),
    "ingress in two pools": (
        lambda c: _metal_lb(c)["pools"]["rest"]["addresses"].append(_metal_lb(c)["ingress_vip"]),
        "load_balancer.metal_lb.pools.rest.addresses.1",
        "must not overlap load_balancer.metal_lb.pools.ingress",
    ),
    "pods cover dns": (
        lambda c: _set(c, "network", "pods", to="172.20.0.0/24"),
        "network.pods",
        "must not cover",
    ),
    "services are pods": (
        lambda c: _set(c, "network", "services", to="192.168.0.0/20"),
        "network.services",
        "must not overlap pods",
    ),
    "dns is the vip": (
        lambda c: _set(c, "network", "dns", to=[c["control_plane"]["vip"]]),
        "network.dns.0",
        "must be outside control_plane.vip",
    ),
    "nowhere for MetalLB": (
        lambda c: [pool.update(load_balancer=False) for pool in c["node_pools"].values()],
        "node_pools",
        "load_balancer: true",
    ),
    "version out of support": (lambda c: c.update(version="1.33.0-gke.1"), "version", "out of support"),
}


@given(clusters())
def test_a_cluster_that_keeps_the_rules_is_accepted(cluster: dict[str, Any]) -> None:
    """And knows every address that it uses: each once, each in its subnet."""
    assert refusals(UserClusterConfig, cluster) == {}

    uses = [a for use in UserClusterConfig.model_validate(cluster).uses() for a in use.addresses]
    assert len(uses) == len(set(uses))
    assert all(address in IPv4Network(cluster["network"]["cidr"]) for address in uses)


@given(clusters(), st.sampled_from(sorted(MISTAKES)))
def test_a_single_broken_rule_is_named(cluster: dict[str, Any], mistake: str) -> None:
    """At the field that has to change, and nothing else is complained of."""
    make, path, words = MISTAKES[mistake]
    broken = copy.deepcopy(cluster)
    make(broken)

    found = refusals(UserClusterConfig, broken)

    assert list(found) == [path]
    assert words in found[path]
