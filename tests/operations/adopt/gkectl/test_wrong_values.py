"""A wrong value is said at its place in gkectl's file, whoever finds it: the reader, or an environment's rules."""

from __future__ import annotations

from typing import Any

import pytest

from tests.operations.adopt.gkectl.samples import USER, changed
from tests.operations.adopt.gkectl.workplace import Workplace


@pytest.mark.parametrize(
    ("path", "value", "at", "said"),
    [
        (("masterNode", "cpus"), "four", "cpus: four", 'masterNode.cpus: must be a whole number, got "four"'),
        (
            ("masterNode", "memoryMB"),
            [8192],
            "- 8192",
            "masterNode.memoryMB: must be a whole number, got a list",
        ),
        (("enableDataplaneV2",), "sure", "sure", 'enableDataplaneV2: must be true or false, got "sure"'),
        (("name",), {"a": 1}, "a: 1", "name: must be text, got a mapping"),
        (
            ("network", "hostConfig", "dnsServers"),
            "10.30.0.53",
            "dnsServers",
            "dnsServers: must be a list, got",
        ),
        (("nodePools",), ["pool"], "- pool", 'nodePools[0]: must be a mapping (key: value), got "pool"'),
        (("nodePools", 0, "labels"), "tier", "labels", 'labels: must be a mapping (key: value), got "tier"'),
        (("gkeOnPremVersion",), "1.35", "1.35", "gkeOnPremVersion: must be a full version such as"),
        (("nodePools", 0, "name"), "", "name: ''", "nodePools[0].name: is missing; give the pool's name"),
        (
            ("loadBalancer", "kind"),
            "Magic",
            "Magic",
            'loadBalancer.kind: must be MetalLB or ManualLB, got "Magic"',
        ),
        (
            ("loadBalancer", "kind"),
            "",
            "kind: ''",
            "loadBalancer.kind: must be MetalLB or ManualLB, got nothing",
        ),
        (
            ("loadBalancer", "metalLB", "addressPools", 0, "name"),
            "",
            "name: ''",
            "addressPools[0].name: is missing; give the pool a name",
        ),
        (
            ("loadBalancer", "metalLB", "addressPools", 0, "name"),
            "ingress",
            "name: ingress",
            'addressPools[1].name: "ingress" stands here a second time',
        ),
        (
            ("network", "ipMode", "type"),
            "statik",
            "statik",
            "network.ipMode.type: must be static or dhcp, got",
        ),
        (
            ("network", "controlPlaneIPBlock", "netmask"),
            "255.0.255.0",
            "255.0.255.0",
            "netmask: must be a netmask such as 255.255.255.0",
        ),
        (
            ("network", "controlPlaneIPBlock", "ips", 0, "ip"),
            "10.22.1.300",
            "10.22.1.300",
            "controlPlaneIPBlock.ips[0].ip: must be an IPv4 address such as",
        ),
        (
            ("network", "controlPlaneIPBlock", "gateway"),
            "10.22.1.254",
            "10.22.1.254",
            "gateway: must be in the one subnet that all nodes of a cluster stand in here",
        ),
    ],
    ids=[
        *("word", "list", "truth", "mapping", "no list", "no mapping", "labels", "version", "pool name"),
        *(
            "balancer",
            "no balancer",
            "no pool",
            "two pools",
            "mode",
            "netmask",
            "address",
            "gateway",
        ),
    ],
)
def test_a_wrong_value_is_said_at_its_place(
    work: Workplace, path: tuple[str | int, ...], value: Any, at: str, said: str
) -> None:
    """In gkectl's words, with the line of gkectl's file."""
    lines = work.refusal_of(changed(USER, *path, to=value)).splitlines()

    told = next((line for line in lines if said in line), f"{said} is not in {lines}")
    assert told.startswith(work.place(at).rpartition(":")[0] if value == "ingress" else work.place(at)[:-1])


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (
            ("gkeOnPremVersion",),
            "1.37.0-gke.1",
            "gkeOnPremVersion: must be of a known minor version, 1.34, 1.35, 1.36",
        ),
        (
            ("gkeOnPremVersion",),
            "1.36.1-gke.1",
            "gkeOnPremVersion: must not be newer than admin_cluster.version",
        ),
        (
            ("nodePools", 0, "osImageType"),
            "ubuntu_containerd",
            "nodePools[0].osImageType: must be ubuntu_cgv2 or",
        ),
        (("nodePools", 0, "replicas"), 2, "nodePools[0].replicas: must be at least 3, got 2"),
        (("nodePools", 0, "memoryMB"), 8190, "nodePools[0].memoryMB: must be at least 8192, got 8190"),
        (("network", "podCIDR"), None, "network.podCIDR: is missing; add it"),
        (
            ("network", "hostConfig", "ntpServers"),
            ["ntp server"],
            "ntpServers[0]: must be an IPv4 address or a host name",
        ),
        (
            ("network", "controlPlaneIPBlock", "ips"),
            [{"ip": "10.22.1.10"}],
            "ips[0].ip: must have exactly 3 addresses",
        ),
        (
            ("loadBalancer", "vips", "ingressVIP"),
            "10.22.1.99",
            "loadBalancer.vips.ingressVIP: must be an address of",
        ),
        (
            ("loadBalancer", "vips", "controlPlaneVIP"),
            "10.22.1.20",
            "must not overlap control_plane.vip 10.22.1.20",
        ),
        (
            ("nodePools", 0, "enableLoadBalancer"),
            False,
            "nodePools: must have a pool with load_balancer: true",
        ),
        (("nodePools", 0, "taints"), [{"key": "a", "effect": "Never"}], "taints[0].effect: must be one of"),
        (("nodePools", 0, "replicas"), 6, "ip: must have at least 7 addresses"),
        (("name",), "Batch", "name: key must be lower-case letters"),
    ],
    ids=[
        *("unknown version", "newer than admin", "dropped image", "too few nodes", "memory"),
        *("no pods", "no NTP server", "too few addresses", "ingress", "taken", "no balancers", "effect"),
        *("too few workers", "name"),
    ],
)
def test_the_rules_of_an_environment_are_said_of_gkectls_file(
    work: Workplace, path: tuple[str | int, ...], value: Any, said: str
) -> None:
    """Whatever an environment refuses, a person has gkectl's file before them."""
    lines = work.refusal_of(changed(USER, *path, to=value)).splitlines()

    assert [line for line in lines if said in line and line.startswith("batch")], lines


@pytest.mark.parametrize("address", ["10.0.0.0/8", "10.22.1.8/30"])
def test_a_range_is_no_control_plane_node(work: Workplace, address: str) -> None:
    """Sixteen million addresses are refused as fast as four."""
    said = work.refusal_of(changed(USER, "network", "controlPlaneIPBlock", "ips", 1, "ip", to=address))

    assert f'ips[1].ip: must be one address, that of a control plane node, got "{address}"' in said


def test_a_whole_network_is_no_list_of_workers(work: Workplace) -> None:
    """Each of its addresses would be said to the service."""
    user = changed(USER, "network", "controlPlaneIPBlock", "netmask", to="255.240.0.0")
    block = {"netmask": "255.240.0.0", "gateway": "10.22.1.1", "ips": [{"ip": "10.24.0.0/14"}]}

    said = work.refusal_of(user, blocks={"blocks": [block]})

    assert "blocks[0].ips[0].ip: must have at most 4096 addresses" in said
