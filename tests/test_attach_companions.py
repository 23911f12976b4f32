"""What holds in every companion stack that attaches clusters, and in every stack that has one."""

from __future__ import annotations

from pathlib import Path

import pytest

from estate.derived.stack_plan import ATTACH_SUFFIX
from operations.artifacts.stack_json import StackJson, addresses, read_stack
from tests.example import NAMES, PLANS
from tests.test_google_graph import reached

COMPANIONS = [name for name in PLANS if name.endswith(ATTACH_SUFFIX)]


@pytest.fixture(name="companion", params=COMPANIONS)
def attach_stack(request: pytest.FixtureRequest, real_output: Path) -> StackJson:
    """The synthesized companion stacks."""
    return read_stack(real_output, request.param)


def test_test_and_prod_attach_a_cluster() -> None:
    """The AWS half of the fleet is where it is needed."""
    assert COMPANIONS == ["test-attach", "prod-attach"]


@pytest.mark.parametrize("name", NAMES)
def test_an_environments_own_stack_asks_no_cluster(real_output: Path, name: str) -> None:
    """So that it is planned from anywhere."""
    stack = read_stack(real_output, name)

    assert "helm" not in stack["provider"]
    assert [
        type_ for type_ in stack.get("data", {}) if type_.startswith(("aws_eks", "google_container_attached"))
    ] == []


def test_a_companion_makes_nothing_in_aws(companion: StackJson) -> None:
    """It looks clusters up by their names, and only that."""
    assert [one for one in addresses(companion) if one.startswith("aws_")] == []
    assert [type_ for type_ in companion["data"] if type_.startswith("aws_")] == ["aws_eks_cluster"]


def test_providers_are_those_that_are_used_and_pinned(companion: StackJson) -> None:
    """One way into each cluster."""
    pins = {name: pin["version"] for name, pin in companion["terraform"]["required_providers"].items()}

    assert set(companion["provider"]) == set(pins) == {"aws", "google", "helm"}
    assert pins["helm"] == "3.1.1"


def test_no_companion_holds_a_credential(companion: StackJson) -> None:
    """Neither a token nor a variable for one: the AWS CLI logs in."""
    assert "variable" not in companion
    assert [one["kubernetes"]["exec"]["command"] for one in companion["provider"]["helm"]] == ["aws"]
    assert not {"token", "password", "client_key"} & set(companion["provider"]["helm"][0]["kubernetes"])


def test_everything_waits_for_the_membership_and_it_for_the_agent(companion: StackJson) -> None:
    """No reference carries these; without them a first apply fails, and a destroy leaves things behind."""
    [cluster] = [one for one in addresses(companion) if one.startswith("google_container_attached_cluster.")]
    [agent] = [one for one in addresses(companion) if one.startswith("helm_release.")]
    others = [one for one in addresses(companion) if one not in {cluster, agent}]

    assert agent in reached(companion, cluster)
    assert others
    assert [one for one in others if cluster not in reached(companion, one)] == []


def test_the_fleet_is_named_by_its_number(companion: StackJson) -> None:
    """The service takes no id there."""
    [cluster] = companion["resource"]["google_container_attached_cluster"].values()

    assert cluster["fleet"]["project"].removeprefix("projects/").isdigit()
    assert cluster["authorization"]["admin_groups"] == ["platform@example.com"]
