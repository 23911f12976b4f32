"""Openings of the network's firewall."""

from __future__ import annotations

from typing import Any

import pytest

from operations.adopt.terraform.found import FoundObject
from tests.operations.adopt.terraform.recognizers.google.foreign import (
    HOST,
    LINK,
    NETWORK,
    NETWORK_PATH,
    NODES,
    drafted,
    left,
    thing,
)
from tests.operations.adopt.terraform.recognizers.google.test_gke_clusters import ACCOUNT, CLUSTER, KEY, POOL

POLICY = thing(
    "compute_network_firewall_policy",
    project=HOST,
    name="edge",
    id=f"projects/{HOST}/global/firewallPolicies/edge",
)
ASSOCIATION = thing(
    "compute_network_firewall_policy_association",
    project=HOST,
    name="edge-backbone",
    firewall_policy="edge",
    attachment_target=f"{LINK}{NETWORK_PATH}",
)
WEB: dict[str, Any] = {
    "src_ip_ranges": ["10.30.0.0/16"],
    "layer4_configs": [{"ip_protocol": "tcp", "ports": ["443"]}],
}
NODES_OF_CLUSTER = "gke-nodes@acme-net.iam.gserviceaccount.com"


def rule(name: str = "web", match: Any = WEB, **attributes: Any) -> FoundObject:
    """A rule of the policy."""
    said = {"action": "allow", "direction": "INGRESS", "priority": 2000, "match": [match] if match else []}
    place = {"project": HOST, "firewall_policy": "edge", "rule_name": name}
    return thing("compute_network_firewall_policy_rule", name, **{**place, **said, **attributes})


def classic(name: str, **attributes: Any) -> FoundObject:
    """A classic rule."""
    said = {"source_ranges": ["10.30.0.0/16"], "allow": [{"protocol": "tcp", "ports": ["8080-8090"]}]}
    return thing(
        "compute_firewall",
        name,
        **{"project": HOST, "name": name, "network": "backbone", **said, **attributes},
    )


def openings(*objects: FoundObject) -> Any:
    """What is let in."""
    return drafted(NETWORK, NODES, POLICY, ASSOCIATION, *objects).at(
        "google", "network", "firewall", "allows"
    )


def test_a_policy_keeps_its_name_and_its_rules_their_places() -> None:
    """What refuses the rest says whether that is logged."""
    everybody = {"src_ip_ranges": ["0.0.0.0/0"], "layer4_configs": [{"ip_protocol": "all"}]}
    other = thing(
        "compute_network_firewall_policy_association", "x", project=HOST, attachment_target="elsewhere"
    )

    draft = drafted(
        NETWORK,
        NODES,
        other,
        ASSOCIATION,
        rule("", description="caches of the build farm", priority=3000),
        rule("iap", priority=110),
        rule("deny", everybody, action="deny", priority=65000),
        rule("theirs", firewall_policy="another"),
    )

    assert draft.at("google", "network", "firewall") == {
        "allows": {
            "rule-3000": {
                "priority": 3000,
                "sources": ["10.30.0.0/16"],
                "ports": ["tcp:443"],
                "why": "caches of the build farm",
            }
        },
        "log_denied": False,
    }
    assert draft.at("google", "names") == {
        "network": "backbone",
        "firewall": "edge",
        "firewall/association": "edge-backbone",
    }
    assert left(draft) == {}


def test_a_refusal_that_logs_says_nothing() -> None:
    """It is the default."""
    everybody = {"src_ip_ranges": ["0.0.0.0/0"], "layer4_configs": [{"ip_protocol": "all"}]}

    draft = drafted(
        NETWORK, NODES, POLICY, ASSOCIATION, rule("d", everybody, action="deny", enable_logging=True)
    )

    assert draft.at("google", "network", "firewall") is None


def test_an_opening_is_for_the_nodes_of_a_cluster() -> None:
    """By their account."""
    found = openings(KEY, CLUSTER, POOL, ACCOUNT, rule(target_service_accounts=[NODES_OF_CLUSTER]))

    other = drafted(
        NETWORK, NODES, POLICY, ASSOCIATION, KEY, CLUSTER, POOL, ACCOUNT, rule(target_service_accounts=["x"])
    )

    assert found["web"]["cluster"] == "main"
    assert other.at("google", "network", "firewall") is None


@pytest.mark.parametrize(
    ("attributes", "why"),
    [
        ({"direction": "EGRESS"}, "is for what goes out, which is free here"),
        ({"disabled": True}, "is switched off"),
        ({"target_secure_tags": [{"name": "t"}]}, "is for machines with tags"),
        ({"action": "goto_next"}, "refuses something or hands it on"),
        ({"priority": 10}, "has priority 10, and openings have 1000 to 59999"),
        ({"target_service_accounts": ["x@y.iam.gserviceaccount.com"]}, "is for machines of accounts"),
        ({"match": {**WEB, "src_fqdns": ["x.example"]}}, "says src_fqdns"),
        ({"match": {**WEB, "layer4_configs": [{"ip_protocol": "esp"}]}}, "lets in protocols other than"),
        ({"match": {**WEB, "layer4_configs": []}}, "lets in protocols other than"),
        ({"match": None}, "lets in protocols other than"),
        ({"match": {**WEB, "src_ip_ranges": ["0.0.0.0/0"]}}, "lets the whole internet in"),
        ({"match": {**WEB, "src_ip_ranges": []}}, "lets the whole internet in"),
    ],
)
def test_a_rule_that_is_no_opening_is_listed(attributes: dict[str, Any], why: str) -> None:
    """Never dropped, never made into something else."""
    draft = drafted(NETWORK, NODES, POLICY, ASSOCIATION, rule(**attributes))

    assert draft.at("google", "network", "firewall", "allows") is None
    assert [one.startswith(why) for one in left(draft).values()] == [True]


def test_classic_rules_become_openings_in_their_order() -> None:
    """The rule itself goes with the other Terraform, once the opening stands."""
    draft = drafted(
        NETWORK,
        NODES,
        KEY,
        CLUSTER,
        POOL,
        ACCOUNT,
        POLICY,
        ASSOCIATION,
        rule(priority=1000),
        classic("late", priority=2000, description="x"),
        classic("early", priority=900, allow=[{"protocol": "ICMP"}, {"protocol": "udp"}]),
        classic("nodes", target_service_accounts=[NODES_OF_CLUSTER]),
    )

    allows = draft.at("google", "network", "firewall", "allows")
    assert {name: (one["priority"], one["ports"], one.get("cluster")) for name, one in allows.items()} == {
        "web": (1000, ["tcp:443"], None),
        "early": (1010, ["icmp", "udp"], None),
        "nodes": (1020, ["tcp:8080-8090"], "main"),
        "late": (1030, ["tcp:8080-8090"], None),
    }
    assert allows["late"]["why"] == "taken over from firewall rule late"
    assert left(draft)["compute_firewall.late"] == (
        "is a classic rule: google.network.firewall.allows.late lets in the same"
    )


@pytest.mark.parametrize(
    ("attributes", "why"),
    [
        ({"deny": [{"protocol": "tcp"}], "allow": []}, "refuses something"),
        ({"target_tags": ["web"]}, "is for machines with tags"),
        (
            {"source_service_accounts": ["x@y.iam.gserviceaccount.com"]},
            "is for what machines of an account send",
        ),
        ({"target_service_accounts": ["x@y.iam.gserviceaccount.com"]}, "is for machines of accounts"),
        ({"allow": [{"protocol": "all"}]}, "lets in protocols other than"),
        ({"source_ranges": ["0.0.0.0/0"]}, "lets the whole internet in"),
    ],
)
def test_a_classic_rule_that_is_no_opening_is_listed(attributes: dict[str, Any], why: str) -> None:
    """Tags, refusals, everybody."""
    draft = drafted(NETWORK, NODES, classic("one", **attributes))

    assert draft.at("google", "network", "firewall") is None
    assert [one.startswith(why) for one in left(draft).values()] == [True]
