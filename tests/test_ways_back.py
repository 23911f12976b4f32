"""Every side of a hybrid network has the way back, walked in the JSON that Terraform reads."""

from __future__ import annotations

import re
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from estate.model.environment import Environment
from estate.reading.estate_loader import load_estate
from operations.artifacts.stack_json import StackJson, read_stack
from tests.example import ENVIRONMENTS, NAMES

pytestmark = pytest.mark.unmeasured

_PREFIX = re.compile(r"prefix\('([0-9./]+)'\)")
_NAME = re.compile(r"\$\{[a-z0-9_]+\.([A-Za-z0-9_-]+)\.")


@pytest.fixture(name="environment", params=NAMES)
def environment_by_name(request: pytest.FixtureRequest) -> Environment:
    """Each environment as its file describes it."""
    return load_estate(ENVIRONMENTS).environments[request.param]


@pytest.fixture(name="stack")
def stack_of_environment(environment: Environment, real_output: Path) -> StackJson:
    """What is synthesized of it."""
    return read_stack(real_output, environment.environment)


def told(stack: StackJson, vpn: str) -> list[set[str]]:
    """The ranges that each BGP session of a VPN advertises."""
    return [
        {one["range"] for one in peer["advertised_ip_ranges"]}
        for name, peer in stack["resource"]["google_compute_router_peer"].items()
        if name.startswith(f"Vpn_{vpn}_")
    ]


def taken(stack: StackJson, vpn: str) -> set[str]:
    """The ranges to which every BGP session of a VPN takes routes."""
    policies = stack["resource"]["google_compute_router_route_policy"]
    sessions = [
        {
            _PREFIX.findall(term["match"]["expression"])[0]
            for policy in peer["import_policies"]
            for term in policies[_NAME.findall(policy)[0]]["terms"]
            if term["actions"] == [{"expression": "accept()"}]
        }
        for name, peer in stack["resource"]["google_compute_router_peer"].items()
        if name.startswith(f"Vpn_{vpn}_")
    ]
    return set.intersection(*sessions) if sessions else set()


def routed(stack: StackJson) -> dict[str, set[str]]:
    """The ranges that each route table of AWS leads to the transit gateway."""
    found: dict[str, set[str]] = {
        name: set() for name in stack["resource"]["aws_route_table"] if "Private" in name
    }
    for route in stack["resource"]["aws_route"].values():
        if route.get("transit_gateway_id"):
            [table] = _NAME.findall(route["route_table_id"])
            found[table].add(route["destination_cidr_block"])
    return found


def ranges(environment: Environment, cloud: str) -> set[str]:
    """What a cloud has that others reach; nobody reaches a load balancer by the addresses of its proxies."""
    return {
        str(one.cidr)
        for one in environment.routable_ranges()
        if one.path[0] == cloud and "proxy_subnets" not in one.path
    }


def prefixes(environment: Environment) -> set[str]:
    """What the on-prem side advertises."""
    assert environment.google is not None
    assert environment.google.network is not None
    return {str(prefix) for prefix in environment.google.network.onprem_prefixes}


def learned(environment: Environment, stack: StackJson) -> set[str]:
    """What Google Cloud hears of and takes: what the on-prem side advertises, and VPCs that the gateway propagates."""
    found = prefixes(environment) & taken(stack, "Onprem")
    gateways: dict[str, Any] = stack["resource"].get("aws_ec2_transit_gateway", {})
    for name, gateway in gateways.items():
        joined = [
            set(_NAME.findall(body["transit_gateway_id"]))
            for type_ in ("aws_ec2_transit_gateway_vpc_attachment", "aws_vpn_connection")
            for body in stack["resource"][type_].values()
        ]
        both = {gateway["default_route_table_association"], gateway["default_route_table_propagation"]}
        if joined == [{name}] * 3 and both == {"enable"}:
            found |= ranges(environment, "aws") & taken(stack, "Aws")
    return found


def ways(environment: Environment, stack: StackJson) -> dict[str, list[set[str]]]:
    """What each side knows ways to: of every session and table by itself, since any of the others may be lost."""
    tables = routed(stack).values() if told(stack, "Aws") else ()
    return {
        "google": [learned(environment, stack)],
        "onprem": told(stack, "Onprem"),
        "aws": [*told(stack, "Aws"), *tables],
    }


def joined(environment: Environment, one: str, other: str) -> bool:
    """Whether the file joins two sides."""
    vpn = environment.vpn
    assert vpn is not None
    if "google" in {one, other}:
        return ({one, other} - {"google"}).pop() in vpn.peerings
    return bool(vpn.transit)


@pytest.mark.parametrize(("one", "other"), list(permutations(("google", "onprem", "aws"), 2)))
def test_every_side_has_the_way_to_every_other(
    environment: Environment, stack: StackJson, one: str, other: str
) -> None:
    """And so, the pair being turned round, the way back; sides that are not joined know nothing of each other."""
    wanted = prefixes(environment) if other == "onprem" else ranges(environment, other)

    known = [wanted & way for way in ways(environment, stack)[one]]

    assert wanted
    assert known == [wanted if joined(environment, one, other) else set()] * len(known)
    assert known or not joined(environment, one, other)


def test_every_tunnel_and_table_tells_the_way(environment: Environment, stack: StackJson) -> None:
    """Two tunnels to the on-prem side, four to AWS and a table in each of its zones."""
    found = {side: len(known) for side, known in ways(environment, stack).items()}

    assert environment.vpn is not None
    assert found == {"google": 1, "onprem": 2, "aws": 4 + 3 if environment.vpn.aws else 0}


def test_the_on_prem_side_hears_of_google_s_apis_and_control_planes(
    environment: Environment, stack: StackJson
) -> None:
    """Which no subnet of the network holds."""
    google = environment.google
    assert google is not None
    assert google.network is not None
    wanted = {
        str(google.network.private_google_access.cidr),
        *(str(cluster.control_plane_cidr) for cluster in google.gke_clusters.values()),
    }

    assert len(wanted) == 2
    assert [wanted <= session for session in told(stack, "Onprem")] == [True, True]


def test_a_route_waits_for_the_attachment(stack: StackJson) -> None:
    """AWS refuses a route to a transit gateway that the VPC is not on."""
    attachments = [
        f"aws_ec2_transit_gateway_vpc_attachment.{name}"
        for name in stack["resource"].get("aws_ec2_transit_gateway_vpc_attachment", {})
    ]

    routes = [body for body in stack["resource"]["aws_route"].values() if body.get("transit_gateway_id")]
    assert [body["depends_on"] for body in routes] == [attachments] * len(routes)


def test_each_environment_joins_what_it_should(environment: Environment) -> None:
    """On-prem everywhere, AWS from test on."""
    assert environment.vpn is not None
    assert environment.vpn.onprem is not None
    assert bool(environment.vpn.aws) == (environment.environment in {"test", "prod"})
