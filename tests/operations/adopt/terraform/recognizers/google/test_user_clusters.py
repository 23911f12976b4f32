"""User clusters on VMware and their node pools."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from operations.adopt.terraform.found import FoundObject
from tests.operations.adopt.terraform.recognizers.google.foreign import HOST, drafted, left, thing

LENDS = thing("compute_shared_vpc_host_project", project=HOST)
LOCATION = "europe-west3"
ADMIN = f"projects/{HOST}/locations/{LOCATION}/memberships/admin"


def nodes(*addresses: str, names: str = "") -> list[dict[str, Any]]:
    """Nodes by their addresses."""
    return [{"ip": one, "hostname": f"{names}{one.replace('.', '-')}" if names else ""} for one in addresses]


def block(*ips: dict[str, Any]) -> list[dict[str, Any]]:
    """A block of addresses in the nodes' subnet."""
    return [{"gateway": "10.9.0.1", "netmask": "255.255.255.0", "ips": list(ips)}]


AS_IT_IS: dict[str, Any] = {
    "project": HOST,
    "location": LOCATION,
    "name": "shop",
    "admin_cluster_membership": ADMIN,
    "on_prem_version": "1.35.0-gke.525",
    "enable_control_plane_v2": True,
    "network_config": [
        {
            "vcenter_network": "vlan-9",
            "host_config": [{"dns_servers": ["10.9.0.53"], "ntp_servers": ["ntp.acme.example"]}],
            "pod_address_cidr_blocks": ["192.168.0.0/16"],
            "service_address_cidr_blocks": ["10.96.0.0/20"],
            "static_ip_config": [
                {"ip_blocks": block(*nodes("10.9.0.20", "10.9.0.21", "10.9.0.30", names="shop-"))}
            ],
            "control_plane_v2_config": [
                {
                    "control_plane_ip_block": block(
                        *nodes("10.9.0.10", "10.9.0.11", "10.9.0.12", names="shop-")
                    )
                }
            ],
        }
    ],
    "load_balancer": [
        {
            "vip_config": [{"control_plane_vip": "10.9.0.5", "ingress_vip": "10.9.0.100"}],
            "metal_lb_config": [
                {
                    "address_pools": [
                        {"pool": "ingress", "addresses": ["10.9.0.100/32"], "manual_assign": True},
                        {
                            "pool": "more",
                            "addresses": ["10.9.0.104/30", "10.9.0.110-10.9.0.120"],
                            "avoid_buggy_ips": True,
                        },
                    ]
                }
            ],
        }
    ],
}


def cluster(address: str = "shop", **attributes: Any) -> FoundObject:
    """A cluster, with blocks of its own in place of those that it has."""
    return thing("gkeonprem_vmware_cluster", address, **{**copy.deepcopy(AS_IT_IS), **attributes})


def network(**said: Any) -> list[dict[str, Any]]:
    """The network of a cluster, with other blocks."""
    return [{**AS_IT_IS["network_config"][0], **said}]


def pool(name: str, of: str = "shop", **attributes: Any) -> FoundObject:
    """A pool of a cluster."""
    place = {"project": HOST, "location": LOCATION, "vmware_cluster": of, "name": name}
    return thing("gkeonprem_vmware_node_pool", name, **{**place, **attributes})


def section(*objects: FoundObject) -> Any:
    """The section of the file."""
    return drafted(LENDS, *objects).at("vmware")


def test_a_cluster_comes_over_with_its_addresses() -> None:
    """Those that follow one another as a range; the admin cluster's version is asked for."""
    draft = drafted(LENDS, cluster())

    assert draft.at("vmware") == {
        "location": LOCATION,
        "admin_cluster": {"membership": ADMIN},
        "user_clusters": {
            "shop": {
                "name": "shop",
                "version": "1.35.0-gke.525",
                "network": {
                    "port_group": "vlan-9",
                    "cidr": "10.9.0.0/24",
                    "gateway": "10.9.0.1",
                    "node_ips": ["10.9.0.20-10.9.0.21", "10.9.0.30"],
                    "dns": ["10.9.0.53"],
                    "ntp": ["ntp.acme.example"],
                    "pods": "192.168.0.0/16",
                    "services": "10.96.0.0/20",
                },
                "control_plane": {"vip": "10.9.0.5", "ips": ["10.9.0.10", "10.9.0.11", "10.9.0.12"]},
                "load_balancer": {
                    "metal_lb": {
                        "ingress_vip": "10.9.0.100",
                        "pools": {
                            "ingress": {"addresses": ["10.9.0.100"], "manual_assign": True},
                            "more": {
                                "addresses": ["10.9.0.104-10.9.0.107", "10.9.0.110-10.9.0.120"],
                                "avoid_buggy_ips": True,
                            },
                        },
                    }
                },
            }
        },
    }
    assert draft.notes[-1].startswith("no state tells the admin cluster's version")


def test_what_differs_is_said() -> None:
    """Sizes, places, people, what is off; nodes by names of their own."""
    control = [{"control_plane_ip_block": block(*nodes("10.9.0.10", names="cp-"))}]
    found = section(
        cluster(
            network_config=network(
                static_ip_config=[], dhcp_ip_config=[{"enabled": True}], control_plane_v2_config=control
            ),
            load_balancer=[
                {
                    "vip_config": [{"ingress_vip": "10.9.0.100"}],
                    "manual_lb_config": [{"ingress_http_node_port": 30080, "ingress_https_node_port": 30443}],
                }
            ],
            control_plane_node=[{"cpus": 8, "memory": 16384}],
            vcenter=[{"datacenter": "DC1", "datastore": "ds1", "ca_cert_data": "x"}],
            authorization=[{"admin_users": [{"username": "kari@acme.example"}]}],
            disable_bundled_ingress=True,
            anti_affinity_groups=[{"aag_config_disabled": True}],
            dataplane_v2=[{"advanced_networking": True}],
            storage=[{"vsphere_csi_disabled": True}],
            upgrade_policy=[{"control_plane_only": True}],
        )
    )

    assert found["vcenter"] == {"datacenter": "DC1", "datastore": "ds1"}
    shop = found["user_clusters"]["shop"]
    assert (shop["network"]["dhcp"], shop["network"]["hostnames"]) == (True, {"10.9.0.10": "cp-10-9-0-10"})
    assert {key: shop[key] for key in shop if key not in {"network", "name", "version"}} == {
        "control_plane": {"ips": ["10.9.0.10"], "cpus": 8, "memory_mb": 16384},
        "load_balancer": {
            "manual": {
                "ingress_vip": "10.9.0.100",
                "ingress_http_node_port": 30080,
                "ingress_https_node_port": 30443,
            }
        },
        "admin_users": ["kari@acme.example"],
        "disable_bundled_ingress": True,
        "anti_affinity": False,
        "advanced_networking": True,
        "vsphere_csi_disabled": True,
        "upgrade_policy": {"control_plane_only": True},
    }


def test_names_that_the_service_chose_are_not_said() -> None:
    """And nothing is made of a cluster that says no network."""
    control = [{"control_plane_ip_block": [{"ips": nodes("10.9.0.10")}]}]

    found = section(cluster(network_config=[{"control_plane_v2_config": control}]))

    assert found["user_clusters"]["shop"]["network"] == {"dns": [], "ntp": [], "derive_hostnames": False}


def test_clusters_elsewhere_say_where() -> None:
    """In vCenter; another region or admin cluster has no place beside this one."""
    place = [{"datastore": "ds1", "cluster": "c1"}]
    draft = drafted(
        LENDS,
        cluster(vcenter=place),
        cluster("b", name="b", vcenter=[{**place[0], "datastore": "ds2"}]),
        cluster("c", name="c", location="europe-west1"),
        cluster("d", name="d", admin_cluster_membership="other"),
    )

    clusters = draft.at("vmware", "user_clusters")
    assert {key: one.get("vcenter") for key, one in clusters.items()} == {
        "shop": None,
        "b": {"datastore": "ds2"},
        "d": None,
    }
    assert left(draft) == {
        "gkeonprem_vmware_cluster.c": "is kept in another region than the others of the environment",
        "gkeonprem_vmware_cluster.d: admin_cluster_membership": "is another admin cluster's, and an environment has one",
    }


@pytest.mark.parametrize(
    ("attributes", "why"),
    [
        ({"enable_control_plane_v2": False}, "is a kubeception cluster"),
        ({"load_balancer": [{"f5_config": [{"address": "10.9.0.2"}]}]}, "has the integrated F5"),
        (
            {"network_config": network(static_ip_config=[{"ip_blocks": [{}, {}]}])},
            "has nodes in more than one subnet",
        ),
        ({"network_config": network(control_plane_v2_config=[])}, "says no addresses of its control plane"),
    ],
)
def test_a_cluster_of_old_is_listed(attributes: dict[str, Any], why: str) -> None:
    """No supported version has it."""
    draft = drafted(LENDS, cluster(**attributes))

    assert "vmware" not in draft.data
    assert left(draft)["gkeonprem_vmware_cluster.shop"].startswith(why)


def test_a_membership_that_no_state_has_is_asked_by_the_model() -> None:
    """Nothing is made up."""
    assert "admin_cluster" not in section(cluster(admin_cluster_membership=""))


def test_pools_are_said_with_what_differs() -> None:
    """Those of other clusters are not this one's."""
    config = {
        "cpus": 8,
        "memory_mb": 16384,
        "boot_disk_size_gb": 100,
        "image_type": "cos_cgv2",
        "replicas": 3,
        "labels": {"tier": "db"},
        "taints": [{"key": "db", "value": "yes", "effect": "NO_SCHEDULE"}],
        "enable_load_balancer": True,
        "vsphere_config": [
            {"datastore": "ssd", "host_groups": ["g"], "tags": [{"category": "c", "tag": "t"}]}
        ],
    }
    scaling = {"min_replicas": 3, "max_replicas": 6}

    found = section(
        cluster(vcenter=[{"datastore": "ds1"}]),
        pool("Db_1", config=[config]),
        pool(
            "web",
            config=[{"replicas": 3, "vsphere_config": [{"datastore": "ds1"}]}],
            node_pool_autoscaling=[scaling],
        ),
        pool("other", "elsewhere"),
        pool("lab", project="acme-lab"),
    )["user_clusters"]["shop"]["node_pools"]

    assert found == {
        "db-1": {
            "name": "Db_1",
            "replicas": 3,
            "cpus": 8,
            "memory_mb": 16384,
            "boot_disk_size_gb": 100,
            "image_type": "cos_cgv2",
            "labels": {"tier": "db"},
            "taints": [{"key": "db", "value": "yes", "effect": "NO_SCHEDULE"}],
            "load_balancer": True,
            "datastore": "ssd",
            "host_groups": ["g"],
            "tags": [{"category": "c", "tag": "t"}],
        },
        "web": {"autoscaling": scaling},
    }
