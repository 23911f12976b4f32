"""What load balancers of GKE clusters need of the network: proxies, and who makes rules."""

from __future__ import annotations

from estate.derived.google.allows import allows
from estate.derived.google.services import makes_rules, owned_services
from estate.model.environment import Environment
from estate.model.google.google import GoogleConfig
from tests.model.google.documents import ENVIRONMENT, environment, with_, without
from tests.model.refusals import refusals
from tests.rules.google.test_environments import CLOUD, violations


def test_proxies_reach_the_clusters_of_their_region() -> None:
    """And no cluster elsewhere; proxies of a region without clusters are let in nowhere."""
    proxies = {
        "north": {"cidr": "10.73.0.0/23"},
        "spare": {"cidr": "10.73.2.0/23", "role": "backup"},
        "west": {"cidr": "10.73.4.0/23", "region": "europe-west1"},
    }

    both = allows(environment(with_(ENVIRONMENT, "google.network.proxy_subnets", proxies)))
    west = allows(environment(with_(ENVIRONMENT, "google.network.proxy_subnets", {"west": proxies["west"]})))

    [found] = [one for one in both if one.key == "proxies"]
    assert (found.priority, found.clusters, found.ports) == (140, ("cloud",), ("tcp",))
    assert list(map(str, found.sources)) == ["10.73.0.0/23", "10.73.2.0/23"]
    assert [one.key for one in west if one.key == "proxies"] == []


def test_proxies_have_ranges_of_their_own_that_nobody_is_told() -> None:
    """They overlap nothing, and no data center sends anything there."""
    overlapping = with_(ENVIRONMENT, "google.network.proxy_subnets.north.cidr", "10.64.8.0/23")
    apart = with_(ENVIRONMENT, "google.network.proxy_subnets.north.cidr", "10.73.0.0/23")

    assert list(refusals(Environment, overlapping)) == ["google.network.proxy_subnets.north.cidr"]
    assert "10.73.0.0/23" in {str(one.cidr) for one in environment(apart).routable_ranges()}


def test_proxies_and_machines_differ_in_the_names_of_their_subnets() -> None:
    """Both are subnets of the project."""
    named = {"cidr": "10.73.0.0/23", "name": "kl-dev-gke"}

    found = violations(with_(ENVIRONMENT, "google.network.proxy_subnets.north", named))

    assert list(found) == ["dev: google.network.proxy_subnets.north"]


def test_the_host_project_has_the_api_of_roles_where_gke_makes_rules() -> None:
    """Where a cluster stands in a project that says so, and in no other."""
    project = "google.service_projects.apps.load_balancer_rules"
    document = without(with_(ENVIRONMENT, project, "gke"), "vmware")
    bare = without(without(document, "google.gke_clusters"), "google.kms_keys")
    own = without(document, f"{CLOUD}.project")

    configs = [GoogleConfig.model_validate(one["google"]) for one in (document, bare, own, ENVIRONMENT)]

    assert [makes_rules(one) for one in configs] == [True, False, False, False]
    assert "iam.googleapis.com" in owned_services(environment(document))
