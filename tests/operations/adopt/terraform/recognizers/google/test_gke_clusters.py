"""GKE clusters of other people's making."""

from __future__ import annotations

from typing import Any

import pytest

from operations.adopt.terraform.draft import Draft
from operations.adopt.terraform.found import FoundObject
from tests.operations.adopt.terraform.recognizers.google.foreign import (
    HOST,
    NETWORK,
    NODES,
    REGION,
    drafted,
    left,
    subnet,
    thing,
)

RING = f"projects/{HOST}/locations/{REGION}/keyRings/platform"
KEY = thing("kms_crypto_key", "etcd", name="gke-etcd", key_ring=RING, id=f"{RING}/cryptoKeys/gke-etcd")
ACCOUNT = thing(
    "service_account",
    "nodes",
    project=HOST,
    account_id="gke-nodes",
    email="gke-nodes@acme-net.iam.gserviceaccount.com",
)
PRIVATE: dict[str, Any] = {
    "enable_private_nodes": True,
    "enable_private_endpoint": True,
    "master_ipv4_cidr_block": "172.16.1.0/28",
}
AS_IT_IS: dict[str, Any] = {
    "project": HOST,
    "location": REGION,
    "name": "main",
    "id": f"projects/{HOST}/locations/{REGION}/clusters/main",
    "subnetwork": f"projects/{HOST}/regions/{REGION}/subnetworks/nodes",
    "private_cluster_config": [PRIVATE],
    "database_encryption": [{"state": "ENCRYPTED", "key_name": f"{RING}/cryptoKeys/gke-etcd"}],
    "control_plane_endpoints_config": [{"dns_endpoint_config": [{"allow_external_traffic": True}]}],
    "logging_config": [{"enable_components": ["SYSTEM_COMPONENTS"]}],
    "monitoring_config": [{"enable_components": ["SYSTEM_COMPONENTS"]}],
    "cost_management_config": [{"enabled": True}],
    "release_channel": [{"channel": "REGULAR"}],
}


def cluster(address: str = "main", **attributes: Any) -> FoundObject:
    """A cluster in the subnet of the nodes."""
    return thing("container_cluster", address, **{**AS_IT_IS, **attributes})


def pool(name: str = "default", node: dict[str, Any] | None = None, **attributes: Any) -> FoundObject:
    """A pool of the cluster."""
    config = {"machine_type": "e2-standard-4", "service_account": ACCOUNT.text("email"), **(node or {})}
    scaling = [{"total_min_node_count": 3, "total_max_node_count": 9}]
    place = {"project": HOST, "location": REGION, "cluster": "main", "name": name}
    return thing(
        "container_node_pool",
        name,
        **{**place, "autoscaling": scaling, "node_config": [config], **attributes},
    )


CLUSTER, POOL = cluster(), pool()


def made(*objects: FoundObject) -> Draft:
    """The draft of a network with clusters."""
    return drafted(NETWORK, NODES, KEY, ACCOUNT, *objects)


def only(*objects: FoundObject) -> dict[str, Any]:
    """The one cluster that is made of objects, without its pools."""
    found: dict[str, Any] = made(*objects).at("google", "gke_clusters", "main")
    return {key: value for key, value in found.items() if key != "node_pools"}


PLAIN = {
    "name": "main",
    "subnet": "nodes",
    "control_plane_cidr": "172.16.1.0/28",
    "secrets_key": "gke-etcd",
    "account_id": "gke-nodes",
}


def test_a_cluster_keeps_its_name_its_account_and_its_key() -> None:
    """Nothing else is said where it is as clusters here are."""
    draft = made(CLUSTER, POOL)

    assert draft.at("google", "gke_clusters") == {
        "main": {
            **PLAIN,
            "node_pools": {"default": {"machine_type": "e2-standard-4", "min_nodes": 3, "max_nodes": 9}},
        }
    }
    assert draft.at("google", "kms_keys") == {
        "gke-etcd": {"ring": RING, "key_name": "gke-etcd"},
    }
    assert left(draft) == {}


def test_what_differs_is_said() -> None:
    """Endpoints, zones, channel, telemetry, cost."""
    endpoints = {
        "dns_endpoint_config": [{"allow_external_traffic": False}],
        "ip_endpoints_config": [{"enabled": True}],
    }
    networks = [
        {"display_name": "Office Oslo", "cidr_block": "10.99.0.0/24"},
        {"display_name": "", "cidr_block": "10.98.0.0/24"},
    ]

    assert only(
        cluster(
            private_cluster_config=[{**PRIVATE, "master_global_access_config": [{"enabled": True}]}],
            control_plane_endpoints_config=[endpoints],
            master_authorized_networks_config=[{"cidr_blocks": networks}],
            node_locations=["europe-west4-b", "europe-west4-a"],
            release_channel=[{"channel": "STABLE"}],
            default_max_pods_per_node="64",
            logging_config=[{"enable_components": ["SYSTEM_COMPONENTS", "WORKLOADS"]}],
            monitoring_config=[
                {"enable_components": ["SYSTEM_COMPONENTS", "POD"], "managed_prometheus": [{"enabled": True}]}
            ],
            cost_management_config=[],
        ),
        POOL,
    ) == {
        **PLAIN,
        "dns_endpoint": False,
        "authorized_networks": {"office-oslo": "10.99.0.0/24", "x-10-98-0-0-24": "10.98.0.0/24"},
        "global_access": True,
        "zones": ["europe-west4-a", "europe-west4-b"],
        "release_channel": "stable",
        "max_pods_per_node": 64,
        "observability": {"logs": "workloads", "metrics": "workloads", "managed_prometheus": True},
        "cost_allocation": False,
    }


def test_what_is_off_is_said_to_be_off() -> None:
    """An address that answers nobody; no logs."""
    endpoints = {
        "ip_endpoints_config": [{"enabled": False}],
        "dns_endpoint_config": [{"allow_external_traffic": True}],
    }

    found = only(
        cluster(
            private_cluster_config=[{**PRIVATE, "enable_private_endpoint": False}],
            control_plane_endpoints_config=[endpoints],
            logging_config=[],
            monitoring_config=[{"enable_components": ["SYSTEM_COMPONENTS", "POD"]}],
            release_channel=[{"channel": "UNSPECIFIED"}],
        ),
        POOL,
    )

    assert found == {**PLAIN, "private_endpoint": False, "observability": {"logs": "off"}}


def test_what_clusters_here_have_not_is_listed() -> None:
    """A public endpoint, telemetry of the control plane, secrets without a key, or with one that nobody has."""
    draft = made(
        cluster(
            private_cluster_config=[{**PRIVATE, "enable_private_endpoint": False}],
            logging_config=[{"enable_components": ["SYSTEM_COMPONENTS", "APISERVER"]}],
            database_encryption=[{"state": "DECRYPTED", "key_name": ""}],
        ),
        POOL,
    )
    other = made(
        cluster(database_encryption=[{"key_name": "projects/x/locations/y/keyRings/z/cryptoKeys/k"}]), POOL
    )

    assert list(left(draft)) == [
        "container_cluster.main: private_cluster_config.enable_private_endpoint",
        "container_cluster.main: logging_config.enable_components",
        "container_cluster.main: database_encryption",
    ]
    assert list(left(other)) == ["container_cluster.main: database_encryption.key_name"]
    assert "secrets_key" not in other.at("google", "gke_clusters", "main")


@pytest.mark.parametrize(
    ("attributes", "why"),
    [
        ({"enable_autopilot": True}, "is an Autopilot cluster"),
        ({"location": "europe-west4-a"}, "is a cluster of zone europe-west4-a"),
        ({"private_cluster_config": []}, "has no range of its own"),
        ({"subnetwork": "elsewhere"}, "stands in a subnet that no state has"),
        ({"project": "acme-lab"}, "stands in project acme-lab, which is not attached"),
    ],
)
def test_a_cluster_that_is_none_of_ours_is_listed(attributes: dict[str, Any], why: str) -> None:
    """It cannot become one in place."""
    draft = made(cluster(**attributes), POOL)

    assert draft.at("google", "gke_clusters") is None
    assert left(draft)["container_cluster.main"].startswith(why)


def test_a_subnet_has_one_cluster() -> None:
    """The first one."""
    draft = made(CLUSTER, POOL, cluster("second", name="second"))

    assert list(draft.at("google", "gke_clusters")) == ["main"]
    assert left(draft)["container_cluster.second"].startswith("stands in a subnet with another cluster")


def test_a_cluster_of_a_service_project_says_so() -> None:
    """Its account and key stand where they do."""
    guest = thing("compute_shared_vpc_service_project", host_project=HOST, service_project="acme-shop")
    account = thing(
        "service_account", "shop", project="acme-shop", account_id="kl-prod-gke-main", email="k@x"
    )

    draft = made(
        guest,
        account,
        cluster(project="acme-shop", name="kl-prod-main"),
        pool(project="acme-shop", cluster="kl-prod-main", node={"service_account": "k@x"}),
    )

    found = draft.at("google", "gke_clusters", "main")
    assert (found["project"], "name" in found, "account_id" in found) == ("acme-shop", False, False)


def test_nodes_without_an_account_of_their_own_are_listed() -> None:
    """The default one of a project, one of two clusters, or two accounts."""
    words = "container_cluster.{}: google_container_node_pool.node_config.service_account"
    default = made(CLUSTER, pool(node={"service_account": "default"}))
    unknown = made(CLUSTER, pool(node={"service_account": None}))
    second = [
        subnet("more", "10.8.0.0/20"),
        cluster("b", name="b", subnetwork="more"),
        pool("x", cluster="b"),
    ]
    shared = made(CLUSTER, POOL, *second)

    assert left(default)[words.format("main")].startswith("has nodes of default")
    assert left(unknown)[words.format("main")].startswith("has nodes of an account that no state tells")
    assert words.format("b") in left(shared)


def test_images_that_nodes_pull_come_along() -> None:
    """From repositories of any project."""
    reader = {"location": REGION, "role": "roles/artifactregistry.reader", "project": "acme-images"}
    members = [
        thing("artifact_registry_repository_iam_member", name, **reader, repository=name, member=who)
        for name, who in (("apps", f"serviceAccount:{ACCOUNT.text('email')}"), ("x", "allUsers"))
    ]

    assert only(CLUSTER, POOL, *members)["image_repositories"] == {
        "apps": f"projects/acme-images/locations/{REGION}/repositories/apps"
    }


def plan(address: str = "daily", **attributes: Any) -> FoundObject:
    """A plan of Backup for GKE."""
    said = {
        "cluster": AS_IT_IS["id"],
        "backup_config": [{"encryption_key": [{"gcp_kms_encryption_key": KEY.text("id")}]}],
        "backup_schedule": [{"cron_schedule": "15 3 * * *"}],
        "retention_policy": [{"backup_retain_days": 14, "backup_delete_lock_days": 7}],
    }
    return thing("gke_backup_backup_plan", address, **{**said, **attributes})


def test_a_daily_backup_comes_along() -> None:
    """Another cluster's does not, and what is no daily one is listed."""
    draft = made(
        CLUSTER,
        POOL,
        plan("other", cluster="projects/x/locations/y/clusters/z"),
        plan("weekly", backup_schedule=[{"cron_schedule": "15 3 * * 0"}]),
        plan("bare", backup_config=[], backup_schedule=[]),
        plan(),
    )

    assert draft.at("google", "gke_clusters", "main", "backup") == {
        "kms_key": "gke-etcd",
        "daily_at": "03:15",
        "retain_days": 14,
        "delete_lock_days": 7,
    }
    assert list(left(draft)) == ["gke_backup_backup_plan.weekly", "gke_backup_backup_plan.bare"]
