"""Files in the shapes that people have, from first to last: what moves in is synthesized, what cannot is told why.

Each folder of shapes/ holds the files of one cluster, named for what stands in the way, or does not, and its version.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from operations.artifacts.synthesis import synth
from tests.operations.adopt.gkectl.workplace import INTO, Workplace, read_yaml

SHAPES = Path(__file__).with_name("shapes")
FOUNDATION = """\
environment: dev
state: {local: {}}

google:
  host_project: {id: kl-dev-host, number: 234567890123}
  region: europe-north1

fleet: {}
"""
USER, ADMIN = "user-cluster.yaml", "admin-cluster.yaml"


def lay_out(work: Workplace, shape: str) -> list[str]:
    """Lay the files of a shape into the folder that the command runs in; returns those to name."""
    shutil.copytree(SHAPES / shape, work.folder, dirs_exist_ok=True)
    return [name for name in (USER, ADMIN) if (work.folder / name).exists()]


def synthesized(work: Workplace) -> dict[str, Any]:
    """The only cluster and the only pool of the environment's stack."""
    synth(Path("environments"), ["dev"], work.folder / "out")
    stack = json.loads((work.folder / "out" / "stacks" / "dev" / "cdk.tf.json").read_text("utf-8"))[
        "resource"
    ]
    (cluster,) = stack["google_gkeonprem_vmware_cluster"].values()
    (pool,) = stack["google_gkeonprem_vmware_node_pool"].values()
    return {"cluster": cluster, "pool": pool}


def moved_in(work: Workplace, shape: str) -> tuple[dict[str, Any], dict[str, Any], str]:
    """Move a shape in; returns its section, what is synthesized of it, and what was said."""
    path = work.environment(FOUNDATION)
    code, _, err = work.adopt(*lay_out(work, shape), *INTO, "--write")
    assert code == 0, err
    entries = read_yaml(path.parent / "refactoring" / "dev.yaml")["import"]
    found = synthesized(work)
    cluster, pool = found["cluster"]["name"], found["pool"]["name"]
    id_ = f"projects/kl-dev-host/locations/europe-north1/vmwareClusters/{cluster}"
    assert [entry["id"] for entry in entries] == [id_, f"{id_}/vmwareNodePools/{pool}"]
    return read_yaml(path)["vmware"], found, err


def test_metallb_with_servers_by_name(work: Workplace) -> None:
    """1.34: NTP by name, nodes not kept apart, a host group, no image, a long admin name, a port group with a slash."""
    vmware, found, err = moved_in(work, "metallb-1.34")

    cluster = vmware["user_clusters"]["till-data"]
    assert vmware["admin_cluster"]["membership"].endswith("/memberships/admin-cluster-of-building-7")
    assert vmware["admin_cluster"]["addresses"][-1] == "10.47.9.13"
    assert cluster["network"]["ntp"] == ["time1.lab.example.com", "time2.lab.example.com"]
    assert cluster["anti_affinity"] is False
    network = found["cluster"]["network_config"]
    assert network["vcenter_network"] == "till%2fdata"
    assert network["host_config"]["ntp_servers"] == ["time1.lab.example.com", "time2.lab.example.com"]
    assert len(network["static_ip_config"]["ip_blocks"][0]["ips"]) == 8
    assert found["cluster"]["anti_affinity_groups"] == {"aag_config_disabled": True}
    assert "host_groups" not in json.dumps(found["pool"])
    assert "masterNode.cpus 4, masterNode.memoryMB 8192" in err
    assert "racks-north" not in err
    assert "note: the admin cluster's name admin-cluster-of-building-7 has 27 characters" in err
    assert "note: user cluster till-data does not keep its nodes on different physical hosts" in err
    assert "is not known here" not in err


def test_a_manual_load_balancer_and_dhcp(work: Workplace) -> None:
    """1.34: full host names, pods outside the private ranges, a server twice, VIPs elsewhere, a storage policy."""
    vmware, found, err = moved_in(work, "manual-dhcp-1.34")

    network = vmware["user_clusters"]["films"]["network"]
    assert (network["dhcp"], network["pods"]) == (True, "100.64.0.0/16")
    assert network["hostnames"]["10.48.5.11"] == "films-cp-1.lab.example.com"
    assert network["search_domains"] == ["Lab.example.com"]
    assert found["cluster"]["network_config"]["dhcp_ip_config"] == {"enabled": True}
    assert found["cluster"]["load_balancer"]["manual_lb_config"] == {
        "ingress_http_node_port": 30243,
        "ingress_https_node_port": 30879,
    }
    assert found["cluster"]["vcenter"]["storage_policy_name"] == "gold"
    assert found["pool"]["node_pool_autoscaling"] == {"max_replicas": 9, "min_replicas": 3}
    assert "note: user cluster films has network.pods 100.64.0.0/16, outside the private ranges" in err
    assert "note: user cluster films names dns server 10.48.0.53 twice" in err


def test_control_plane_addresses_in_the_ip_block_file(work: Workplace) -> None:
    """1.34: advanced networking, a name that follows from its key, an admin cluster of a newer version."""
    vmware, found, err = moved_in(work, "control-plane-in-blocks-1.34")

    cluster = vmware["user_clusters"]["labs"]
    assert "name" not in cluster
    assert cluster["control_plane"]["ips"] == ["10.50.3.10", "10.50.3.11", "10.50.3.12"]
    assert cluster["network"]["node_ips"] == ["10.50.3.20-10.50.3.23"]
    assert found["cluster"]["dataplane_v2"] == {"advanced_networking": True, "dataplane_v2_enabled": True}
    assert found["cluster"]["name"] == "kl-dev-labs"
    assert "addresses" not in vmware["admin_cluster"]
    assert "is not known here" not in err


REFUSED = {
    "seesaw-1.5": (
        [
            "enableControlplaneV2: is not said",
            "enableDataplaneV2: is not said",
            "loadBalancer.kind: is Seesaw",
            "masterNode.replicas: must be 3 in every supported version, not said means 1 in 1.5",
        ],
        "stock, their admin cluster, where it is older: upgrade to 1.30, one minor version at a time (1.6, 1.7, 1.8, 1.9, "
        "1.10, 1.11, 1.12, 1.13, 1.14, 1.15, 1.16, 1.28, 1.29, 1.30), each time user clusters before the admin cluster",
    ),
    "f5-dhcp-1.12": (
        [
            "enableControlplaneV2: is not said",
            "enableDataplaneV2: is false",
            "loadBalancer.kind: is F5BigIP",
            "masterNode.replicas: must be 3 in every supported version, got 1",
        ],
        "desks: change all of this at once: enableControlplaneV2: true with masterNode.replicas: 3",
    ),
    "controlplane-v2-1.16": (
        ["gkeOnPremVersion: is out of support, got 1.16.4-gke.37"],
        "shops, their admin cluster, where it is older: upgrade to 1.30, one minor version at a time (1.28, 1.29, 1.30)",
    ),
    "kubeception-1.28": (
        [
            "enableControlplaneV2: is false",
            "masterNode.replicas: must be 3 in every supported version, not said means 1 in 1.28",
            "adminMaster.replicas: must be 3 in every supported version, not said means 1 in 1.28",
        ],
        "depot, gke-admin-depot: upgrade to 1.30, one minor version at a time (1.29, 1.30), each time user clusters "
        "before the admin cluster",
    ),
}


@pytest.mark.parametrize("shape", REFUSED)
def test_what_has_to_migrate_is_told_how(work: Workplace, shape: str) -> None:
    """1.5 to 1.28, Seesaw, F5, MetalLB and manual, with and without the IP block files: all of it at once."""
    work.environment(FOUNDATION)

    said = work.refusal(*lay_out(work, shape), *INTO, "--write")

    problems, step = REFUSED[shape]
    assert [problem for problem in problems if problem not in said] == []
    assert step in said
    assert "not at hand" not in said
    assert not (work.folder / "environments" / "refactoring").exists()


def test_topology_domains_stay_with_gkectl(work: Workplace) -> None:
    """1.34: said of the control plane and of each pool, before an IP block file is asked for."""
    work.environment(FOUNDATION)

    said = work.refusal(*lay_out(work, "topology-1.34"), *INTO)

    places = ["masterNode.topologyDomains", "nodePools[0].topologyDomains", "nodePools[1].topologyDomains"]
    assert [line.split(": ")[1] for line in said.splitlines()[:-1]] == places
    assert "3 problems; nothing was written" in said
    assert "not at hand" not in said


def test_every_shape_is_tested() -> None:
    """A folder that no test reads proves nothing."""
    moved = {"metallb-1.34", "manual-dhcp-1.34", "control-plane-in-blocks-1.34", "topology-1.34"}

    assert {path.name for path in SHAPES.iterdir()} == moved | REFUSED.keys()
