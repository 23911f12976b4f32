"""A GKE cluster by itself: its ways in, its maintenance, its pools, what it sends."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.google.gke_cluster import GkeClusterConfig
from estate.model.google.gke_node_pool import GkeNodePoolConfig
from estate.model.google.kms_key import KmsKeyConfig
from tests.model.google.documents import CLUSTER, POOL, with_
from tests.model.refusals import refusals

WINDOW: dict[str, Any] = {"days": ["sat", "sun"], "start": "01:00", "hours": 6}
IMAGES = "projects/kl-images/locations/europe-north1/repositories/apps"
TAINT = {"key": "dedicated", "value": "batch", "effect": "NO_SCHEDULE"}


def test_what_backs_it_up_is_here_or_elsewhere() -> None:
    """Not both, or neither table would be right."""
    both = {**CLUSTER, "backup": {"kms_key": "secrets"}, "backup_elsewhere": True}

    [(where, words)] = refusals(GkeClusterConfig, both).items()

    assert (where, words) == ("backup_elsewhere", words)
    assert "must be left out with backup" in words


def freeze(first: str, last: str, **more: str) -> dict[str, str]:
    """Days without maintenance."""
    return {"first": first, "last": last, **more}


def test_a_cluster_is_its_place_its_key_and_its_pools() -> None:
    """Names follow from the key unless one is pinned; upgrades add a node to each pool."""
    cluster = GkeClusterConfig.model_validate(CLUSTER)

    assert cluster.name_in("kl", "dev", "cloud") == "kl-dev-cloud"
    assert GkeClusterConfig.model_validate({**CLUSTER, "name": "old"}).name_in("kl", "dev", "cloud") == "old"
    assert cluster.account_id_in("kl", "dev", "cloud") == "kl-dev-gke-cloud"
    renamed = GkeClusterConfig.model_validate({**CLUSTER, "name": "kl-dev-cloud", "short_name": "cloud"})
    assert renamed.account_id_in("kl", "dev", "web") == "kl-dev-gke-cloud"
    assert cluster.most_nodes == 7
    assert KmsKeyConfig(generation=2).ring_name_in("kl", "dev", "secrets") == "kl-dev-secrets-2"
    assert KmsKeyConfig(name="secrets").ring_name_in("kl", "dev", "vault") == "kl-dev-secrets-1"


@pytest.mark.parametrize(
    ("zones", "least", "most", "each"),
    [
        (0, 3, 6, 1),
        (0, 6, 24, 2),
        (0, 0, 12, 0),
        (0, 1, 12, 1),
        (0, 4, 6, 2),
        (0, 4, 4, 1),
        (1, 4, 4, 4),
        (2, 5, 5, 2),
    ],
)
def test_a_pool_is_made_with_its_fewest_nodes(zones: int, least: int, most: int, each: int) -> None:
    """The same number in each of three zones, or of those that are named; not more than its most."""
    named = [f"europe-north1-{letter}" for letter in "abc"[:zones]]
    cluster = GkeClusterConfig.model_validate({**CLUSTER, "zones": named})
    pool = GkeNodePoolConfig.model_validate({**POOL, "min_nodes": least, "max_nodes": most})

    assert cluster.first_nodes(pool) == each


@pytest.mark.parametrize(
    ("pods", "addresses"), [(8, 16), (16, 32), (32, 64), (64, 128), (110, 256), (256, 512)]
)
def test_a_node_takes_twice_the_addresses_of_its_pods(pods: int, addresses: int) -> None:
    """Google's table of ranges per node."""
    assert (
        GkeClusterConfig.model_validate({**CLUSTER, "max_pods_per_node": pods}).addresses_per_node
        == addresses
    )


@pytest.mark.parametrize(
    "maintenance",
    [
        WINDOW,
        {**WINDOW, "days": ["wed"], "hours": 12},
        {**WINDOW, "exclusions": {"a": freeze("2026-01-01", "2026-03-31")}},
        {**WINDOW, "exclusions": {"a": freeze("2026-01-01", "2026-12-31", scope="no_minor_upgrades")}},
        {
            **WINDOW,
            "exclusions": {
                "a": freeze("2026-01-01", "2026-01-31", scope="no_minor_upgrades"),
                "b": freeze("2026-01-01", "2026-01-31"),
            },
        },
    ],
    ids=["weekend", "one long day", "longest freeze", "a year without minors", "two scopes at once"],
)
def test_takes_maintenance_that_gke_takes(maintenance: dict[str, Any]) -> None:
    """At the edges of what it takes."""
    assert refusals(GkeClusterConfig, {**CLUSTER, "maintenance": maintenance}) == {}


@pytest.mark.parametrize(
    ("path", "value", "where", "words"),
    [
        ("control_plane_cidr", "172.16.0.0/27", "control_plane_cidr", "must be a /28"),
        ("control_plane_cidr", "8.8.8.0/28", "control_plane_cidr", "private range"),
        ("authorized_networks", {"office": "10.0.0.1/24"}, "authorized_networks.office", "10.0.0.0/24"),
        ("zones", ["europe-north1-a"] * 2, "zones.1", "second time"),
        ("backup", {"kms_key": "secrets", "daily_at": "1:30"}, "backup.daily_at", "match pattern"),
        (
            "backup",
            {"kms_key": "secrets", "retain_days": 7, "delete_lock_days": 8},
            "backup.delete_lock_days",
            "at most retain_days 7, got 8",
        ),
        ("zones", ["europe-north1"], "zones.0", "pattern"),
        ("webhook_ports", [8443, 8443], "webhook_ports.1", "second time"),
        ("webhook_ports", [0], "webhook_ports.0", "greater than or equal to 1"),
        ("max_pods_per_node", 300, "max_pods_per_node", "256"),
        (
            "image_repositories",
            {"apps": "europe-docker.pkg.dev/kl-images/apps"},
            "image_repositories.apps",
            "pattern",
        ),
        (
            "image_repositories",
            {"apps": IMAGES, "again": IMAGES},
            "image_repositories.again",
            "stands in apps already",
        ),
        ("release_channel", "none", "release_channel", "rapid"),
        ("node_pools", {}, "node_pools", "at least 1"),
        (
            "node_pools.default",
            {**POOL, "min_nodes": 1, "max_nodes": 2},
            "node_pools.default.max_nodes",
            "3 or more",
        ),
        ("node_pools.default.min_nodes", 7, "node_pools.default.min_nodes", "at most max_nodes 6"),
        ("node_pools.default.min_nodes", 0, "node_pools", "without taints and with min_nodes"),
        ("node_pools.default.taints", [TAINT], "node_pools", "without taints"),
        ("node_pools.default.machine_type", "large", "node_pools.default.machine_type", "pattern"),
        ("node_pools.default.max_surge", 0, "node_pools.default.max_surge", "unless max_unavailable"),
        ("node_pools.more", {**POOL, "taints": [TAINT, TAINT]}, "node_pools.more.taints.1", "second time"),
        ("observability", {"metrics": "workloads"}, "observability.metrics", "managed_prometheus: true"),
        ("maintenance", {**WINDOW, "hours": 3}, "maintenance.hours", "4"),
        ("maintenance", {**WINDOW, "days": ["sat"]}, "maintenance.hours", "24 in all"),
        ("maintenance", {**WINDOW, "days": ["sat", "sat"], "hours": 24}, "maintenance.days.1", "second time"),
        ("maintenance", {**WINDOW, "start": "25:00"}, "maintenance.start", "pattern"),
        (
            "maintenance",
            {**WINDOW, "exclusions": {"a": freeze("2026-01-02", "2026-01-01")}},
            "maintenance.exclusions.a.last",
            "not be before first",
        ),
        (
            "maintenance",
            {**WINDOW, "exclusions": {"a": freeze("2026-01-01", "2026-04-01")}},
            "maintenance.exclusions.a.last",
            "at most 90 days",
        ),
        (
            "maintenance",
            {
                **WINDOW,
                "exclusions": {
                    key: freeze(f"2026-0{n}-01", f"2026-0{n}-02") for n, key in enumerate("abcd", 1)
                },
            },
            "maintenance.exclusions.d",
            "one too many",
        ),
        (
            "maintenance",
            {
                **WINDOW,
                "exclusions": {
                    "a": freeze("2026-01-01", "2026-01-05"),
                    "b": freeze("2026-01-05", "2026-01-09"),
                },
            },
            "maintenance.exclusions.b",
            "overlap a",
        ),
    ],
)
def test_refuses(path: str, value: Any, where: str, words: str) -> None:
    """Each mistake, at its field."""
    found = refusals(GkeClusterConfig, with_(CLUSTER, path, value))

    assert list(found) == [where]
    assert words in found[where]


def test_refuses_a_cluster_that_nobody_could_reach() -> None:
    """And what would open an endpoint that is not there."""
    closed = {**CLUSTER, "dns_endpoint": False, "private_endpoint": False}
    half = {
        **CLUSTER,
        "private_endpoint": False,
        "global_access": True,
        "authorized_networks": {"a": "10.0.0.0/8"},
    }

    assert "nobody could reach" in refusals(GkeClusterConfig, closed)["dns_endpoint"]
    assert list(refusals(GkeClusterConfig, half)) == ["authorized_networks", "global_access"]


def test_fewer_zones_take_smaller_pools() -> None:
    """A pool begins with a node in each zone."""
    small = with_(
        with_(CLUSTER, "zones", ["europe-north1-a"]),
        "node_pools.default",
        {**POOL, "min_nodes": 1, "max_nodes": 1},
    )

    assert refusals(GkeClusterConfig, small) == {}
