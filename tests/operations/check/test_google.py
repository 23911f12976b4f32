"""What `hybrid check` says of the Google Cloud half."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.environment import Environment
from estate.model.estate import Estate
from operations.check.access import what_may, who_can
from operations.check.cloud_addresses import cloud_rows
from tests.model.access.estates import SEEIENDOM, estate, organization
from tests.model.google.documents import (
    ALLOW,
    ENVIRONMENT,
    GOOGLE,
    POOL,
    environment,
    with_,
    without,
)
from tests.operations.cards.asking import commands, contents, steps, warnings

CLOUD = "google.gke_clusters.cloud"
KARI = {"user": "kari@example.com", "environments": ["dev"], "expires": "2027-01-31", "reason": "on call"}


def rows(document: dict[str, Any] = ENVIRONMENT) -> dict[str, str]:
    """Summaries by path, of the Google Cloud half."""
    found = contents(environment(document))
    return {one.path: one.summary for one in found if one.path.startswith("google.")}


def of_estate(document: dict[str, Any] = ENVIRONMENT) -> Estate:
    """An estate of one environment with a team, a platform team and a person who breaks glass."""
    shared = organization(
        teams={"seeiendom": SEEIENDOM},
        break_glass={"kari": KARI},
        platform_team={"group": "platform@example.com"},
    )
    return estate(shared, Environment.model_validate(document))


def test_everything_in_google_cloud_has_a_row() -> None:
    """With what a person wants to know at a glance."""
    document = with_(ENVIRONMENT, "google.network.nat", {})
    document = with_(document, "google.network.firewall.allows.caches", {**ALLOW, "cluster": "cloud"})
    document = with_(document, f"{CLOUD}.node_pools.batch", {**POOL, "spot": True})
    document = with_(document, "google.network.proxy_subnets.internal", {"cidr": "10.73.0.0/23"})

    assert rows(document) == {
        "google.service_projects.apps": "kl-dev-apps (523456789012), attached to the Shared VPC",
        "google.network": "Google's APIs at 199.36.153.8/30 (private), Cloud NAT",
        "google.network.subnets.gke": "10.64.0.0/20, pods 10.68.0.0/16, services 10.72.0.0/20 in europe-north1",
        "google.network.proxy_subnets.internal": "10.73.0.0/23 for proxies of load balancers in europe-north1, active",
        # The last of those that follow from the file.
        "google.network.firewall": "10.73.0.0/23 to nodes of cloud, tcp: proxies of internal Application Load Balancers "
        "reach pods",
        "google.network.firewall.allows.caches": "10.30.1.0/24 to nodes of cloud, tcp:8080: the build farm's caches",
        "google.kms_keys.secrets": "in europe-north1, software, rotated every 90 days",
        "google.gke_clusters.cloud": "regular channel in kl-dev-apps, europe-north1, API at its DNS name and in "
        "172.16.0.0/28 to 3 ranges; logs system, metrics system",
        "google.gke_clusters.cloud.node_pools.batch": "3 to 6 nodes, e2-standard-4, 100 GB, spot",
        "google.gke_clusters.cloud.node_pools.default": "3 to 6 nodes, e2-standard-4, 100 GB",
    }


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({f"{CLOUD}.private_endpoint": False}, "API at its DNS name; logs"),
        (
            {f"{CLOUD}.dns_endpoint": False, f"{CLOUD}.authorized_networks": {"vms": "10.65.0.0/24"}},
            "API in 172.16.0.0/28 to 4 ranges;",
        ),
        ({"google.network.onprem_prefixes": ["10.16.0.0/12"]}, "to 1 range;"),
        ({"google.network.onprem_prefixes": []}, "to its own nodes;"),
        ({f"{CLOUD}.observability": {"managed_prometheus": True}}, "metrics system, managed Prometheus"),
    ],
)
def test_a_cluster_s_row_says_who_reaches_it_and_what_it_sends(changes: dict[str, Any], words: str) -> None:
    """Both are what people ask first."""
    document = ENVIRONMENT
    for path, value in changes.items():
        document = with_(document, path, value)

    assert words in rows(document)["google.gke_clusters.cloud"]


@pytest.mark.parametrize(
    ("said", "words", "asked"),
    [
        ("gke", "where GKE makes firewall rules", 1),
        ("by_hand", "made by hand", 0),
        (None, "attached to the Shared VPC", 0),
    ],
)
def test_a_project_s_row_says_who_makes_rules(said: str | None, words: str, asked: int) -> None:
    """And whoever applies makes the role, which takes a right of its own."""
    document = with_(ENVIRONMENT, "google.service_projects.apps.load_balancer_rules", said)

    assert words in rows(document)["google.service_projects.apps"]
    assert len([one for one in commands(of_estate(document), "dev") if "iam.roleAdmin" in one]) == asked
    warned = [one for one in warnings(environment(document)) if "load balancers of GKE" in one]
    assert len(warned) == (1 if said is None else 0)


def test_a_network_without_nat_and_pods_says_so() -> None:
    """In its rows."""
    google = without(without(without(GOOGLE, "gke_clusters"), "kms_keys"), "network.subnets.gke")
    bare = {**ENVIRONMENT, "google": with_(google, "network.subnets.vms", {"cidr": "10.65.0.0/24"})}

    found = rows(bare)

    assert found["google.network"].endswith("no way to the internet")
    assert found["google.network.subnets.vms"] == "10.65.0.0/24 in europe-north1"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"deletion_protection": False},
            "gateways without asking, and clusters (apps, cloud) with their etcd",
        ),
        ({}, "google.network has no nat"),
        (
            {},
            "nobody lets clients in to load balancers of GKE cluster cloud: GKE may make no firewall rule in kl-dev-host",
        ),
        ({"google.network.onprem_prefixes": []}, "onprem_prefixes is empty"),
        ({"google.kms_keys.spare": {}}, "nothing is encrypted with google.kms_keys.spare"),
        (
            {"google.network.onprem_prefixes": ["10.21.0.0/24", "10.30.0.0/16", "198.51.100.0/24"]},
            "onprem_prefixes holds 256 public addresses",
        ),
        (
            {"google.network.firewall.allows.web": {**ALLOW, "sources": ["198.51.100.7/32"]}},
            "allows.web lets in 1 public address at tcp:8080",
        ),
        (
            {
                f"{CLOUD}.maintenance": {
                    "days": ["sat", "sun"],
                    "start": "01:00",
                    "hours": 6,
                    "exclusions": {"new-year": {"first": "2026-12-18", "last": "2027-01-04"}},
                }
            },
            "in the 32 days from 2026-12-07 GKE cluster cloud is open to maintenance for 12 hours, exclusions left out",
        ),
        ({f"{CLOUD}.zones": ["europe-north1-a"]}, "nodes in 1 of the three zones"),
        (
            {f"{CLOUD}.node_pools.default.min_nodes": 4, f"{CLOUD}.node_pools.default.max_nodes": 5},
            "node pool default of cloud is made with 3 nodes, as many in each of 3 zones, and GKE comes up to min_nodes 4",
        ),
    ],
)
def test_warns(changes: dict[str, Any], words: str) -> None:
    """Of what is allowed and yet worth saying."""
    document = ENVIRONMENT
    for path, value in changes.items():
        document = with_(document, path, value)

    assert [one for one in warnings(environment(document)) if words in one]


def test_a_cluster_with_all_it_needs_is_no_reason_to_warn() -> None:
    """Nothing of Google Cloud is said, and nothing where there is none of it."""
    whole = environment(
        with_(
            with_(ENVIRONMENT, "google.network.nat", {}),
            "google.service_projects.apps.load_balancer_rules",
            "by_hand",
        )
    )
    none = environment(without(without(without(ENVIRONMENT, "google"), "vmware"), "fleet"))

    assert not [one for one in warnings(whole) if "google" in one or "GKE" in one]
    assert not [one for one in warnings(none) if "google" in one]


def test_who_can_do_what_in_a_gke_cluster() -> None:
    """People by IAM of its project, the platform team by its object, teams by their scopes."""
    found = who_can(of_estate(), "dev/cloud")

    assert [
        (row.who, row.role, row.where)
        for row in found
        if row.role in {"roles/container.admin", "cluster-admin"}
    ] == [
        ("kari", "roles/container.admin", "project kl-dev-apps"),
        ("platform", "cluster-admin", "cluster cloud"),
    ]
    [scope] = [row for row in found if row.through == "scope RBAC"]
    assert scope.where.endswith("clusters apps, cloud")


def test_an_on_prem_cluster_knows_nothing_of_the_iam_of_others() -> None:
    """Its own list of administrators is what it has; a cluster of the host project is another's business."""
    found = who_can(of_estate(), "dev/apps")

    assert "roles/container.admin" not in {row.role for row in found}
    assert {row.through for row in found if row.who == "kari" and row.role == "cluster-admin"} == {
        "admin_users"
    }
    assert "roles/container.admin" in {row.role for row in what_may(of_estate(), "kari", ["dev"])}


def test_who_applies_gives_the_nodes_their_images() -> None:
    """On a repository that stands in another project, where it may do nothing by itself."""
    images = {"apps": "projects/kl-images/locations/europe-north1/repositories/apps"}
    config = environment(with_(ENVIRONMENT, f"{CLOUD}.image_repositories", images))

    found = steps(estate(organization(promotion=("dev",)), config), "dev")

    [(what, commands)] = [(what, commands) for what, commands in found.items() if "repositories/apps" in what]
    assert "let whoever applies dev give roles on it" in what
    assert commands == (
        "gcloud artifacts repositories describe apps --project=kl-images --location=europe-north1",
    )


def test_an_opening_for_a_network_of_one_s_own_is_not_warned_of() -> None:
    """Only public addresses are counted."""
    document = with_(ENVIRONMENT, "google.network.firewall.allows.web", ALLOW)

    assert [one for one in warnings(environment(document)) if "lets in" in one] == []


@pytest.mark.parametrize(("size", "asked"), [(5000, False), (5001, True)])
def test_more_than_5000_nodes_are_asked_for(size: int, *, asked: bool) -> None:
    """Google's support raises what a cluster starts with."""
    subnet = {"cidr": "10.64.0.0/16", "pods": "10.128.0.0/9", "services": "10.72.0.0/20"}
    pools = {"one": {**POOL, "max_nodes": 2500}, "two": {**POOL, "max_nodes": size - 2500}}
    document = with_(with_(ENVIRONMENT, "google.network.subnets.gke", subnet), f"{CLOUD}.node_pools", pools)
    config = environment(with_(document, f"{CLOUD}.max_pods_per_node", 32))
    found = steps(estate(organization(promotion=("dev",)), config), "dev")

    assert (
        f"have Google's support let GKE cluster cloud grow to {size} nodes; clusters start with 5000" in found
    ) is asked


def test_what_nodes_take_is_shown() -> None:
    """Of the subnet, of the pods' range, and of Cloud NAT with addresses of its own or Google's."""
    fixed = with_(ENVIRONMENT, "google.network.nat", {"addresses": ["a", "b"]})

    assert cloud_rows(environment(fixed)) == [
        ("nodes of cloud", "10.64.0.0/20", "7", "4091"),
        ("pods of cloud", "10.68.0.0/16", "7 nodes, of 256 addresses each", "256"),
        ("ports of Cloud NAT", "europe-north1", "448 for 7 nodes", "129024"),
    ]
    assert (
        cloud_rows(environment(with_(ENVIRONMENT, "google.network.nat", {})))[-1][3]
        == "as many as are needed"
    )
    assert len(cloud_rows(environment())) == 2
    assert (
        cloud_rows(environment(without(without(ENVIRONMENT, "google.network"), "google.gke_clusters"))) == []
    )


def test_quotas_are_asked_for_once_the_api_shows_them() -> None:
    """After what switches the API on, with what nodes take at their largest; never without a cluster."""
    images = with_(ENVIRONMENT, "google.gke_clusters.cloud.node_pools.default.max_nodes", 9)
    found = steps(of_estate(images), "dev")
    none = without(without(ENVIRONMENT, "google.gke_clusters"), "google.kms_keys")

    [(asked, (region, project))] = [one for one in found.items() if "raise these quotas" in one[0]]
    words = list(found)
    assert "have Google make the agents" in words[words.index(asked) - 1]
    assert "quotas of kl-dev-apps in europe-north1" in asked
    assert (
        "or nodes do not come: CPUS 40, SSD_TOTAL_GB 1000, and of processors as many CPUS_ALL_REGIONS"
        in asked
    )
    assert region.startswith(
        "gcloud compute regions describe europe-north1 --project=kl-dev-apps --flatten=quotas"
    )
    assert project.startswith("gcloud compute project-info describe --project=kl-dev-apps --flatten=quotas")
    assert "raise these quotas" not in str(steps(of_estate(none), "dev"))
