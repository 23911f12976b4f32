"""A google section beside an environment's other sections, and beside other environments."""

from __future__ import annotations

from typing import Any

import pytest

from estate.derived.google.allows import allows
from estate.derived.google.authorized import authorized_networks
from estate.derived.google.services import owned_services, service_project_services
from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.google.google import GoogleConfig
from estate.model.rules import broken_rules
from tests.model.access.estates import organization
from tests.model.google.documents import (
    ALLOW,
    CLUSTER,
    ENVIRONMENT,
    GOOGLE,
    environment,
    with_,
    without,
)
from tests.model.refusals import refusals

CLOUD = "google.gke_clusters.cloud"
OTHER: dict[str, Any] = {
    "environment": "prod",
    "state": {"local": {}},
    "fleet": {},
    "google": {
        "host_project": {"id": "kl-prod-host", "number": 223456789012},
        "region": "europe-north1",
        "service_projects": {"apps": {"id": "kl-prod-apps", "number": 623456789012}},
        "network": {
            "subnets": {
                "gke": {"cidr": "10.128.0.0/20", "pods": "10.132.0.0/16", "services": "10.136.0.0/20"}
            }
        },
        "kms_keys": {"secrets": {}},
        "gke_clusters": {"cloud": {**CLUSTER, "control_plane_cidr": "172.16.0.16/28"}},
    },
}
MESH = {"service_mesh": {"management": "manual"}}


def violations(*documents: dict[str, Any]) -> dict[str, str]:
    """Message by environment and dotted path of every rule across environments that is broken."""
    estate = Estate(
        organization(), {one["environment"]: Environment.model_validate(one) for one in documents}
    )
    return {f"{one.path[0]}: {'.'.join(map(str, one.path[1:]))}": one.message for one in broken_rules(estate)}


def test_two_environments_side_by_side_break_nothing() -> None:
    """The plain case."""
    assert violations(ENVIRONMENT, OTHER) == {}
    assert environment().members == ("apps", "cloud")


@pytest.mark.parametrize(
    ("path", "value", "where", "words"),
    [
        (
            "google.names",
            {"netwrk": "main"},
            "google.names.netwrk",
            "dns, firewall, firewall/association, gcr-io",
        ),
        ("google.gke_clusters.apps", {**CLUSTER, "subnet": "more"}, "google.gke_clusters.apps", "rename one"),
        (
            "google.network.onprem_prefixes",
            ["10.21.0.0/24", "10.64.0.0/12"],
            "google.network.onprem_prefixes.1",
            "overlap google.network.subnets.gke",
        ),
        (
            "google.network.onprem_prefixes",
            ["10.30.0.0/16"],
            "google.network.onprem_prefixes",
            "must hold vmware.user_clusters.apps.network.cidr 10.21.0.0/24",
        ),
        (
            "google.network.onprem_prefixes",
            ["10.21.0.0/24", "192.168.9.0/24"],
            "vmware.user_clusters.apps.network.pods",
            "must not cover google.network.onprem_prefixes.1",
        ),
        (
            "google.network.subnets.gke.pods",
            "10.21.0.0/16",
            "vmware.user_clusters.apps.network.cidr",
            "must not overlap google.network.subnets.gke.pods",
        ),
        (
            f"{CLOUD}.control_plane_cidr",
            "10.64.0.0/28",
            f"{CLOUD}.control_plane_cidr",
            "must not overlap google.net",
        ),
        (
            "google.network.subnets.gke.pods",
            "10.20.0.0/16",
            "vmware.admin_workstation.ip",
            "must not overlap google.network.subnets.gke.pods",
        ),
        (
            "google.network.subnets.gke.services",
            "10.96.0.0/20",
            "vmware.user_clusters.apps.network.services",
            "must not cover google.network.subnets.gke.services",
        ),
    ],
)
def test_refuses(path: str, value: Any, where: str, words: str) -> None:
    """Each mistake, at the field that has to change."""
    document = with_(ENVIRONMENT, path, value)
    if path == "google.gke_clusters.apps":
        more = {"cidr": "10.80.0.0/20", "pods": "10.84.0.0/16", "services": "10.88.0.0/20"}
        document = with_(document, "google.network.subnets.more", more)
        document = with_(document, f"{path}.control_plane_cidr", "172.16.0.16/28")

    found = refusals(Environment, document)

    assert where in found
    assert words in found[where]


def test_gke_clusters_need_a_fleet() -> None:
    """People come to them through it."""
    found = refusals(Environment, without(without(ENVIRONMENT, "fleet"), "vmware"))

    assert list(found) == ["google.gke_clusters"]
    assert "add fleet: {}" in found["google.gke_clusters"]


@pytest.mark.parametrize(
    ("path", "value", "where", "words"),
    [
        (
            "google.service_projects.apps.id",
            "kl-dev-apps",
            "google.service_projects.apps.id",
            "service project of dev",
        ),
        (
            "google.service_projects.apps.id",
            "kl-dev-host",
            "google.service_projects.apps.id",
            "host_project of dev",
        ),
        (
            "google.network.subnets.gke.network_users",
            ["ops@example.com", "ops@example.org"],
            "google.network.subnets.gke.network_users.1",
            "group of example.com",
        ),
        (
            "google.network.onprem_prefixes",
            ["10.64.0.0/24"],
            "google.network.onprem_prefixes.0",
            "of dev, which is in",
        ),
        (
            "google.network.subnets.gke.pods",
            "10.68.0.0/17",
            "google.network.subnets.gke.pods",
            "another environment",
        ),
        (
            f"{CLOUD}.control_plane_cidr",
            "172.16.0.0/28",
            f"{CLOUD}.control_plane_cidr",
            "another environment",
        ),
        (
            "google.kms_keys",
            {"secrets": {}, "s" * 40: {"generation": 999}},
            f"google.kms_keys.{'s' * 40}",
            None,
        ),
    ],
)
def test_refuses_across_environments(path: str, value: Any, where: str, words: str | None) -> None:
    """Each mistake in the file and at the field that has to change; the longest key ring's name just fits."""
    found = violations(ENVIRONMENT, with_(OTHER, path, value))

    if words is None:
        assert found == {}
    else:
        assert words in found[f"prod: {where}"]


def test_a_cluster_is_not_called_like_an_admin_cluster() -> None:
    """Both are members of one fleet; the project is the one that the admin cluster's membership names."""
    named = with_(ENVIRONMENT, f"{CLOUD}.name", "kl-dev-admin")
    elsewhere = "projects/another/locations/global/memberships/kl-dev-admin"

    [found] = violations(named).items()

    assert found[0] == f"dev: {CLOUD}"
    assert "must differ in name from dev vmware.admin_cluster in the same fleet, got kl-dev-admin" in found[1]
    assert violations(with_(named, "vmware.admin_cluster.membership", elsewhere)) == {}


def test_subnets_of_one_region_differ_in_name() -> None:
    """A name may be kept from a key that another subnet has by now."""
    more = {"cidr": "10.160.0.0/20", "name": "kl-dev-gke"}

    [found] = violations(with_(ENVIRONMENT, "google.network.subnets.more", more)).items()

    assert found[0] == "dev: google.network.subnets.more"
    assert "must differ in name from dev google.network.subnets.gke, got kl-dev-gke for both" in found[1]
    elsewhere = with_(ENVIRONMENT, "google.network.subnets.more", {**more, "region": "europe-west1"})
    assert violations(elsewhere) == {}


def test_names_that_follow_from_long_keys_are_refused() -> None:
    """By the service's limit: 40 for a cluster, 30 for its nodes' account, 63 for a key ring."""
    key = "c" * 40
    document = without(
        with_(OTHER, f"google.gke_clusters.{key}", OTHER["google"]["gke_clusters"]["cloud"]), CLOUD
    )
    long = with_(document, "environment", "production12")
    long = with_(long, f"google.kms_keys.{'s' * 40}", {"generation": 100})

    estate = Estate(organization(name="kartverk"), {"production12": Environment.model_validate(long)})
    found = [(one.path[1:], one.message) for one in broken_rules(estate)]

    assert [(path, message.split(" with ")[0].rsplit(" ", 1)[0]) for path, message in found] == [
        (("google", "gke_clusters", key), "makes the cluster name"),
        (("google", "gke_clusters", key), "makes the id of the nodes' service account"),
        (("google", "kms_keys", "s" * 40), "makes the key ring's name"),
    ]


def test_members_of_one_fleet_differ_in_name() -> None:
    """A name is a membership's, wherever its cluster stands."""
    named = with_(ENVIRONMENT, f"{CLOUD}.name", "kl-dev-apps")

    found = violations(named)

    assert list(found) == [f"dev: {CLOUD}"]
    assert "dev vmware.user_clusters.apps in the same fleet, got kl-dev-apps" in found[f"dev: {CLOUD}"]


def test_the_table_of_what_comes_in_follows_from_the_file() -> None:
    """Health checks, IAP, the data centers, control planes with webhooks, and what is said."""
    document = with_(ENVIRONMENT, "google.network.firewall.allows.caches", {**ALLOW, "cluster": "cloud"})

    table = allows(environment(with_(document, "fleet.features", MESH)))

    assert [(one.key, one.priority, one.clusters, one.ports) for one in table] == [
        ("health-checks", 100, ("cloud",), ("tcp",)),
        ("iap", 110, (), ("tcp:22",)),
        ("onprem", 120, (), ("icmp", "tcp:443", "tcp:15443")),
        (
            "gke-control-plane",
            130,
            ("cloud",),
            ("tcp:443", "tcp:10250", "tcp:8443", "tcp:9443", "tcp:15017"),
        ),
        ("caches", 1000, ("cloud",), ("tcp:8080",)),
    ]
    assert all(one.why and one.sources for one in table)


def test_a_network_without_clusters_and_data_centers_is_closed_to_both() -> None:
    """To load balancers too, which nothing stands behind; and an environment without a network has no table."""
    bare = without(
        without(without(OTHER, "google.gke_clusters"), "google.kms_keys"), "google.service_projects"
    )

    assert [one.key for one in allows(environment(bare))] == ["iap"]
    assert allows(environment(without(bare, "google.network"))) == ()
    assert allows(environment(without(without(bare, "google"), "fleet"))) == ()


def test_the_private_address_answers_data_centers_and_whom_the_file_names() -> None:
    """By names that say who they are."""
    google = GoogleConfig.model_validate(
        with_(GOOGLE, "gke_clusters.cloud.authorized_networks", {"vms": "10.65.0.0/24"})
    )
    closed = GoogleConfig.model_validate(with_(GOOGLE, "gke_clusters.cloud.private_endpoint", value=False))

    found = authorized_networks(environment(), google.gke_clusters["cloud"])

    assert list(found) == ["onprem 10.20.21.0/24", "onprem 10.21.0.0/24", "onprem 10.30.0.0/16", "vms"]
    assert authorized_networks(environment(), closed.gke_clusters["cloud"]) == {}


def test_apis_follow_from_what_is_there() -> None:
    """In the host project, and in service projects what their clusters need."""
    whole = environment(OTHER)
    google = whole.google
    assert google
    in_host = environment(without(without(OTHER, f"{CLOUD}.project"), "google.service_projects"))
    short = [name.removesuffix(".googleapis.com") for name in owned_services(whole)]

    assert {"cloudkms", "compute", "container", "dns", "gkehub"} <= set(short)
    assert "monitoring" not in short
    assert "monitoring.googleapis.com" in owned_services(in_host)
    assert [name.split(".")[0] for name in service_project_services(google, "apps")] == [
        "cloudresourcemanager",
        "compute",
        "container",
        "iam",
        "logging",
        "monitoring",
    ]
    empty = GoogleConfig.model_validate(
        with_(OTHER["google"], "service_projects.web", {"id": "kl-prod-web", "number": 7})
    )
    assert service_project_services(empty, "web") == ("compute.googleapis.com",)


def test_features_may_be_set_up_in_a_gke_cluster_as_it_likes() -> None:
    """Its mesh may be Google's, which a cluster on VMware cannot have."""
    mesh = {**MESH["service_mesh"], "clusters": {"cloud": {"management": "automatic"}}}
    there = with_(ENVIRONMENT, "fleet.features.service_mesh", mesh)
    nowhere = with_(there, "fleet.features.service_mesh.clusters", {"clod": {}})

    assert refusals(Environment, there) == {}
    assert list(refusals(Environment, nowhere)) == ["fleet.features.service_mesh.clusters.clod"]
