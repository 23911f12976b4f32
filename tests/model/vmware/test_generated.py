"""Any cluster that keeps the rules is accepted, and any one rule broken in it is named."""

from __future__ import annotations

import copy
from collections.abc import Callable
from ipaddress import IPv4Network
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from estate.model.vmware.user_cluster import UserClusterConfig
from estate.model.vmware.vmware import VmwareConfig
from tests.model.refusals import refusals
from tests.model.vmware.generated import clusters, sections

Document = dict[str, Any]


def place(document: Document, path: str) -> Any:
    """What stands at a dotted path."""
    found: Any = document
    for part in path.split("."):
        found = found[int(part)] if isinstance(found, list) else found[part]
    return found


def put(document: Document, path: str, value: Any) -> None:
    """Write something else to a dotted path."""
    above, _, last = path.rpartition(".")
    section: Any = place(document, above) if above else document
    section[int(last) if isinstance(section, list) else last] = value


def last_of(ranges: str) -> str:
    """The last address of a range."""
    return ranges.rpartition("-")[2]


def outside(cluster: Document) -> str:
    """An address beside the cluster's subnet."""
    return str(IPv4Network(place(cluster, "network.cidr")).network_address - 1)


def broadcast(cluster: Document) -> str:
    """The last address of the subnet, which no host may have."""
    return str(IPv4Network(place(cluster, "network.cidr")).broadcast_address)


Mistake = tuple[Callable[[Document], object], str, str]
POOLS = "load_balancer.metal_lb.pools"
MISTAKES: dict[str, Mistake] = {
    "two control plane ips": (
        lambda c: place(c, "control_plane.ips").pop(),
        "control_plane.ips",
        "exactly 3",
    ),
    "no room for surge": (lambda c: place(c, "network.node_ips").pop(0), "network.node_ips", "add 1"),
    "gateway elsewhere": (
        lambda c: put(c, "network.gateway", outside(c)),
        "network.gateway",
        "inside network.cidr",
    ),
    "vip elsewhere": (
        lambda c: put(c, "control_plane.vip", outside(c)),
        "control_plane.vip",
        "inside network.cidr",
    ),
    "vip is the broadcast address": (
        lambda c: put(c, "control_plane.vip", broadcast(c)),
        "control_plane.vip",
        "first and last address left out",
    ),
    "control plane node elsewhere": (
        lambda c: put(c, "control_plane.ips.2", outside(c)),
        "control_plane.ips.2",
        "inside network.cidr",
    ),
    "workers elsewhere": (
        lambda c: place(c, "network.node_ips").append(outside(c)),
        "network.node_ips.2",
        "inside network.cidr",
    ),
    "pool elsewhere": (
        lambda c: place(c, f"{POOLS}.rest.addresses").append(outside(c)),
        f"{POOLS}.rest.addresses.1",
        "inside network.cidr",
    ),
    "vip is a worker": (
        lambda c: put(c, "control_plane.vip", last_of(place(c, "network.node_ips.1"))),
        "network.node_ips.1",
        "must not overlap control_plane.vip",
    ),
    "vip is the ingress": (
        lambda c: put(c, "control_plane.vip", place(c, "load_balancer.metal_lb.ingress_vip")),
        f"{POOLS}.ingress.addresses.0",
        "must not overlap control_plane.vip",
    ),
    "node is the gateway": (
        lambda c: put(c, "control_plane.ips.1", place(c, "network.gateway")),
        "control_plane.ips.1",
        "must not overlap network.gateway",
    ),
    "worker twice": (
        lambda c: place(c, "network.node_ips").append(place(c, "network.node_ips.0")),
        "network.node_ips.2",
        "must not overlap network.node_ips.0",
    ),
    "ingress in no pool": (
        lambda c: put(c, "load_balancer.metal_lb.ingress_vip", outside(c)),
        "load_balancer.metal_lb.ingress_vip",
        "one of the pools",
    ),
    "ingress in two pools": (
        lambda c: place(c, f"{POOLS}.rest.addresses").append(place(c, "load_balancer.metal_lb.ingress_vip")),
        f"{POOLS}.rest.addresses.1",
        f"must not overlap {POOLS}.ingress",
    ),
    "pods cover dns": (
        lambda c: put(c, "network.pods", "172.20.0.0/24"),
        "network.pods",
        "must not cover",
    ),
    "services are pods": (
        lambda c: put(c, "network.services", "192.168.0.0/20"),
        "network.services",
        "must not overlap pods",
    ),
    "dns is the vip": (
        lambda c: put(c, "network.dns", [place(c, "control_plane.vip")]),
        "network.dns.0",
        "must be outside control_plane.vip",
    ),
    "ntp is the broadcast address": (
        lambda c: put(c, "network.ntp", [broadcast(c)]),
        "network.ntp.0",
        "no host's",
    ),
    "host name of nobody": (
        lambda c: put(c, "network.hostnames", {outside(c): "stray"}),
        "network.hostnames.*",
        "take the name out",
    ),
    "nowhere for MetalLB": (
        lambda c: [pool.update(load_balancer=False) for pool in c["node_pools"].values()],
        "node_pools",
        "load_balancer: true",
    ),
    "version out of support": (lambda c: put(c, "version", "1.33.0-gke.1"), "version", "out of support"),
}
CROSSING: dict[str, Mistake] = {
    "vip is the neighbour's": (
        lambda s: put(
            s, "user_clusters.data.control_plane.vip", place(s, "user_clusters.apps.control_plane.vip")
        ),
        "user_clusters.data.control_plane.vip",
        "must not overlap user_clusters.apps.control_plane.vip",
    ),
    "node is the neighbour's worker": (
        lambda s: put(
            s,
            "user_clusters.data.control_plane.ips.0",
            last_of(place(s, "user_clusters.apps.network.node_ips.1")),
        ),
        "user_clusters.data.control_plane.ips.0",
        "must not overlap user_clusters.apps.network.node_ips.1",
    ),
    "vip is the admin cluster's": (
        lambda s: put(s, "user_clusters.apps.control_plane.vip", place(s, "admin_cluster.addresses.0")),
        "user_clusters.apps.control_plane.vip",
        "must not overlap admin_cluster.addresses.0",
    ),
    "worker is the workstation": (
        lambda s: place(s, "user_clusters.apps.network.node_ips").append(place(s, "admin_workstation.ip")),
        "user_clusters.apps.network.node_ips.2",
        "must not overlap admin_workstation.ip",
    ),
    "workstation is the admin cluster": (
        lambda s: put(s, "admin_workstation.ip", place(s, "admin_cluster.addresses.0")),
        "admin_cluster.addresses.0",
        "must not overlap admin_workstation.ip",
    ),
    "dns is the neighbour's node": (
        lambda s: put(
            s, "user_clusters.apps.network.dns", [place(s, "user_clusters.data.control_plane.ips.0")]
        ),
        "user_clusters.apps.network.dns.0",
        "must be outside user_clusters.data.control_plane.ips.0",
    ),
    "services cover the admin cluster": (
        lambda s: put(s, "user_clusters.data.network.services", f"{place(s, 'admin_workstation.ip')}/32"),
        "user_clusters.data.network.services",
        "must not cover admin_workstation.ip",
    ),
}


def named(found: dict[str, str], path: str, words: str) -> bool:
    """Tell whether a rule is named at a path and nothing else is; a star stands for one key."""
    if path.endswith("*"):
        found = {f"{key[: len(path) - 1]}*": message for key, message in found.items()}
    return list(found) == [path] and words in found[path]


@settings(max_examples=50)
@given(clusters())
def test_a_cluster_that_keeps_the_rules_is_accepted(cluster: Document) -> None:
    """And knows every address that it uses: each once, each in its subnet."""
    assert refusals(UserClusterConfig, cluster) == {}

    uses = [a for use in UserClusterConfig.model_validate(cluster).uses() for a in use.addresses]
    assert len(uses) == len(set(uses))
    assert all(address in IPv4Network(cluster["network"]["cidr"]) for address in uses)


@settings(max_examples=50)
@given(clusters(fixed=True), st.sampled_from(sorted(MISTAKES)))
def test_a_single_broken_rule_is_named(cluster: Document, mistake: str) -> None:
    """At the field that has to change, and nothing else is complained of."""
    make, path, words = MISTAKES[mistake]
    broken = copy.deepcopy(cluster)
    make(broken)

    assert named(refusals(UserClusterConfig, broken), path, words)


@settings(max_examples=50)
@given(sections())
def test_clusters_that_share_a_subnet_and_no_address_are_accepted(section: Document) -> None:
    """With the admin cluster and its workstation among them."""
    assert refusals(VmwareConfig, section) == {}


@settings(max_examples=50)
@given(sections(), st.sampled_from(sorted(CROSSING)))
def test_a_single_broken_rule_between_clusters_is_named(section: Document, mistake: str) -> None:
    """At the field that has to change, and nothing else is complained of."""
    make, path, words = CROSSING[mistake]
    broken = copy.deepcopy(section)
    make(broken)

    assert named(refusals(VmwareConfig, broken), path, words)
