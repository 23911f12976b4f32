"""The section that gkectl's files become."""

from __future__ import annotations

import pytest

from tests.operations.adopt.gkectl.samples import ADMIN, BLOCKS, USER, Document, changed
from tests.operations.adopt.gkectl.workplace import Workplace

CLUSTER: Document = {
    "name": "batch",
    "version": "1.35.0-gke.525",
    "network": {
        "port_group": "vlan-221",
        "cidr": "10.22.1.0/24",
        "gateway": "10.22.1.1",
        "node_ips": ["10.22.1.20-10.22.1.22", "10.22.1.30"],
        "dns": ["10.30.0.53", "10.30.1.53"],
        "ntp": ["10.30.0.123"],
        "pods": "192.168.0.0/16",
        "services": "10.96.0.0/20",
        "hostnames": {
            "10.22.1.20": "batch-1",
            "10.22.1.21": "batch-2",
            "10.22.1.22": "batch-3",
            "10.22.1.30": "batch-4",
            "10.22.1.10": "batch-cp-1",
            "10.22.1.11": "batch-cp-2",
            "10.22.1.12": "batch-cp-3",
        },
    },
    "control_plane": {
        "vip": "10.22.1.5",
        "ips": ["10.22.1.10", "10.22.1.11", "10.22.1.12"],
        "cpus": 4,
        "memory_mb": 8192,
    },
    "load_balancer": {
        "metal_lb": {
            "ingress_vip": "10.22.1.200",
            "pools": {
                "services": {"addresses": ["10.22.1.201-10.22.1.220"]},
                "ingress": {"addresses": ["10.22.1.200"], "manual_assign": True},
            },
        }
    },
    "node_pools": {
        "pool-1": {
            "replicas": 3,
            "cpus": 8,
            "memory_mb": 16384,
            "boot_disk_size_gb": 40,
            "image_type": "ubuntu_cgv2",
            "load_balancer": True,
        }
    },
}


def test_cluster_and_admin_cluster_become_a_section(work: Workplace) -> None:
    """Every value in its place, and nothing else."""
    assert work.section() == {
        "location": "europe-north1",
        "admin_cluster": {
            "membership": "projects/kl-dev-host/locations/europe-north1/memberships/kl-dev-admin",
            "version": "1.36.0-gke.532",
            "addresses": ["10.20.22.5", "10.20.22.10", "10.20.22.11", "10.20.22.12"],
        },
        "vcenter": {
            "datacenter": "DC1",
            "cluster": "GKE-DEV",
            "resource_pool": "GKE-DEV/Resources",
            "datastore": "dev-ds1",
            "folder": "kl-dev",
        },
        "user_clusters": {"batch": CLUSTER},
    }


def test_output_is_the_section_and_everything_else_stands_apart(work: Workplace) -> None:
    """`hybrid adopt gkectl FILE > vmware.yaml` makes a file that is YAML, the same in every run."""
    _, out, err = work.adopt("batch.yaml", "admin.yaml")
    _, again, _ = work.adopt("batch.yaml", "admin.yaml")

    assert out == again
    assert out.startswith("# From batch.yaml, admin.yaml.\nvmware:\n  location: europe-north1\n")
    assert "give --into ENV" in err


def test_an_admin_cluster_alone_is_adopted(work: Workplace) -> None:
    """Its user clusters may come later."""
    code, out, err = work.adopt("admin.yaml")

    assert (code, "user_clusters" in out) == (0, False)
    assert "admin_cluster:" in out
    assert "port group" not in err


def test_several_clusters_are_adopted_at_once(work: Workplace) -> None:
    """Each with its own IP block file."""
    text = (work.folder / "batch.yaml").read_text("utf-8")
    second = text.replace("10.22.1.", "10.22.2.").replace("batch", "web")
    work.write("web.yaml", second.replace("vlan-221", "vlan-222"))
    blocks = (work.folder / "batch-ipblock.yaml").read_text("utf-8")
    work.write("web-ipblock.yaml", blocks.replace("10.22.1.", "10.22.2."))

    code, out, _ = work.adopt("batch.yaml", "web.yaml", "admin.yaml")

    assert code == 0
    assert "    batch:\n" in out
    assert "        node_ips: [10.22.2.20-10.22.2.22, 10.22.2.30]\n" in out


def test_a_manual_load_balancer(work: Workplace) -> None:
    """With the two ports that Controlplane V2 has; the others belong to kubeception."""
    balancer = {
        "vips": USER["loadBalancer"]["vips"],
        "kind": "ManualLB",
        "manualLB": {
            "ingressHTTPNodePort": 30243,
            "ingressHTTPSNodePort": 30879,
            "controlPlaneNodePort": 30968,
            "konnectivityServerNodePort": 0,
        },
        "metalLB": {"addressPools": [{"name": ""}]},
    }
    user = changed(changed(USER, "loadBalancer", to=balancer), "nodePools", 0, "enableLoadBalancer")

    cluster = work.cluster(user)
    _, _, err = work.adopt("batch.yaml", "admin.yaml")

    assert cluster["load_balancer"] == {
        "manual": {
            "ingress_vip": "10.22.1.200",
            "ingress_http_node_port": 30243,
            "ingress_https_node_port": 30879,
        }
    }
    assert "loadBalancer.manualLB.controlPlaneNodePort: 30968: belongs to kubeception" in err
    assert "empty in batch.yaml, so nothing is made of it: loadBalancer.metalLB.addressPools[0].name" in err


def test_workers_with_dhcp(work: Workplace) -> None:
    """Gkectl's default too; control plane nodes have fixed addresses all the same."""
    network = work.cluster(changed(USER, "network", "ipMode", "type", to="dhcp"))["network"]
    by_default = work.cluster(changed(USER, "network", "ipMode"))["network"]
    _, _, err = work.adopt("batch.yaml", "admin.yaml")

    assert network == by_default
    assert (network["dhcp"], network["cidr"], "node_ips" in network) == (True, "10.22.1.0/24", False)
    assert "network.ipMode.type dhcp" in err


def test_control_plane_addresses_may_stand_in_the_ip_block_file(work: Workplace) -> None:
    """As with topology domains; the section is the same as with a block of their own."""
    own = [{**ip, "isControlPlane": True} for ip in USER["network"]["controlPlaneIPBlock"]["ips"]]
    block = BLOCKS["blocks"][0]
    blocks = {"blocks": [{**block, "ips": [*block["ips"], *own]}]}

    assert work.cluster(changed(USER, "network", "controlPlaneIPBlock"), blocks=blocks) == CLUSTER


def test_control_plane_addresses_in_both_places(work: Workplace) -> None:
    """The cluster's own block counts, and what the other says is listed."""
    block = BLOCKS["blocks"][0]
    other = {"ip": "10.22.1.13", "hostname": "old", "isControlPlane": True}
    blocks = {"blocks": [{**block, "ips": [*block["ips"], other]}]}

    assert work.cluster(blocks=blocks) == CLUSTER
    _, _, err = work.adopt("batch.yaml", "admin.yaml")
    assert "blocks[0].ips[4].ip: network.controlPlaneIPBlock names these nodes" in err


def test_the_first_form_of_an_ip_block_file(work: Workplace) -> None:
    """It names the servers itself, and the cluster's own come before them."""
    servers = {
        "dns": "10.30.0.53",
        "otherdns": ["10.30.1.53"],
        "tod": "10.30.0.123",
        "searchdomainsfordns": ["example.com"],
    }
    blocks = {"hostconfig": servers, **BLOCKS}

    old = work.cluster(changed(USER, "network", "hostConfig"), blocks=blocks)["network"]
    both = work.cluster(
        changed(USER, "network", "hostConfig", "dnsServers", to=["10.31.0.53"]), blocks=blocks
    )
    _, _, err = work.adopt("batch.yaml", "admin.yaml")

    assert (old["dns"], old["ntp"]) == (["10.30.0.53", "10.30.1.53"], ["10.30.0.123"])
    assert old["search_domains"] == ["example.com"]
    assert both["network"]["dns"] == ["10.31.0.53"]
    assert "hostconfig.dns: network.hostConfig of the cluster comes before it" in err


def test_nodes_without_a_name_are_given_none(work: Workplace) -> None:
    """Their machines have names already, which nobody here knows."""
    ips: list[Document] = [{"ip": ip["ip"]} for ip in BLOCKS["blocks"][0]["ips"]]
    ips[0]["hostname"] = "kept"
    blocks = changed(BLOCKS, "blocks", 0, "ips", to=ips)

    network = work.cluster(blocks=blocks)["network"]

    assert network["derive_hostnames"] is False
    assert network["hostnames"]["10.22.1.20"] == "kept"
    assert "10.22.1.21" not in network["hostnames"]


def test_names_that_would_be_made_up_anyway_are_not_said(work: Workplace) -> None:
    """A section says what differs."""
    blocks = changed(BLOCKS, "blocks", 0, "ips", 0, "hostname", to="batch-10-22-1-20")

    assert "10.22.1.20" not in work.cluster(blocks=blocks)["network"]["hostnames"]


def test_the_order_of_addresses_is_kept(work: Workplace) -> None:
    """The service knows them as a list."""
    ips = [{"ip": f"10.22.1.{last}", "hostname": f"n{last}"} for last in (30, 31, 20, 22, 21)]

    network = work.cluster(blocks=changed(BLOCKS, "blocks", 0, "ips", to=ips))["network"]

    assert network["node_ips"] == ["10.22.1.30-10.22.1.31", "10.22.1.20", "10.22.1.22", "10.22.1.21"]


def test_a_cluster_says_what_differs_from_its_admin_cluster_in_vcenter(work: Workplace) -> None:
    """What it does not say it inherits, except that a storage policy takes the place of a datastore."""
    vcenter = {"datacenter": "DC1", "storagePolicyName": "gold", "folder": "kl-batch"}

    cluster = work.cluster(changed(USER, "vCenter", to=vcenter))

    assert cluster["vcenter"] == {"storage_policy_name": "gold", "folder": "kl-batch"}


def test_nodes_that_are_not_kept_apart(work: Workplace) -> None:
    """That nodes are kept apart and how many hosts there are are two facts."""
    cluster = work.cluster(changed(USER, "antiAffinityGroups", "enabled", to=False))

    assert cluster["anti_affinity"] is False
    assert "vcenter" not in cluster


def test_switches_are_carried_over(work: Workplace) -> None:
    """Those that an environment has."""
    user = changed(
        changed(USER, "disableBundledIngress", to=True), "storage", to={"vSphereCSIDisabled": True}
    )

    cluster = work.cluster(changed(user, "advancedNetworking", to=True))

    assert (cluster["disable_bundled_ingress"], cluster["vsphere_csi_disabled"]) == (True, True)
    assert cluster["advanced_networking"] is True


def test_a_port_group_is_inherited_from_the_admin_cluster(work: Workplace) -> None:
    """As gkectl does."""
    assert work.cluster(changed(USER, "network", "vCenter"))["network"]["port_group"] == "vlan-202"


@pytest.mark.parametrize(
    ("said", "region"),
    [
        (
            {"gkeOnPremAPI": {"location": "us-east1"}, "stackdriver": {"clusterLocation": "us-west1"}},
            "us-east1",
        ),
        ({"gkeConnect": {"location": "global"}, "stackdriver": {"clusterLocation": "us-west1"}}, "us-west1"),
        ({"gkeConnect": {"location": "us-west1"}}, "us-west1"),
    ],
    ids=["On-Prem API", "logs", "membership"],
)
def test_the_region_is_the_one_that_gkectl_enrolls_in(work: Workplace, said: Document, region: str) -> None:
    """That of the On-Prem API, which is by default that of the logs; a membership may be global."""
    bare = changed(changed(ADMIN, "gkeConnect", "location"), "stackdriver")
    admin = {**bare, **said, "gkeConnect": {**bare["gkeConnect"], **said.get("gkeConnect", {})}}
    work.write("admin.yaml", admin)

    _, out, _ = work.adopt("admin.yaml")

    assert f"\n  location: {region}\n" in out


def test_comments_beside_values_are_kept(work: Workplace) -> None:
    """A person wrote them; what gkectl's templates say stands on lines of its own, and so does not come along."""
    text = (work.folder / "batch.yaml").read_text("utf-8")
    text = text.replace("name: batch\n", "# (Required) a name\nname: batch  # the nightly one\n")
    text = text.replace("cpus: 8\n", "cpus: 8 # password: hunter2\n")
    work.write("batch.yaml", text.replace("memoryMB: 16384\n", "memoryMB: 16384  # for the JVMs\n"))
    blocks = (work.folder / "batch-ipblock.yaml").read_text("utf-8")
    work.write("batch-ipblock.yaml", blocks.replace("10.22.1.21\n", "10.22.1.21 # was the printer\n"))

    code, out, _ = work.adopt("batch.yaml", "admin.yaml")

    assert code == 0
    assert "    batch:  # the nightly one\n" in out
    assert "          memory_mb: 16384  # for the JVMs\n" in out
    assert "10.22.1.30]  # 10.22.1.21: was the printer\n" in out
    assert "hunter2" not in out
    assert "Required" not in out
