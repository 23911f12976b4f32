"""How many nodes GKE takes, and Cloud NAT."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from estate.model.google.google import GoogleConfig
from tests.model.google.documents import CLUSTER, GOOGLE, POOL, with_, without
from tests.model.refusals import refusals

WIDE = {"cidr": "10.64.0.0/16", "pods": "10.128.0.0/9", "services": "10.72.0.0/20"}


def sized(nat: dict[str, Any], *sizes: int, zones: tuple[str, ...] = (), pods: int = 110) -> dict[str, Any]:
    """A section with pools of these sizes, each of which grows by one in upgrades."""
    pools = {f"p{i}": {**POOL, "max_nodes": size} for i, size in enumerate(sizes)}
    document = with_(with_(GOOGLE, "network.subnets.gke", WIDE), "network.nat", nat)
    cluster = {**CLUSTER, "node_pools": pools, "zones": list(zones), "max_pods_per_node": pods}
    return with_(document, "gke_clusters.cloud", cluster)


@pytest.mark.parametrize(
    ("sizes", "zones", "expected"),
    [
        ((3000,), (), {}),
        (
            (3001,),
            (),
            {
                "gke_clusters.cloud.node_pools.p0.max_nodes": "must be at most 3000, 1000 in each of 3 zones, got 3001; lower "
                "it, or make a second pool"
            },
        ),
        (
            (1001,),
            ("europe-north1-a",),
            {
                "gke_clusters.cloud.node_pools.p0.max_nodes": "must be at most 1000, 1000 in each of 1 zones, got 1001; lower "
                "it, or make a second pool"
            },
        ),
        ((3000,) * 5, (), {}),
        (
            (*(3000,) * 5, 3),
            (),
            {
                "gke_clusters.cloud.node_pools": "must have at most 15000 nodes together, got 15003; lower max_nodes, or make "
                "a second cluster"
            },
        ),
    ],
    ids=["most of a pool", "more", "one zone", "most of a cluster", "more of a cluster"],
)
def test_gke_has_an_end(sizes: tuple[int, ...], zones: tuple[str, ...], expected: dict[str, str]) -> None:
    """Limits that nobody raises; the subnet's addresses end before, or do not."""
    assert refusals(GoogleConfig, sized({}, *sizes, zones=zones, pods=32)) == expected


@pytest.mark.parametrize(
    ("addresses", "ports", "size", "needed"),
    [(["a"], 64, 1007, 0), (["a"], 64, 1008, 2), (["a", "b"], 1024, 200, 4), ([], 2048, 1000, 0)],
    ids=["all of one", "one node more", "many ports", "Google's own"],
)
def test_every_node_has_its_ports(addresses: list[str], ports: int, size: int, needed: int) -> None:
    """64,512 for each address, by Google's own sum: 1,008 machines with 64 ports."""
    found = refusals(GoogleConfig, sized({"addresses": addresses, "min_ports_per_machine": ports}, size))

    assert found == (
        {
            "network.nat.addresses": f"must be {needed} or more, because {size + 1} nodes of cloud in europe-north1, those that "
            f"upgrades add included, get {ports} ports each at least, and an address has 64512; got {len(addresses)}; add "
            "addresses, or lower min_ports_per_machine"
        }
        if needed
        else {}
    )


def test_each_region_has_addresses_of_its_own() -> None:
    """Two clusters that would be too many for one gateway are two gateways' nodes."""
    document = sized({"addresses": ["a"], "min_ports_per_machine": 1024}, 60)
    both = copy.deepcopy(document)
    both["network"]["subnets"]["west"] = {
        "cidr": "10.65.0.0/20",
        "pods": "10.96.0.0/14",
        "services": "10.73.0.0/20",
        "region": "europe-west1",
    }
    both["kms_keys"]["west"] = {"location": "europe-west1"}
    second = {
        "subnet": "west",
        "secrets_key": "west",
        "control_plane_cidr": "172.16.0.16/28",
        "global_access": True,
    }
    both["gke_clusters"]["west"] = {**document["gke_clusters"]["cloud"], **second}

    assert refusals(GoogleConfig, document) == {}
    assert refusals(GoogleConfig, both) == {}
    assert refusals(GoogleConfig, without(document, "network.nat")) == {}


@given(least=st.integers(0, 40), more=st.integers(0, 40), zones=st.sets(st.sampled_from("abcd")))
def test_a_pool_is_made_with_its_fewest_nodes(least: int, more: int, zones: set[str]) -> None:
    """As near as the same number in each zone comes, never more than its most, and one in each zone unless it needs none."""
    names = [f"europe-north1-{letter}" for letter in sorted(zones)]
    pool = {**POOL, "min_nodes": least, "max_nodes": least + more + 4}
    system = {**POOL, "min_nodes": 4, "max_nodes": 4}
    document = with_(GOOGLE, "gke_clusters.cloud.node_pools", {"default": pool, "system": system})
    cluster = GoogleConfig.model_validate(with_(document, "gke_clusters.cloud.zones", names)).gke_clusters[
        "cloud"
    ]

    made = cluster.first_nodes(cluster.node_pools["default"]) * cluster.zone_count

    assert (cluster.zone_count if least else 0) <= made <= least + more + 4
    assert least <= made < least + cluster.zone_count or made == cluster.zone_count
