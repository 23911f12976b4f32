"""The rules that cross the clusters of an on-prem section."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.vmware.vmware import VmwareConfig
from tests.model.refusals import refusals
from tests.model.vmware.documents import ADMIN, CLUSTER, SECTION, changed, moved

SAME_SUBNET = changed(
    CLUSTER,
    network__node_ips=["10.21.0.60-10.21.0.79"],
    control_plane={"vip": "10.21.0.6", "ips": ["10.21.0.13", "10.21.0.14", "10.21.0.15"]},
    load_balancer__metal_lb={"ingress_vip": "10.21.0.230", "pools": {"all": {"addresses": ["10.21.0.230"]}}},
)


@pytest.mark.parametrize(
    "document",
    [
        {"location": "europe-north1"},
        {"location": "europe-north1", "admin_cluster": ADMIN},
        SECTION,
        changed(SECTION, user_clusters__data=SAME_SUBNET),
        changed(SECTION, user_clusters__data=changed(SAME_SUBNET, network__dns=["10.21.0.201"])),
        changed(SECTION, user_clusters__data=moved(CLUSTER, "10.22.0")),
        changed(SECTION, admin_cluster__version="1.36.0-gke.532"),
        changed(
            SECTION,
            admin_cluster__version="1.35.100-gke.1",
            user_clusters__apps__version="1.35.20-gke.1",
        ),
    ],
    ids=[
        "foundation",
        "admin cluster",
        "one cluster",
        "one subnet",
        "names from a neighbour's pool",
        "two subnets",
        "newer admin",
        "newer patch",
    ],
)
def test_accepts(document: dict[str, Any]) -> None:
    """Each phase of an estate; clusters may share a subnet, and islands may repeat."""
    assert refusals(VmwareConfig, document) == {}


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        ({"location": "Europe"}, "location", "pattern"),
        ({"admin_cluster": None}, "user_clusters", "need admin_cluster"),
        (
            {"user_clusters__apps__version": "1.35.0-gke.526"},
            "user_clusters.apps.version",
            "must not be newer than admin_cluster.version 1.35.0-gke.525, got 1.35.0-gke.526",
        ),
        (
            {"user_clusters__apps__version": "1.35.100-gke.1"},
            "user_clusters.apps.version",
            "upgrade the admin cluster first",
        ),
        (
            {
                "user_clusters__apps__control_plane__vip": "10.20.21.2",
                "user_clusters__apps__network__cidr": "10.20.0.0/15",
            },
            "user_clusters.apps.control_plane.vip",
            "must not overlap admin_workstation.ip 10.20.21.2 (admin workstation)",
        ),
        (
            {"user_clusters__apps__network__services": "10.20.16.0/20"},
            "user_clusters.apps.network.services",
            "must not cover admin_cluster.addresses",
        ),
        (
            {
                "user_clusters__data": changed(
                    SAME_SUBNET, control_plane__ips=["10.21.0.13", "10.21.0.14", "10.21.0.25"]
                )
            },
            "user_clusters.data.control_plane.ips.2",
            "must not overlap user_clusters.apps.network.node_ips.0 10.21.0.20-10.21.0.39 (worker nodes)",
        ),
        (
            {"admin_workstation__ip": "10.20.21.11"},
            "admin_cluster.addresses.1",
            "must not overlap admin_workstation.ip 10.20.21.11 (admin workstation)",
        ),
        (
            {"user_clusters__data": changed(SAME_SUBNET, network__dns=["10.21.0.39"])},
            "user_clusters.data.network.dns.0",
            "must be outside user_clusters.apps.network.node_ips.0 10.21.0.20-10.21.0.39 (worker nodes of apps)",
        ),
        (
            {"user_clusters__data": changed(SAME_SUBNET, network__cidr="10.21.0.0/23")},
            "user_clusters.data.network.cidr",
            "must be that of apps, 10.21.0.0/24, which it overlaps; got 10.21.0.0/23",
        ),
        (
            {
                "user_clusters__apps": {**CLUSTER, "anti_affinity": True, "vcenter": {"hosts": 2}},
            },
            "user_clusters.apps.anti_affinity",
            "must be false with vcenter.hosts 2",
        ),
    ],
    ids=[
        "location",
        "no admin cluster",
        "newer build",
        "newer patch",
        "vip is the workstation",
        "services cover the workstation",
        "two clusters share an address",
        "workstation is the admin cluster",
        "dns is a neighbour's node",
        "subnets of two lengths",
        "kept apart on two hosts",
    ],
)
def test_refuses(changes: dict[str, Any], path: str, words: str) -> None:
    """Each mistake is reported at the field that has to change."""
    found = refusals(VmwareConfig, changed(SECTION, **changes))

    assert path in found
    assert words in found[path]


def test_an_admin_cluster_manages_two_minors_back() -> None:
    """The table of versions says which; none supported is further back today, so one is made up."""
    document = changed(
        SECTION, admin_cluster__version="1.36.0-gke.532", user_clusters__apps__version="1.34.0-gke.566"
    )

    assert refusals(VmwareConfig, document) == {}


def test_an_admin_cluster_does_not_manage_what_the_table_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a table in which 1.36 manages 1.36 and 1.35 only."""
    from estate.facts.vmware.versions import MinorVersion, supported
    from estate.rules.vmware import admin_cluster

    table = {
        **supported(),
        "1.36": MinorVersion(
            ("ubuntu_cgv2",), ("ubuntu_cgv2",), host_groups=False, admin_manages=("1.36", "1.35")
        ),
    }
    monkeypatch.setattr(admin_cluster, "supported", lambda: table)
    document = changed(
        SECTION, admin_cluster__version="1.36.0-gke.532", user_clusters__apps__version="1.34.0-gke.566"
    )

    found = refusals(VmwareConfig, document)

    assert "upgrade the user cluster first" in found["user_clusters.apps.version"]


def test_ranges_of_a_shared_subnet_stand_once() -> None:
    """A subnet is routed once, whoever stands in it; what a load balancer serves elsewhere is routed too."""
    manual = {"ingress_vip": "10.40.0.5", "ingress_http_node_port": 30243, "ingress_https_node_port": 30879}
    apps = changed(CLUSTER, load_balancer={"manual": manual}, node_pools__balancers__load_balancer=False)
    config = VmwareConfig.model_validate(changed(SECTION, user_clusters={"apps": apps, "data": SAME_SUBNET}))

    assert [str(cidr) for _, cidr in config.routable_ranges()] == ["10.21.0.0/24", "10.40.0.5/32"]
