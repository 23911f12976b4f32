"""What an environment takes of the quotas of a project in Google Cloud."""

from __future__ import annotations

from typing import Any

import pytest

from estate.derived.google.quotas import more_than_at_first
from estate.model.google.google import GoogleConfig
from tests.model.google.documents import CLUSTER, GOOGLE, POOL, SUBNET, with_, without

PROCESSORS, SPOT, SSD = "CPUS", "PREEMPTIBLE_CPUS", "SSD_TOTAL_GB"
SMALL = {**POOL, "machine_type": "e2-medium", "disk_type": "pd-standard"}
PLACE = ("kl-dev-apps", "europe-north1")


def taken(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, int]]:
    """What is beyond, by project and region."""
    return {
        place: {**found} for place, found in more_than_at_first(GoogleConfig.model_validate(document)).items()
    }


@pytest.mark.parametrize(
    ("pools", "expected"),
    [
        # Six nodes and one that an upgrade adds, of four processors and 100 GB each.
        ({"default": POOL}, {PROCESSORS: 28, SSD: 700}),
        ({"default": POOL, "spot": {**POOL, "spot": True}}, {PROCESSORS: 28, SPOT: 28, SSD: 1400}),
        (
            {"default": POOL, "other": {**POOL, "machine_type": "n2-standard-8", "max_surge": 2}},
            {PROCESSORS: 28, "N2_CPUS": 64, SSD: 1500},
        ),
        (
            {"default": {**POOL, "machine_type": "n4-standard-4", "disk_type": "hyperdisk-balanced"}},
            {"CPUS_PER_VM_FAMILY of N4": 28, SSD: 300},
        ),
        ({"default": {**SMALL, "max_nodes": 3}}, {SSD: 300}),
        ({"default": {**SMALL, "max_nodes": 4}}, {PROCESSORS: 10, SSD: 300}),
    ],
    ids=["nodes", "spot", "another family", "a newer family", "what it begins with", "little"],
)
def test_what_goes_beyond_is_counted(pools: dict[str, Any], expected: dict[str, int]) -> None:
    """By Compute Engine's names; the nodes that a cluster begins with have disks that count, and go before its pools come."""
    assert taken(with_(GOOGLE, "gke_clusters.cloud.node_pools", pools)) == {PLACE: expected}


def test_clusters_count_together_where_they_stand_together() -> None:
    """In a project and a region; elsewhere they have quotas of their own, and little asks for nothing."""
    west = {**SUBNET, "cidr": "10.96.0.0/20", "pods": "10.100.0.0/16", "services": "10.104.0.0/20"}
    second = {**CLUSTER, "subnet": "two", "control_plane_cidr": "172.16.0.16/28"}
    both = with_(with_(GOOGLE, "network.subnets.two", west), "gke_clusters.two", second)
    apart = with_(both, "gke_clusters.two.project", None)
    little = {"default": {**SMALL, "max_nodes": 3}}

    assert taken(both) == {PLACE: {PROCESSORS: 56, SSD: 1400}}
    assert taken(apart) == {
        PLACE: {PROCESSORS: 28, SSD: 700},
        ("kl-dev-host", "europe-north1"): {PROCESSORS: 28, SSD: 700},
    }
    one_zone = with_(
        with_(GOOGLE, "gke_clusters.cloud.zones", ["europe-north1-a"]),
        "gke_clusters.cloud.node_pools",
        little,
    )
    assert taken(one_zone) == {}
    assert taken(without(without(GOOGLE, "gke_clusters"), "kms_keys")) == {}
