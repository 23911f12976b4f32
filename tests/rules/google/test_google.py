"""A google section as a whole: its clusters fit its projects, its network and its keys."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.google.google import GoogleConfig
from tests.model.google.documents import ALLOW, CLUSTER, GOOGLE, POOL, SUBNET, with_, without
from tests.model.refusals import refusals

CLOUD = "gke_clusters.cloud"
RING = "projects/kl-dev-keys/locations/europe-north1/keyRings/clusters"
SECOND = {**CLUSTER, "control_plane_cidr": "172.16.0.16/28"}


MORE = {"cidr": "10.80.0.0/20", "pods": "10.84.0.0/16", "services": "10.88.0.0/20"}


def test_a_whole_section_is_taken() -> None:
    """With what other networks route to: the subnets' ranges, and the control plane's."""
    google = GoogleConfig.model_validate(GOOGLE)

    assert [".".join(map(str, path)) for path, _ in google.routable_ranges()] == [
        "network.subnets.gke.cidr",
        "network.subnets.gke.pods",
        "network.subnets.gke.services",
        "gke_clusters.cloud.control_plane_cidr",
    ]
    assert google.project_of(google.gke_clusters["cloud"]).id == "kl-dev-apps"


def test_a_cluster_may_stand_in_the_host_project_and_another_region() -> None:
    """Its subnet says where; its key has to be there too."""
    document = without(with_(GOOGLE, "network.subnets.gke.region", "europe-west1"), f"{CLOUD}.project")
    document = with_(
        with_(document, "kms_keys.secrets.location", "europe-west1"), f"{CLOUD}.global_access", value=True
    )

    google = GoogleConfig.model_validate(document)

    assert google.project_of(google.gke_clusters["cloud"]).id == "kl-dev-host"
    assert google.region_of(google.gke_clusters["cloud"]) == "europe-west1"


@pytest.mark.parametrize(
    ("path", "value", "where", "words"),
    [
        (
            "service_projects.apps.id",
            "kl-dev-host",
            "service_projects.apps.id",
            "differ from that of host_project",
        ),
        ("service_projects.apps.number", 123456789012, "service_projects.apps.number", "host_project"),
        (f"{CLOUD}.project", "app", f"{CLOUD}.project", "one of service_projects: apps; got app"),
        (f"{CLOUD}.subnet", "gk", f"{CLOUD}.subnet", "one of network.subnets: gke; got gk"),
        (f"{CLOUD}.secrets_key", "etcd", f"{CLOUD}.secrets_key", "one of kms_keys: secrets; got etcd"),
        (
            f"{CLOUD}.backup",
            {"kms_key": "etcd"},
            f"{CLOUD}.backup.kms_key",
            "one of kms_keys: secrets; got etcd",
        ),
        ("kms_keys", {}, f"{CLOUD}.secrets_key", "there are none"),
        ("kms_keys.secrets.location", "europe-west1", f"{CLOUD}.secrets_key", "key in europe-north1"),
        (
            f"{CLOUD}.zones",
            ["europe-north1-a", "europe-west1-a"],
            f"{CLOUD}.zones.1",
            "zone of europe-north1",
        ),
        (
            "network.firewall.allows.web",
            {**ALLOW, "cluster": "clod"},
            "network.firewall.allows.web.cluster",
            "one of gke_clusters: cloud; got clod",
        ),
        ("kms_keys.secrets", {"ring": RING}, "kms_keys.secrets.key_name", "is needed with ring"),
        ("kms_keys.secrets", {"key_name": "etcd"}, "kms_keys.secrets.ring", "is needed with key_name"),
        (
            "kms_keys.more",
            {"ring": RING.replace("north1", "west1"), "key_name": "etcd"},
            "kms_keys.more.location",
            "must be europe-west1",
        ),
        (
            "kms_keys",
            {key: {"ring": RING, "key_name": "etcd"} for key in ("secrets", "other")},
            "kms_keys.other.key_name",
            "is key secrets already",
        ),
        ("gke_clusters.other", SECOND, "gke_clusters.other.subnet", "differ from that of cloud"),
        (f"{CLOUD}.node_pools.default", {**POOL, "max_nodes": 300}, f"{CLOUD}.subnet", "for 256"),
        (
            "network.proxy_subnets",
            {"one": {"cidr": "10.73.0.0/26"}, "two": {"cidr": "10.73.1.0/26", "region": "europe-north1"}},
            "network.proxy_subnets.two.role",
            "must differ from that of one, got active for both in europe-north1",
        ),
        ("network.subnets.gke.cidr", "10.64.0.0/29", f"{CLOUD}.subnet", "room for 7 nodes"),
        ("network.subnets.gke", {"cidr": "10.64.0.0/20"}, f"{CLOUD}.subnet", "with pods and services"),
    ],
)
def test_refuses(path: str, value: Any, where: str, words: str) -> None:
    """Each mistake, at the field that has to change."""
    found = refusals(GoogleConfig, with_(GOOGLE, path, value))

    assert list(found) == [where]
    assert words in found[where]


def test_a_region_has_a_backup_of_its_proxies_and_another_region_its_own() -> None:
    """The one that waits, or is drained, beside the active one."""
    ranges = [f"10.73.{part}.0/26" for part in range(3)]
    proxies = {
        "old": {"cidr": ranges[0], "role": "backup"},
        "new": {"cidr": ranges[1]},
        "west": {"cidr": ranges[2], "region": "europe-west1"},
    }

    assert refusals(GoogleConfig, with_(GOOGLE, "network.proxy_subnets", proxies)) == {}


def test_refuses_two_clusters_whose_nodes_have_one_account() -> None:
    """It would be made twice, and gone for both when one of the clusters goes."""
    document = with_(GOOGLE, "network.subnets.more", {**MORE, "region": "europe-north1"})
    document = with_(document, f"{CLOUD}.account_id", "gke-nodes")
    other = {**SECOND, "subnet": "more", "account_id": "gke-nodes"}

    found = refusals(GoogleConfig, with_(document, "gke_clusters.other", other))

    assert found == {
        "gke_clusters.other.account_id": "must differ from that of cloud, got gke-nodes for both; leave one of the two out"
    }
    assert (
        refusals(GoogleConfig, with_(document, "gke_clusters.other", {**other, "account_id": "more-nodes"}))
        == {}
    )


def test_a_key_in_a_ring_that_stands_is_called_as_it_is() -> None:
    """In another project, too."""
    key = {"ring": RING, "key_name": "etcd"}

    google = GoogleConfig.model_validate(with_(GOOGLE, "kms_keys.secrets", key))

    assert google.kms_keys["secrets"].key_name_in("kl", "dev", "secrets") == "etcd"
    assert google.gke_clusters["cloud"].account_id_in("kl", "dev", "cloud") == "kl-dev-gke-cloud"


def test_clusters_need_a_network() -> None:
    """One complaint, and none about its parts."""
    found = refusals(GoogleConfig, without(GOOGLE, "network"))

    assert list(found) == ["gke_clusters"]
    assert "needs network" in found["gke_clusters"]


def test_refuses_a_private_address_that_only_the_cluster_s_own_nodes_reach() -> None:
    """Without the data centers, without other ranges and without a DNS name nobody is left."""
    closed = with_(with_(GOOGLE, f"{CLOUD}.dns_endpoint", value=False), "network.onprem_prefixes", [])

    assert list(refusals(GoogleConfig, closed)) == [f"{CLOUD}.authorized_networks"]
    assert (
        refusals(GoogleConfig, with_(closed, f"{CLOUD}.authorized_networks", {"vms": "10.65.0.0/24"})) == {}
    )


def test_refuses_a_private_address_that_the_data_centers_come_to_from_another_region() -> None:
    """It answers its own region only, unless it is told otherwise."""
    away = with_(
        with_(GOOGLE, "network.subnets.gke.region", "europe-west1"),
        "kms_keys.secrets.location",
        "europe-west1",
    )

    found = refusals(GoogleConfig, away)

    assert list(found) == [f"{CLOUD}.global_access"]
    assert refusals(GoogleConfig, with_(away, f"{CLOUD}.private_endpoint", value=False)) == {}


def test_forwarders_of_names_take_an_address_of_the_subnet() -> None:
    """One that no node can have."""
    nine = with_(
        with_(GOOGLE, "network.subnets.gke", {**SUBNET, "cidr": "10.64.0.0/28"}),
        f"{CLOUD}.node_pools.default",
        {**POOL, "max_nodes": 11},
    )

    assert "room for 12 nodes" in refusals(GoogleConfig, nine)[f"{CLOUD}.subnet"]
    assert refusals(GoogleConfig, with_(nine, "network.inbound_dns", value=False)) == {}
