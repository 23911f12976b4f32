"""The network, its subnets and who may use them."""

from __future__ import annotations

import pytest

from tests.operations.adopt.terraform.recognizers.google.foreign import (
    HOST,
    LINK,
    NETWORK,
    NETWORK_PATH,
    NODES,
    drafted,
    left,
    regional,
    secondary,
    subnet,
    thing,
)


def test_a_network_keeps_its_name_and_its_way_to_the_apis() -> None:
    """The route of another name leads to the other range."""
    route = thing(
        "compute_route",
        project=HOST,
        name="to-google",
        network=NETWORK_PATH,
        dest_range="199.36.153.4/30",
        next_hop_gateway=f"{LINK}projects/{HOST}/global/gateways/default-internet-gateway",
    )
    elsewhere = thing("compute_route", "vm", project=HOST, network="backbone", dest_range="10.9.0.0/16")

    draft = drafted(NETWORK, NODES, elsewhere, route)

    assert draft.at("google", "names") == {"network": "backbone", "google-apis": "to-google"}
    assert draft.at("google", "network", "private_google_access") == "restricted"
    assert left(draft) == {}


def test_the_usual_range_is_not_said() -> None:
    """Private is what holds when nothing is said; an instance on the way is no way of the network's."""
    through = {"dest_range": "199.36.153.8/30", "project": HOST, "network": "backbone", "name": "apis"}
    routes = [
        thing("compute_route", "vm", **through, next_hop_instance="proxy"),
        thing("compute_route", "own", **through, next_hop_gateway="default-internet-gateway"),
    ]

    draft = drafted(NETWORK, NODES, *routes)

    assert draft.at("google", "network", "private_google_access") is None
    assert draft.at("google", "names", "google-apis") == "apis"


def test_a_second_network_and_subnets_that_nobody_chose_are_listed() -> None:
    """The network with most in it is the environment's."""
    other = thing("compute_network", "legacy", project=HOST, name="legacy", auto_create_subnetworks=True)
    own = thing("compute_network", "auto", project=HOST, name="auto", auto_create_subnetworks=True)

    assert left(drafted(other, NETWORK, NODES)) == {
        "compute_network.legacy": "is a second network, and an environment has one"
    }
    assert left(drafted(own)) == {
        "compute_network.auto: auto_create_subnetworks": "has a subnet in every region by itself, and networks here are "
        "in custom mode"
    }


def test_subnets_have_their_ranges_by_the_names_that_they_have() -> None:
    """One in another region, one without ranges, one of another network."""
    users = [
        thing("compute_subnetwork_iam_member", who, **place, subnetwork="nodes", role=role, member=who)
        for place in ({"project": HOST, "region": "europe-west4"},)
        for role, who in (
            ("roles/compute.networkUser", "group:vm-admins@example.com"),
            ("roles/compute.networkUser", "user:ola@example.com"),
            ("roles/compute.viewer", "group:others@example.com"),
        )
    ]
    west = subnet("vms", "10.2.0.0/24", "europe-west1", role="", purpose="PRIVATE")
    other = thing("compute_subnetwork", "x", **regional("subnetworks", "x"), network="elsewhere")

    draft = drafted(NETWORK, NODES, west, other, *users)

    assert draft.at("google", "network", "subnets") == {
        "nodes": {
            "name": "nodes",
            "cidr": "10.1.0.0/20",
            "pods": "10.4.0.0/16",
            "pods_name": "gke-pods",
            "services": "10.5.0.0/20",
            "services_name": "gke-svc",
            "network_users": ["vm-admins@example.com"],
        },
        "vms": {"name": "vms", "cidr": "10.2.0.0/24", "region": "europe-west1"},
    }
    assert draft.at("google", "network", "flow_logs") == {"sampling_percent": 0}


def test_a_cluster_says_which_ranges_are_its_own() -> None:
    """What is besides has no place."""
    ranges = secondary(a="10.4.0.0/16", b="10.5.0.0/20", c="10.6.0.0/16")
    policy = {"cluster_secondary_range_name": "a", "services_secondary_range_name": "b"}
    clusters = [
        thing(
            "container_cluster",
            name,
            project=HOST,
            location="europe-west4",
            name=name,
            subnetwork="nodes",
            **more,
        )
        for name, more in (("none", {}), ("one", {"ip_allocation_policy": [policy]}))
    ]

    draft = drafted(NETWORK, subnet("nodes", "10.1.0.0/20", secondary_ip_range=ranges), *clusters)

    made = draft.at("google", "network", "subnets", "nodes")
    assert (made["pods_name"], made["services_name"]) == ("a", "b")
    assert left(draft)['compute_subnetwork.subnet["europe-west4/nodes"]: secondary_ip_range'].startswith(
        "has the ranges c besides"
    )


@pytest.mark.parametrize("names", [{"a": "10.4.0.0/16", "b": "10.5.0.0/20"}, {"pods": "10.4.0.0/16"}])
def test_ranges_that_say_nothing_are_not_guessed(names: dict[str, str]) -> None:
    """Which of two is for pods decides which addresses a cluster has."""
    draft = drafted(NETWORK, subnet("nodes", "10.1.0.0/20", secondary_ip_range=secondary(**names)))

    assert draft.at("google", "network", "subnets", "nodes") == {"name": "nodes", "cidr": "10.1.0.0/20"}
    assert len(draft.left) == 1


def test_subnets_for_proxies_are_a_kind_of_their_own() -> None:
    """Those for anything else have no place."""
    draft = drafted(
        NETWORK,
        subnet("proxies", "10.3.0.0/23", purpose="REGIONAL_MANAGED_PROXY", role="ACTIVE"),
        subnet("drained", "10.3.2.0/23", purpose="INTERNAL_HTTPS_LOAD_BALANCER", role="BACKUP"),
        subnet("psc", "10.3.4.0/24", purpose="PRIVATE_SERVICE_CONNECT"),
        subnet("six", "10.3.5.0/24", stack_type="IPV4_IPV6"),
    )

    assert draft.at("google", "network", "proxy_subnets") == {
        "proxies": {"name": "proxies", "cidr": "10.3.0.0/23"},
        "drained": {"name": "drained", "cidr": "10.3.2.0/23", "role": "backup"},
    }
    assert left(draft) == {
        'compute_subnetwork.subnet["europe-west4/psc"]': "is for PRIVATE_SERVICE_CONNECT, and a subnet here is for machines "
        "or for proxies of a region",
        'compute_subnetwork.subnet["europe-west4/six"]: stack_type': "has IPv6, which nothing here knows",
    }


def test_flow_logs_are_said_once_where_all_subnets_log_alike() -> None:
    """By subnet where they differ, and not at all where they are the default."""
    half = {"flow_sampling": 0.5, "aggregation_interval": "INTERVAL_1_MIN"}
    usual = {"flow_sampling": 0.1, "aggregation_interval": "INTERVAL_5_MIN"}

    def logs(*configs: dict[str, object] | None) -> object:
        some = [
            subnet(f"s{n}", f"10.1.{n}.0/24", log_config=[config] if config else [])
            for n, config in enumerate(configs)
        ]
        network = drafted(NETWORK, *some).at("google", "network")
        return network.get("flow_logs"), [one.get("flow_logs") for one in network["subnets"].values()]

    assert logs(half, half) == ({"sampling_percent": 50, "aggregation_seconds": 60}, [None, None])
    assert logs(usual) == (None, [None])
    assert logs(usual, usual, None) == (None, [None, None, {"sampling_percent": 0}])
    assert logs(usual, {"flow_sampling": None}) == (
        None,
        [None, {"sampling_percent": 50, "aggregation_seconds": 5}],
    )


def test_a_share_that_is_not_whole_is_rounded_and_said() -> None:
    """The file has whole per cents."""
    draft = drafted(NETWORK, subnet("s", "10.1.0.0/24", log_config=[{"flow_sampling": 0.125}]))

    assert draft.at("google", "network", "flow_logs", "sampling_percent") == 12
    assert len(draft.left) == 1
