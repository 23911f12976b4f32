"""The rules inside one user cluster, each with the mistake that a person makes."""

from __future__ import annotations

from ipaddress import IPv4Address
from typing import Any

import pytest

from estate.model.vmware.user_cluster import UserClusterConfig
from tests.model.refusals import refusals
from tests.model.vmware.documents import CLUSTER, MANUAL, changed

POOLS = "load_balancer__metal_lb__pools"


def test_an_address_plan_a_version_and_pools_are_enough() -> None:
    """The rest is operation."""
    config = UserClusterConfig.model_validate(CLUSTER)

    assert (config.control_plane.cpus, config.control_plane.memory_mb) == (4, 8192)
    assert (config.disable_bundled_ingress, config.vsphere_csi_disabled, config.admin_users) == (
        False,
        False,
        (),
    )
    assert config.most_nodes == 11


def test_names_are_derived_unless_they_are_said() -> None:
    """Of the cluster and of its nodes; a key may be renamed with the name kept."""
    config = UserClusterConfig.model_validate(CLUSTER)
    kept = UserClusterConfig.model_validate(
        changed(CLUSTER, name="old", network__hostnames={"10.21.0.10": "cp-1"})
    )

    assert config.name_in("kl", "dev", "apps") == "kl-dev-apps"
    assert config.host_name("kl-dev-apps", IPv4Address("10.21.0.10")) == "kl-dev-apps-10-21-0-10"
    assert kept.name_in("kl", "dev", "apps") == "old"
    assert kept.host_name("old", IPv4Address("10.21.0.10")) == "cp-1"


@pytest.mark.parametrize(
    "document",
    [
        changed(CLUSTER, network__node_ips=None, network__dhcp=True),
        changed(
            CLUSTER,
            load_balancer={"manual": MANUAL | {"ingress_vip": "10.40.0.5"}},
            control_plane__vip="10.40.0.4",
            node_pools__balancers__load_balancer=False,
        ),
        changed(CLUSTER, network__dns=["10.21.0.1"], network__ntp=["10.21.0.1"]),
        changed(CLUSTER, network__node_ips=["10.21.0.20-10.21.0.31"]),
        changed(CLUSTER, version="1.34.0-gke.566", node_pools__workers__image_type="cos"),
    ],
    ids=["dhcp", "manual balancer elsewhere", "router serves", "exactly enough", "old image"],
)
def test_accepts(document: dict[str, Any]) -> None:
    """What a rule must not refuse."""
    assert refusals(UserClusterConfig, document) == {}


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        (
            {"version": "1.33.0-gke.100"},
            "version",
            "1.34, 1.35, 1.36; got 1.33.0-gke.100, which is out of support",
        ),
        ({"version": "1.37.0-gke.1"}, "version", "known minor version"),
        ({"version": "1.35"}, "version", "pattern"),
        ({"name": "a" * 41}, "name", "pattern"),
        (
            {"node_pools__workers__image_type": "ubuntu_containerd"},
            "node_pools.workers.image_type",
            "ubuntu_cgv2 or cos_cgv2 with version 1.35.0-gke.525, got ubuntu_containerd",
        ),
        ({"control_plane__ips": ["10.21.0.10", "10.21.0.11"]}, "control_plane.ips", "exactly 3 addresses"),
        (
            {"control_plane__ips": ["10.21.0.10", "10.21.0.11", "10.21.0.12", "10.21.0.13"]},
            "control_plane.ips",
            "got 4; take out",
        ),
        ({"control_plane__memory_mb": 8190}, "control_plane.memory_mb", "greater than or equal to 8192"),
        ({"control_plane__memory_mb": 8194}, "control_plane.memory_mb", "multiple of 4"),
        ({"control_plane__cpus": 3}, "control_plane.cpus", "greater than or equal to 4"),
        (
            {"network__node_ips": ["10.21.0.20-10.21.0.30"]},
            "network.node_ips",
            "at least 12 addresses, for 11 workers at most and 1 that an update adds, got 11; add 1",
        ),
        (
            {"network__node_ips": ["10.21.0.250-10.21.1.9"]},
            "network.node_ips.0",
            "inside network.cidr 10.21.0.0/24",
        ),
        (
            {"network__node_ips": ["10.21.0.240-10.21.0.255"]},
            "network.node_ips.0",
            "first and last address left out",
        ),
        ({"network__gateway": "10.22.0.1"}, "network.gateway", "inside network.cidr"),
        ({"control_plane__vip": "10.22.0.5"}, "control_plane.vip", "inside network.cidr"),
        (
            {"control_plane__vip": "10.21.0.11"},
            "control_plane.ips.1",
            "must not overlap control_plane.vip 10.21.0.11 (control plane vip)",
        ),
        (
            {"control_plane__vip": "10.21.0.25"},
            "network.node_ips.0",
            "must not overlap control_plane.vip 10.21.0.25",
        ),
        (
            {"control_plane__vip": "10.21.0.200"},
            "load_balancer.metal_lb.pools.ingress.addresses.0",
            "must not overlap control_plane.vip",
        ),
        (
            {f"{POOLS}__services__addresses": ["10.21.0.30-10.21.0.60"]},
            "load_balancer.metal_lb.pools.services.addresses.0",
            "must not overlap network.node_ips.0",
        ),
        (
            {f"{POOLS}__services__addresses": ["10.21.0.200-10.21.0.220"]},
            "load_balancer.metal_lb.pools.services.addresses.0",
            "must not overlap load_balancer.metal_lb.pools.ingress.addresses.0 10.21.0.200",
        ),
        (
            {f"{POOLS}__services__addresses": ["10.22.0.201-10.22.0.220"]},
            "load_balancer.metal_lb.pools.services.addresses.0",
            "inside network.cidr",
        ),
        (
            {"load_balancer__metal_lb__ingress_vip": "10.21.0.199"},
            "load_balancer.metal_lb.ingress_vip",
            "an address of one of the pools (ingress: 10.21.0.200; services: 10.21.0.201-10.21.0.220), "
            "got 10.21.0.199; add a pool",
        ),
        (
            {"network__dns": ["10.21.0.25"]},
            "network.dns.0",
            "must be outside network.node_ips.0 10.21.0.20-10.21.0.39 (worker nodes), got 10.21.0.25",
        ),
        ({"network__ntp": ["10.21.0.5"]}, "network.ntp.0", "must be outside control_plane.vip"),
        ({"network__ntp": ["10.21.0.255"]}, "network.ntp.0", "got 10.21.0.255, which is no host's"),
        ({"network__dns": ["127.0.0.53"]}, "network.dns.0", "got 127.0.0.53, which is no host's"),
        (
            {"network__hostnames": {"10.21.0.100": "stray"}},
            "network.hostnames.10.21.0.100",
            "must be one of network.node_ips or control_plane.ips",
        ),
        (
            {"node_pools__balancers__load_balancer": False},
            "node_pools",
            "a pool with load_balancer: true",
        ),
        ({"load_balancer": {"manual": MANUAL}}, "node_pools.balancers.load_balancer", "it is for MetalLB"),
        ({"node_pools": {}}, "node_pools", "at least 1 item"),
        (
            {"node_pools__workers__host_groups": ["racks-1"]},
            "node_pools.workers.host_groups",
            "must be left out with version 1.35.0-gke.525",
        ),
        (
            {"network__cidr": "10.16.0.0/12", "network__node_ips": ["10.22.0.0-10.25.255.255"]},
            "network.node_ips",
            "must have at most 4096 addresses, each of which is said to the service, got 262144",
        ),
        ({"anti_affinity_groups": {"enabled": False}}, "anti_affinity_groups", "not permitted"),
        ({"admin_users": ["user:a@example.com"]}, "admin_users.0", "pattern"),
        ({"enable_control_plane_v2": False}, "enable_control_plane_v2", "not permitted"),
    ],
    ids=[
        "version out of support",
        "version unknown",
        "version not whole",
        "name of 41",
        "image dropped in 1.35",
        "two control plane ips",
        "four control plane ips",
        "memory of 8190",
        "memory of 8194",
        "three processors",
        "no room for surge",
        "ips cross the subnet",
        "broadcast address",
        "gateway elsewhere",
        "vip elsewhere",
        "vip is a node",
        "vip is a worker",
        "vip in the ingress pool",
        "pool over workers",
        "ingress vip in two pools",
        "pool elsewhere",
        "ingress vip in no pool",
        "dns is a worker",
        "ntp is the vip",
        "ntp is the broadcast address",
        "dns is the node itself",
        "host name of nobody",
        "nowhere for MetalLB",
        "MetalLB nodes without MetalLB",
        "no pool",
        "host groups of an advanced cluster",
        "a whole network for workers",
        "anti-affinity in gkectl's words",
        "user with prefix",
        "kubeception",
    ],
)
def test_refuses(changes: dict[str, Any], path: str, words: str) -> None:
    """Each mistake is reported at the field that has to change."""
    found = refusals(UserClusterConfig, changed(CLUSTER, **changes))

    assert list(found) == [path]
    assert words in found[path]
