"""The AWS half of each environment of the example, applied and read back: the same section but for what no state tells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from estate.model.aws.aws import AwsConfig
from tests.example import ENVIRONMENTS
from tests.operations.adopt.terraform.recognizers.aws.drafts import drafted, left
from tests.operations.adopt.terraform.states import state_of, synthesized


def example(environment: str) -> dict[str, Any]:
    """An environment's file."""
    document: dict[str, Any] = yaml.safe_load((ENVIRONMENTS / f"{environment}.yaml").read_text("utf-8"))
    return document


def without_what_no_state_tells(aws: dict[str, Any]) -> dict[str, Any]:
    """The section with administrators under the names of their roles, and nobody attached: who installs stands nowhere."""
    for cluster in aws.get("eks_clusters", {}).values():
        access = cluster["access"]
        access["administrators"] = {
            arn.rpartition("/")[2].removeprefix("kl-prod-").removeprefix("kl-test-"): arn
            for arn in (*access["administrators"].values(), access.pop("installer"))
        }
        del cluster["attach"]
    return aws


@pytest.mark.parametrize("environment", ["dev", "test", "prod"])
def test_the_same_section_comes_back(environment: str, tmp_path: Path) -> None:
    """Every object has its place, and every name is the one that follows."""
    document = example(environment)
    connections = document["vpn"].get("aws", {}).get("connections")

    draft = drafted(
        tmp_path, state_of(synthesized(environment)), environment=environment, vpn=connections, judged=True
    )

    wanted = without_what_no_state_tells(document["aws"])
    assert (
        AwsConfig.model_validate(draft.data["aws"]).model_dump()
        == AwsConfig.model_validate(wanted).model_dump()
    )
    assert left(draft) == {}
    assert draft.notes == []


@pytest.mark.parametrize("environment", ["test", "prod"])
def test_the_other_end_of_the_vpn_comes_back(environment: str, tmp_path: Path) -> None:
    """With the transit gateway's ASN and its logs; the connections' keys are those of Google's end."""
    wanted = example(environment)["vpn"]["aws"]

    draft = drafted(
        tmp_path, state_of(synthesized(environment)), environment=environment, vpn=wanted["connections"]
    )

    assert draft.data["vpn"]["aws"] == wanted
    assert sorted({one.type for one in draft.origins["vpn", "aws", "connections", "a"]}) == [
        "aws_customer_gateway",
        "aws_vpn_connection",
    ]


def test_a_bastion_behind_ssh_comes_back(tmp_path: Path) -> None:
    """With its ranges and the public half of its key; what another product made has no place."""
    wanted = example("sandbox")["aws"]

    draft = drafted(tmp_path, state_of(synthesized("sandbox")), environment="sandbox")

    assert draft.data["aws"]["bastion"] == wanted["bastion"]
    assert draft.data["aws"]["management_vpc"] == wanted["management_vpc"]
    assert {address.partition("_")[2].partition("_")[0] for address in left(draft)} >= {"iam", "security"}


def test_a_module_around_it_changes_nothing(tmp_path: Path) -> None:
    """Entities are what they are, wherever they stand."""
    plain, module = tmp_path / "plain", tmp_path / "module"
    plain.mkdir()
    module.mkdir()
    stack = synthesized("dev")

    one = drafted(plain, state_of(stack), environment="dev")
    other = drafted(module, state_of(stack, module="module.platform"), environment="dev")

    assert one.data == other.data
