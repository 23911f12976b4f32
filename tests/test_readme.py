"""What the README shows is what the commands print."""

from __future__ import annotations

import re
from typing import Any

import yaml

from estate.model.environment import Environment
from estate.model.vmware.vmware import Phase
from tests.example import ENVIRONMENTS
from tests.readme import README, blocks, render


def test_every_shown_output_is_current() -> None:
    """Run anew, in a copy of this repository's environments; `make snapshots` renews them."""
    text = README.read_text("utf-8")

    shown = {"synth", "check sandbox", "check", "synth sandbox", "check --who matrikkel"}
    shown |= {"adopt gkectl user-cluster.yaml --into dev", "policy --today 2026-11-21"}
    assert shown <= set(blocks(text))
    assert render(text) == text


def test_every_make_target_exists() -> None:
    """A reader types what is written."""
    targets = set(re.findall(r"^([a-z-]+):", (README.parent / "Makefile").read_text("utf-8"), re.MULTILINE))

    named = set(re.findall(r"(?:`|\$ )make ([a-z-]+)", README.read_text("utf-8")))
    assert named
    assert named <= targets


def test_the_first_cluster_s_steps_lead_from_phase_to_phase() -> None:
    """What each step says to write is a valid environment, and the phase is the step's."""
    document: dict[str, Any] = yaml.safe_load((ENVIRONMENTS / "sandbox.yaml").read_text("utf-8"))
    chapter = README.read_text("utf-8").partition("## Your first on-prem cluster")[2]
    [foundation] = re.findall(r"`(vmware: \{[^`]+\})`", chapter)
    [admin] = re.findall(r"```yaml\n(   vmware:\n.*?)```", chapter, re.DOTALL)
    clusters = document["vmware"]["user_clusters"]
    sections = [yaml.safe_load(foundation), yaml.safe_load(admin)]
    sections += [{"vmware": {**sections[1]["vmware"], "user_clusters": clusters}}]

    environments = [Environment.model_validate({**document, "fleet": {}, **section}) for section in sections]

    assert [one.vmware.phase for one in environments if one.vmware] == list(Phase)


def test_a_team_is_three_lines_below_its_name() -> None:
    """What is shown to be written is what the shown answer was made with."""
    text = README.read_text("utf-8")
    [shown] = re.findall(r"```yaml\n(  matrikkel:\n.*?)```", text, re.DOTALL)

    edit = f"environments/organization.yaml: teams:\n -> teams:\n{shown}".replace("\n", "\\n")
    assert len(shown.splitlines()) == 1 + 3
    assert f"<!-- edit: {edit} -->\n<!-- run: hybrid check --who matrikkel -->" in text


def test_the_first_exercise_breaks_no_policy() -> None:
    """It says how long flow logs are kept, and CKV_AWS_338 of checkov wants a year at least."""
    [days] = re.findall(r"`flow_log_retention_days: (\d+)`", README.read_text("utf-8"))
    document: dict[str, Any] = yaml.safe_load((ENVIRONMENTS / "sandbox.yaml").read_text("utf-8"))
    network = document["aws"]["management_vpc"]

    tried = Environment.model_validate(
        document
        | {"aws": document["aws"] | {"management_vpc": network | {"flow_log_retention_days": int(days)}}}
    )

    assert tried.aws
    assert tried.aws.management_vpc
    assert network.get("flow_log_retention_days") != int(days) >= 365
