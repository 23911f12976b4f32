"""What the clusters of a mesh need of the stack's own tables, which the example joins none of."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest

from estate.model.environment import Environment
from estate.model.estate import Estate
from operations.policy.rules.ways import RULES
from operations.policy.stacks import Stack, make_stack, outside_of
from tests.example import ESTATE
from tests.stacks.estates import synthesize_one

CSM = {"control_plane": "csm", "version": "1.31.3-asm.9"}
JOINED = {
    "apps": {**CSM, "east_west_vip": "10.24.0.220"},
    "data": {**CSM, "east_west_vip": "10.24.1.220"},
    "cloud": {"control_plane": "istio", "version": "1.31.4", "east_west_vip": "10.128.0.200"},
}


def joined() -> Estate:
    """The example, whose clusters of prod are joined."""
    prod = ESTATE.environments["prod"].model_dump(mode="json", exclude_unset=True)
    prod["fleet"]["features"]["service_mesh"]["clusters"] = JOINED
    return replace(ESTATE, environments={**ESTATE.environments, "prod": Environment.model_validate(prod)})


@pytest.fixture(name="stack", scope="module")
def _stack(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return synthesize_one(tmp_path_factory.mktemp("joined"), joined(), "prod").json


def found(body: dict[str, Any]) -> list[str]:
    """What policy says of ways."""
    stack: Stack = make_stack("prod", "prod", body, outside_of(joined(), "prod"))
    return [f"{rule.id} {message}" for rule in RULES for _, message in rule.broken([stack])]


def test_a_joined_mesh_gets_through_and_nothing_else_is_open(stack: dict[str, Any]) -> None:
    """There, back, and no opening that no way asks for."""
    assert found(stack) == []


def _rule(body: dict[str, Any]) -> Any:
    """The rule that lets the mesh in."""
    rules = body["resource"]["google_compute_network_firewall_policy_rule"]
    [mesh] = [one for one in rules.values() if one["rule_name"] == "mesh"]
    return mesh


def test_a_gateway_that_is_shut_is_found(stack: dict[str, Any]) -> None:
    """By what does not get there."""
    shut = copy.deepcopy(stack)
    _rule(shut)["match"]["layer4_configs"] = [{"ip_protocol": "tcp", "ports": ["15012"]}]

    said = found(shut)
    assert [one for one in said if one.startswith("HYB_WAY_THERE") and "15443" in one]
    assert [one for one in said if one.startswith("HYB_WAY_UNASKED")]


def test_another_caller_is_found(stack: dict[str, Any]) -> None:
    """Whom no cluster of the mesh is."""
    wide = copy.deepcopy(stack)
    _rule(wide)["match"]["src_ip_ranges"].append("10.30.0.0/16")

    assert [one for one in found(wide) if one.startswith("HYB_WAY_UNASKED")]
