"""The Shared VPC by itself: subnets, NAT, firewall, the way to Google's APIs."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.google.firewall import ports_of
from estate.model.google.network import NetworkConfig
from estate.model.google.private_access import PrivateGoogleAccess
from tests.model.google.documents import ALLOW, NETWORK, SUBNET, with_, without
from tests.model.refusals import refusals

ALLOWS = "firewall.allows"


def test_a_network_is_its_subnets() -> None:
    """Everything else has a default; ranges of services are routed too, because Cloud Router advertises them."""
    network = NetworkConfig.model_validate({"subnets": {"gke": SUBNET, "vms": {"cidr": "10.65.0.0/24"}}})

    assert {".".join(map(str, path)): str(cidr) for path, cidr in network.routable_ranges()} == {
        "subnets.gke.cidr": "10.64.0.0/20",
        "subnets.gke.pods": "10.68.0.0/16",
        "subnets.gke.services": "10.72.0.0/20",
        "subnets.vms.cidr": "10.65.0.0/24",
    }
    assert network.regions("europe-north1") == {"europe-north1": ["gke", "vms"]}


def test_a_subnet_logs_as_the_network_says_unless_it_says_otherwise() -> None:
    """Said once for all, and again where one differs."""
    document = with_(NETWORK, "flow_logs.sampling_percent", 50)
    own = with_(document, "subnets.gke.flow_logs", {"sampling_percent": 0})

    logs = [NetworkConfig.model_validate(one).subnet("gke").flow_logs for one in (document, own)]

    assert [one and one.sampling_percent for one in logs] == [50, 0]


@pytest.mark.parametrize(
    ("access", "cidr", "domain"),
    [
        ("private", "199.36.153.8/30", "private.googleapis.com"),
        ("restricted", "199.36.153.4/30", "restricted.googleapis.com"),
    ],
)
def test_google_s_apis_have_four_private_addresses(access: str, cidr: str, domain: str) -> None:
    """Of either kind."""
    found = PrivateGoogleAccess(access)

    assert (str(found.cidr), found.domain) == (cidr, domain)
    assert len(list(found.addresses())) == 4


@pytest.mark.parametrize(
    ("path", "value", "where", "words"),
    [
        ("proxy_subnets.internal", {"cidr": "10.73.0.0/27"}, "proxy_subnets.internal.cidr", "/26 or larger"),
        ("firewall.allows.proxies", ALLOW, "firewall.allows.proxies", "follow from the file"),
        ("subnets", {}, "subnets", "at least 1"),
        ("subnets.gke.cidr", "8.8.8.0/24", "subnets.gke.cidr", "private range"),
        ("subnets.gke.cidr", "10.64.0.0/30", "subnets.gke.cidr", "/29 or larger"),
        ("subnets.gke.services", "10.72.0.0/15", "subnets.gke.services", "between /16 and /27"),
        ("subnets.gke.services", "10.72.0.0/28", "subnets.gke.services", "between /16 and /27"),
        (
            "subnets.gke.services_name",
            "pods",
            "subnets.gke.services_name",
            "differ from the name of the pods",
        ),
        ("subnets.vms", {"cidr": "10.65.0.0/24", "pods_name": "x"}, "subnets.vms.pods_name", "not there"),
        ("subnets.gke.region", "north", "subnets.gke.region", "pattern"),
        ("subnets.gke.flow_logs", {"sampling_percent": 101}, "subnets.gke.flow_logs.sampling_percent", "100"),
        ("flow_logs", {"aggregation_seconds": True}, "flow_logs.aggregation_seconds", "5, 30, 60"),
        ("subnets.gke.network_users", ["a1@x.no", "a1@x.no"], "subnets.gke.network_users.1", "second time"),
        ("onprem_prefixes", ["10.20.0.0/16", "10.20.1.0/24"], "onprem_prefixes.1", "overlap another prefix"),
        ("onprem_prefixes", ["0.0.0.0/0"], "onprem_prefixes.0", "/8 or smaller"),
        ("private_google_access", "public", "private_google_access", "'restricted' or 'private'"),
        ("nat", {"min_ports_per_machine": 100}, "nat.min_ports_per_machine", "take 64 or 128"),
        (
            "nat",
            {"min_ports_per_machine": 4096},
            "nat.max_ports_per_machine",
            "more than min_ports_per_machine 4096",
        ),
        ("nat", {"addresses": ["a", "a"]}, "nat.addresses.1", "second time"),
        (f"{ALLOWS}.web", {**ALLOW, "sources": ["0.0.0.0/0"]}, f"{ALLOWS}.web.sources.0", "whole internet"),
        (f"{ALLOWS}.web", {**ALLOW, "ports": ["tcp:0"]}, f"{ALLOWS}.web.ports.0", "from 1 to 65535"),
        (f"{ALLOWS}.web", {**ALLOW, "ports": ["udp:90-80"]}, f"{ALLOWS}.web.ports.0", "lower to a higher"),
        (f"{ALLOWS}.web", {**ALLOW, "ports": ["tcp:1", "icmp:8"]}, f"{ALLOWS}.web.ports.1", "pattern"),
        (f"{ALLOWS}.web", {**ALLOW, "priority": 100}, f"{ALLOWS}.web.priority", "1000"),
        (f"{ALLOWS}.web", {**ALLOW, "why": ""}, f"{ALLOWS}.web.why", "at least 5"),
        (
            ALLOWS,
            {"onprem": ALLOW},
            f"{ALLOWS}.onprem",
            "must be none of aws, gke-control-plane, health-checks",
        ),
        (ALLOWS, {"web": ALLOW, "api": ALLOW}, f"{ALLOWS}.api.priority", "differ from that of web"),
    ],
)
def test_refuses(path: str, value: Any, where: str, words: str) -> None:
    """Each mistake, at its field."""
    found = refusals(NetworkConfig, with_(NETWORK, path, value))

    assert list(found) == [where]
    assert words in found[where]


@pytest.mark.parametrize(("missing", "there"), [("pods", "services"), ("services", "pods")])
def test_refuses_half_of_a_cluster_s_ranges(missing: str, there: str) -> None:
    """A cluster has pods and services, and the one without the other is a line forgotten."""
    found = refusals(NetworkConfig, without(NETWORK, f"subnets.gke.{missing}"))

    assert list(found) == [f"subnets.gke.{missing}"]
    assert f"needed with {there}" in found[f"subnets.gke.{missing}"]


def test_a_protocol_has_ports_or_all_of_them() -> None:
    """As the file writes them."""
    assert [ports_of(one) for one in ("tcp:443", "udp:53-54", "tcp", "icmp")] == [
        ("tcp", "443"),
        ("udp", "53-54"),
        ("tcp", None),
        ("icmp", None),
    ]
