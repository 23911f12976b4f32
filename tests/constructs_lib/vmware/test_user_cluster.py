"""A user cluster as Terraform reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cdktf import TerraformOutput, TerraformStack

from estate.model.vmware.vcenter import VcenterConfig
from tests.constructs_lib.vmware.defined import declare_google, synthesize_cluster, user_cluster
from tests.model.vmware.documents import CLUSTER, MANUAL, changed
from tests.synth import synthesize

TYPE = "google_gkeonprem_vmware_cluster"
SMALL = changed(
    CLUSTER,
    network__node_ips=["10.21.0.20-10.21.0.22", "10.21.0.30"],
    node_pools={"workers": {"replicas": 3, "load_balancer": True}},
)


def test_names_may_be_left_to_the_service(tmp_path: Path) -> None:
    """A cluster that gkectl made without host names keeps it so; those that it gave are kept."""
    config = changed(
        SMALL,
        network__derive_hostnames=False,
        network__hostnames={"10.21.0.21": "worker-2", "10.21.0.10": "cp-1"},
    )

    network = synthesize_cluster(tmp_path, config).one(TYPE)["network_config"]

    (workers,) = network["static_ip_config"]["ip_blocks"]
    assert workers["ips"] == [
        {"ip": "10.21.0.20"},
        {"ip": "10.21.0.21", "hostname": "worker-2"},
        {"ip": "10.21.0.22"},
        {"ip": "10.21.0.30"},
    ]
    control_plane = network["control_plane_v2_config"]["control_plane_ip_block"]["ips"]
    assert control_plane[:2] == [{"ip": "10.21.0.10", "hostname": "cp-1"}, {"ip": "10.21.0.11"}]


def test_address_pools_keep_their_order(tmp_path: Path) -> None:
    """The service knows them as a list; another order would be a change of the cluster."""
    pools = {"z": {"addresses": ["10.21.0.200"]}, "a": {"addresses": ["10.21.0.201"]}}
    config = changed(SMALL, load_balancer={"metal_lb": {"ingress_vip": "10.21.0.200", "pools": pools}})

    balancer = synthesize_cluster(tmp_path, config).one(TYPE)["load_balancer"]

    assert [pool["pool"] for pool in balancer["metal_lb_config"]["address_pools"]] == ["z", "a"]


def test_a_cluster_says_everything_that_a_supported_version_needs(tmp_path: Path) -> None:
    """The provider's defaults are those of versions that are gone, so nothing is left to them."""
    found = synthesize_cluster(tmp_path, SMALL).one(TYPE)

    assert found == {
        "name": "kl-dev-apps",
        "project": "kl-dev-host",
        "location": "europe-north1",
        "admin_cluster_membership": "projects/kl-dev-host/locations/global/memberships/kl-dev-admin",
        "on_prem_version": "1.35.0-gke.525",
        "annotations": {},
        "enable_control_plane_v2": True,
        "enable_advanced_cluster": True,
        "dataplane_v2": {"dataplane_v2_enabled": True},
        "disable_bundled_ingress": False,
        "auto_repair_config": {"enabled": True},
        "control_plane_node": {"cpus": 4, "memory": 8192, "replicas": 3},
        "network_config": {
            "vcenter_network": "vlan-210",
            "pod_address_cidr_blocks": ["192.168.0.0/16"],
            "service_address_cidr_blocks": ["10.96.0.0/20"],
            "host_config": {"dns_servers": ["10.30.0.53"], "ntp_servers": ["10.30.0.123"]},
            "static_ip_config": {
                "ip_blocks": [
                    {
                        "gateway": "10.21.0.1",
                        "netmask": "255.255.255.0",
                        "ips": [
                            {"ip": f"10.21.0.{number}", "hostname": f"kl-dev-apps-10-21-0-{number}"}
                            for number in (20, 21, 22, 30)
                        ],
                    }
                ]
            },
            "control_plane_v2_config": {
                "control_plane_ip_block": {
                    "gateway": "10.21.0.1",
                    "netmask": "255.255.255.0",
                    "ips": [
                        {"ip": f"10.21.0.{number}", "hostname": f"kl-dev-apps-10-21-0-{number}"}
                        for number in (10, 11, 12)
                    ],
                }
            },
        },
        "load_balancer": {
            "vip_config": {"control_plane_vip": "10.21.0.5", "ingress_vip": "10.21.0.200"},
            "metal_lb_config": {
                "address_pools": [
                    {
                        "pool": "ingress",
                        "addresses": ["10.21.0.200/32"],
                        "manual_assign": True,
                        "avoid_buggy_ips": False,
                    },
                    {
                        "pool": "services",
                        "addresses": ["10.21.0.201-10.21.0.220"],
                        "manual_assign": False,
                        "avoid_buggy_ips": False,
                    },
                ]
            },
        },
        "timeouts": {"create": "2h", "update": "4h", "delete": "2h"},
        "lifecycle": {"prevent_destroy": True},
    }


@pytest.mark.parametrize(
    ("changes", "vcenter", "expected"),
    [
        ({"name": "old"}, {}, {"name": "old"}),
        ({"vsphere_csi_disabled": True}, {}, {"storage": {"vsphere_csi_disabled": True}}),
        (
            {"upgrade_policy": {"control_plane_only": True}},
            {},
            {"upgrade_policy": {"control_plane_only": True}},
        ),
        ({"disable_bundled_ingress": True}, {}, {"disable_bundled_ingress": True}),
        (
            {"admin_users": ["alice@example.com"]},
            {},
            {"authorization": {"admin_users": [{"username": "alice@example.com"}]}},
        ),
        ({}, {"hosts": 2}, {"anti_affinity_groups": {"aag_config_disabled": True}}),
        ({"anti_affinity": False}, {"hosts": 4}, {"anti_affinity_groups": {"aag_config_disabled": True}}),
        ({"anti_affinity": True}, {"hosts": 4}, {}),
        (
            {"advanced_networking": True},
            {},
            {"dataplane_v2": {"dataplane_v2_enabled": True, "advanced_networking": True}},
        ),
        (
            {},
            {"datacenter": "DC1", "storage_policy_name": "gold", "hosts": 3},
            {"vcenter": {"datacenter": "DC1", "storage_policy_name": "gold"}},
        ),
        (
            {"load_balancer": {"manual": MANUAL}, "node_pools__workers__load_balancer": False},
            {},
            {
                "load_balancer": {
                    "vip_config": {"control_plane_vip": "10.21.0.5", "ingress_vip": "10.21.0.200"},
                    "manual_lb_config": {"ingress_http_node_port": 30243, "ingress_https_node_port": 30879},
                }
            },
        ),
    ],
    ids=[
        "name",
        "no storage driver",
        "control plane first",
        "no ingress",
        "admins",
        "two hosts",
        "not kept apart",
        "kept apart",
        "advanced networking",
        "place",
        "manual",
    ],
)
def test_an_option_changes_what_it_names(
    tmp_path: Path, changes: dict[str, Any], vcenter: dict[str, Any], expected: dict[str, Any]
) -> None:
    """And nothing else; a block that would hold a mere false is left out, or it is a difference for ever."""
    without = synthesize_cluster(tmp_path / "a", SMALL).one(TYPE)
    document = changed(SMALL, **changes)

    found = synthesize_cluster(tmp_path / "b", document, VcenterConfig.model_validate(vcenter)).one(TYPE)

    differing = {key: found.get(key) for key in {**found, **without} if found.get(key) != without.get(key)}
    differing.pop("network_config", None) if "name" in changes else None
    assert differing == expected


def test_workers_may_take_their_addresses_from_dhcp(tmp_path: Path) -> None:
    """Control plane nodes keep fixed ones."""
    document = changed(
        SMALL, network__node_ips=None, network__dhcp=True, network__search_domains=["example.com"]
    )

    network = synthesize_cluster(tmp_path, document).one(TYPE)["network_config"]

    assert network["dhcp_ip_config"] == {"enabled": True}
    assert "static_ip_config" not in network
    assert len(network["control_plane_v2_config"]["control_plane_ip_block"]["ips"]) == 3
    assert network["host_config"]["dns_search_domains"] == ["example.com"]


def test_a_cluster_waits_for_what_nothing_refers_to(tmp_path: Path) -> None:
    """Without the edge, it loses the race against the APIs that it needs."""
    synthesized = synthesize_cluster(
        tmp_path, CLUSTER, None, "gkeonprem.googleapis.com", "gkehub.googleapis.com"
    )

    assert sorted(synthesized.one(TYPE)["depends_on"]) == sorted(
        f"google_project_service.{name}" for name in synthesized.resources("google_project_service")
    )


def test_a_throw_away_cluster_is_not_protected(tmp_path: Path) -> None:
    """Where the environment says so."""
    assert synthesize_cluster(tmp_path, prevent_destroy=False).one(TYPE)["lifecycle"] == {
        "prevent_destroy": False
    }


def test_a_cluster_knows_the_membership_that_it_registers(tmp_path: Path) -> None:
    """By itself: a second registration would be one too many."""

    def define(stack: TerraformStack) -> None:
        declare_google(stack)
        cluster = user_cluster(stack)
        TerraformOutput(stack, "membership", value=cluster.membership)
        TerraformOutput(stack, "place", value=f"{cluster.membership_location}/{cluster.membership_id}")

    synthesized = synthesize(tmp_path, define)

    address = synthesized.address(TYPE)
    assert synthesized.outputs["membership"]["value"] == f"${{{address}.fleet[0].membership}}"
    assert synthesized.outputs["place"]["value"] == "europe-north1/kl-dev-apps"
