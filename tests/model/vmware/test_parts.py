"""The parts of a user cluster by themselves: network, load balancer, node pool, place in vCenter."""

from __future__ import annotations

from ipaddress import IPv4Address
from typing import Any

import pytest

from estate.model.vmware.admin_cluster import AdminClusterConfig
from estate.model.vmware.load_balancer import LoadBalancerConfig
from estate.model.vmware.network import NetworkConfig
from estate.model.vmware.node_pool import NodePoolConfig
from estate.model.vmware.vcenter import VcenterConfig
from tests.model.refusals import refusals
from tests.model.vmware.documents import ADMIN, CLUSTER, MANUAL

TAINT = {"key": "dedicated", "value": "db", "effect": "NO_SCHEDULE"}
AUTOSCALING = {"min_replicas": 3, "max_replicas": 8}


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        ({"dhcp": True}, "node_ips", "left out with dhcp"),
        ({"node_ips": []}, "node_ips", "needed without dhcp"),
        ({"dns": []}, "dns", "at least 1 item"),
        ({"dns": ["dns.example.com"]}, "dns.0", "IPv4 address"),
        ({"ntp": ["10.30.0.300"]}, "ntp.0", "IPv4 address"),
        ({"ntp": ["time server"]}, "ntp.0", "a host name such as"),
        ({"ntp": [123]}, "ntp.0", "a host name such as"),
        ({"services": "192.168.16.0/20"}, "services", "must not overlap pods 192.168.0.0/16"),
        ({"pods": "10.30.0.0/16"}, "pods", "must not cover ntp server 10.30.0.123"),
        (
            {"services": "10.30.0.0/24", "ntp": ["10.31.0.1"]},
            "services",
            "must not cover dns server 10.30.0.53",
        ),
        ({"hostnames": {"10.21.0.10": "a", "10.21.0.11": "a"}}, "hostnames.10.21.0.11", "got a for both"),
        ({"hostnames": {"10.21.0.10": "Node_1"}}, "hostnames.10.21.0.10", "pattern"),
        ({"cidr": "10.21.0.1/24"}, "cidr", "did you mean 10.21.0.0/24"),
        ({"port_group": ""}, "port_group", "pattern"),
    ],
)
def test_a_network_refuses(changes: dict[str, Any], path: str, words: str) -> None:
    """Each mistake is reported at the field that has to change."""
    found = refusals(NetworkConfig, {**CLUSTER["network"], **changes})

    assert path in found
    assert words in found[path]


def test_a_network_takes_what_gkectl_takes_and_nobody_can_change() -> None:
    """Time servers by name, full host names, islands of public addresses, a server that stands twice."""
    network = NetworkConfig.model_validate(
        {
            **CLUSTER["network"],
            "port_group": "lab%2fvlan-210",
            "ntp": ["ntp.example.com", "10.30.0.123"],
            "dns": ["10.30.0.53", "10.30.0.53"],
            "pods": "100.64.0.0/16",
            "hostnames": {"10.21.0.10": "Node-1.lab.example.com"},
            "search_domains": ["Lab.example.com"],
        }
    )

    assert NetworkConfig.model_validate(network) == network
    assert [str(server) for server in network.ntp] == ["ntp.example.com", "10.30.0.123"]
    assert [position for field, position, _ in network.servers() if field == "ntp"] == [1]
    assert [path for path, _ in network.public_islands()] == [("pods",)]
    assert [path for path, _ in network.servers_said_twice()] == [("dns", 1)]
    assert network.model_dump(mode="json")["ntp"] == ["ntp.example.com", "10.30.0.123"]


def test_a_time_server_is_an_address_where_it_is_one() -> None:
    """Both forms stand in one list, and rules ask of addresses only."""
    server = IPv4Address("10.30.0.123")

    network = NetworkConfig.model_validate({**CLUSTER["network"], "ntp": [server]})

    assert network.ntp == (server,)


@pytest.mark.parametrize(
    ("document", "path", "words"),
    [
        ({}, "", "exactly one of metal_lb and manual, got none"),
        (
            {**CLUSTER["load_balancer"], "manual": MANUAL},
            "",
            "exactly one of metal_lb and manual, got metal_lb and manual",
        ),
        (
            {"manual": {**MANUAL, "ingress_https_node_port": 30243}},
            "manual.ingress_https_node_port",
            "for both",
        ),
        ({"manual": {**MANUAL, "ingress_http_node_port": 80}}, "manual.ingress_http_node_port", "30000"),
    ],
    ids=["none", "two", "one port", "low port"],
)
def test_a_load_balancer_refuses(document: dict[str, Any], path: str, words: str) -> None:
    """Each mistake is reported at the field that has to change."""
    found = refusals(LoadBalancerConfig, document)

    assert list(found) == [path]
    assert words in found[path]


@pytest.mark.parametrize(
    ("document", "path", "words"),
    [
        ({}, "replicas", "got neither"),
        ({"replicas": 3, "autoscaling": AUTOSCALING}, "replicas", "got both"),
        ({"replicas": 2}, "replicas", "greater than or equal to 3"),
        ({"replicas": 3, "cpus": 2}, "cpus", "greater than or equal to 4"),
        ({"replicas": 3, "memory_mb": 8194}, "memory_mb", "got 8194; write 8196"),
        ({"replicas": 3, "memory_mb": 4096}, "memory_mb", "greater than or equal to 8192"),
        ({"replicas": 3, "boot_disk_size_gb": 39}, "boot_disk_size_gb", "greater than or equal to 40"),
        ({"replicas": 3, "image_type": "windows"}, "image_type", "must not be windows"),
        ({"replicas": 3, "labels": {"-x": "a"}}, "labels.-x.[key]", "pattern"),
        ({"replicas": 3, "taints": [TAINT, TAINT]}, "taints.1", "second time"),
        ({"replicas": 3, "taints": [{**TAINT, "effect": "NoSchedule"}]}, "taints.0.effect", "NO_SCHEDULE"),
        (
            {"autoscaling": {"min_replicas": 9, "max_replicas": 8}},
            "autoscaling.min_replicas",
            "at most max_replicas 8, got 9",
        ),
        (
            {"autoscaling": {"min_replicas": 1, "max_replicas": 2}},
            "autoscaling.max_replicas",
            "greater than or equal to 3",
        ),
        ({"replicas": 3, "taints": [{**TAINT, "value": ""}]}, "taints.0.value", "pattern"),
    ],
)
def test_a_node_pool_refuses(document: dict[str, Any], path: str, words: str) -> None:
    """Each mistake is reported at the field that has to change."""
    found = refusals(NodePoolConfig, document)

    assert list(found) == [path]
    assert words in found[path]


def test_a_pool_of_8190_mib_is_told_the_next_size() -> None:
    """It is too small as well, which is what a person hears first."""
    assert list(refusals(NodePoolConfig, {"replicas": 3, "memory_mb": 8190})) == ["memory_mb"]


@pytest.mark.parametrize(
    ("size", "most", "first"),
    [
        ({"replicas": 5}, 5, 5),
        ({"autoscaling": {"min_replicas": 4, "max_replicas": 9}}, 9, 4),
        ({"autoscaling": {"min_replicas": 1, "max_replicas": 9}}, 9, 3),
    ],
)
def test_a_pool_knows_its_sizes(size: dict[str, Any], most: int, first: int) -> None:
    """The largest decides on addresses; the first is within the autoscaler's limits."""
    pool = NodePoolConfig.model_validate(size)

    assert (pool.most_nodes, pool.first_nodes) == (most, first)


def test_a_cluster_may_say_where_it_differs() -> None:
    """What it does not say is everybody's; datastore and policy take each other's place."""
    shared = VcenterConfig(datacenter="DC1", datastore="ds1", hosts=4)

    assert shared.overridden_by(None) == shared
    assert shared.overridden_by(VcenterConfig(cluster="C2", hosts=2)) == VcenterConfig(
        datacenter="DC1", datastore="ds1", cluster="C2", hosts=2
    )
    policy = shared.overridden_by(VcenterConfig(storage_policy_name="gold"))
    assert (policy.datastore, policy.storage_policy_name) == (None, "gold")
    assert policy.overridden_by(VcenterConfig(datastore="ds2")).storage_policy_name is None


@pytest.mark.parametrize(("hosts", "spreads"), [(None, True), (3, True), (2, False)])
def test_nodes_are_kept_apart_on_three_hosts(hosts: int | None, *, spreads: bool) -> None:
    """The product's rule needs three."""
    assert VcenterConfig(hosts=hosts).spreads_nodes is spreads


def test_disks_go_to_one_place() -> None:
    """A datastore and a policy that chooses one contradict each other."""
    found = refusals(VcenterConfig, {"datastore": "ds1", "storage_policy_name": "gold"})

    assert "left out with datastore" in found["storage_policy_name"]


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        ({"version": "1.33.1200-gke.83"}, "version", "out of support"),
        ({"membership": "kl-dev-admin"}, "membership", "pattern"),
    ],
)
def test_an_admin_cluster_refuses(changes: dict[str, Any], path: str, words: str) -> None:
    """It is a claim, and a claim may be wrong at first sight."""
    found = refusals(AdminClusterConfig, {**ADMIN, **changes})

    assert list(found) == [path]
    assert words in found[path]
