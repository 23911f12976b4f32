"""Every side of a hybrid network has the way back, walked in the JSON that Terraform reads."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from environments.estate_loader import load_estate
from environments.model.environment import Environment
from operations.synth.stack_json import StackJson, read_stack
from tests.real_estate import ENVIRONMENTS, NAMES

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
    """What a cloud has that others reach."""
    return {str(one.cidr) for one in environment.routable_ranges() if one.path[0] == cloud}


def prefixes(environment: Environment) -> set[str]:
    """What the on-prem side advertises."""
    assert environment.google is not None
    assert environment.google.network is not None
    return {str(prefix) for prefix in environment.google.network.onprem_prefixes}


def test_the_on_prem_side_knows_the_way_to_google(environment: Environment, stack: StackJson) -> None:
    """From every tunnel, so that any of them may be lost."""
    sessions = told(stack, "Onprem")

    assert len(sessions) == 2
    assert all(ranges(environment, "google") <= session for session in sessions)


def test_aws_knows_the_way_to_google(environment: Environment, stack: StackJson) -> None:
    """From every tunnel, and from every private subnet: the transit gateway fills no route table."""
    assert environment.vpn is not None
    if environment.vpn.aws is None:
        assert "aws_ec2_transit_gateway" not in stack["resource"]
        return
    sessions, tables = told(stack, "Aws"), routed(stack)

    assert len(sessions) == 4
    assert len(tables) == 3
    assert all(ranges(environment, "google") <= ways for ways in (*sessions, *tables.values()))


def test_google_knows_the_way_to_aws(environment: Environment, stack: StackJson) -> None:
    """The VPC is on the transit gateway, which learns its range and tells it over every tunnel."""
    gateways: dict[str, Any] = stack["resource"].get("aws_ec2_transit_gateway", {})
    assert environment.vpn is not None
    assert bool(gateways) == bool(environment.vpn.aws)

    for body in gateways.values():
        assert (body["default_route_table_association"], body["default_route_table_propagation"]) == (
            "enable",
            "enable",
        )
    for type_ in ("aws_ec2_transit_gateway_vpc_attachment", "aws_vpn_connection") if gateways else ():
        joined = {
            name
            for body in stack["resource"][type_].values()
            for name in _NAME.findall(body["transit_gateway_id"])
        }
        assert joined == set(gateways)


def test_on_prem_and_aws_know_each_other_where_that_is_said(
    environment: Environment, stack: StackJson
) -> None:
    """Both ways or neither: one way alone is traffic that is never answered."""
    assert environment.vpn is not None
    if environment.vpn.aws is None:
        return
    to_aws = [prefixes(environment) <= ways for ways in (*told(stack, "Aws"), *routed(stack).values())]
    to_onprem = [ranges(environment, "aws") <= session for session in told(stack, "Onprem")]

    assert to_aws == [environment.vpn.transit] * 7
    assert to_onprem == [environment.vpn.transit] * 2


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
