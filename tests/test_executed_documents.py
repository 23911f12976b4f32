"""What the documents show is what the commands print."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from estate.model.environment import Environment
from estate.model.vmware.vmware import Phase
from operations.cli import app
from operations.project import ROOT
from tests.example import ENVIRONMENTS
from tests.executed_documents import README, blocks, executed, render
from tests.source import documents

pytestmark = pytest.mark.unmeasured

_FEWEST_WORDS = 4
"""Of a verb's line: what it does, and to what."""


@pytest.mark.parametrize("document", [pytest.param(path, id=path.stem) for path in executed()])
def test_every_shown_output_is_current(document: Path) -> None:
    """Run anew, in a copy of the example's environments; `make snapshots` renews them."""
    text = document.read_text("utf-8")

    assert render(text) == text


def test_what_is_shown_covers_the_verbs_that_answer_from_files() -> None:
    """A page that lost its block would still be current."""
    shown = {words for path in executed() for words in blocks(path.read_text("utf-8"))}

    expected = {"check", "synth", "check sandbox", "synth sandbox", "who matrikkel", "graph prod"}
    expected |= {"adopt gkectl user-cluster.yaml --into dev", "policy --today 2026-11-21"}
    expected |= {"rename dev:google.gke_clusters.apps web", "upgrade dev 1.36.0-gke.532"}
    assert expected <= shown


def test_every_make_target_exists() -> None:
    """A reader types what is written."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

    named = {name for _, text in documents() for name in re.findall(r"(?:`|\$ )make ([a-z-]+)", text)}

    assert named
    assert named <= targets


def test_the_front_page_is_read_in_minutes() -> None:
    """What and for whom, whether it fits, how to begin: the rest stands on pages of its own."""
    text = README.read_text("utf-8")

    prose = re.sub(r"```.*?```|<!--.*?-->", "", text, flags=re.DOTALL)

    assert len(text.splitlines()) <= 200
    assert len(prose.split()) <= 1000


def test_the_front_page_says_what_each_verb_gives() -> None:
    """It once said of one that it records checksums, and nobody knew of what or why."""
    section = README.read_text("utf-8").partition("## The verbs\n")[2].partition("\n## ")[0]
    said = dict(re.findall(r"^- ((?:`[^`]+`(?:, )?)+) (.+)\.$", section, re.MULTILINE))
    verbs = [name.removeprefix("hybrid ") for names in said for name in re.findall(r"`([^`]+)`", names)]
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # a group, which has some

    assert sorted(verbs) == sorted(name for name, command in commands.items() if not command.hidden)
    assert [text for text in said.values() if len(text.split()) < _FEWEST_WORDS] == []


def test_the_first_screen_names_the_clusters_and_none_that_ends() -> None:
    """Whoever asks "does it fit me" reads no further than this."""
    first_screen = README.read_text("utf-8").partition("```")[0]

    assert [name for name in ("GKE", "EKS", "VMware") if f"**{name}**" not in first_screen] == []
    assert "GKE on AWS" not in README.read_text("utf-8")  # until 2027-03-17


def test_the_smallest_estate_stays_small() -> None:
    """Twenty lines, as the front page says of it."""
    files = re.findall(
        r"<!-- file: environments/\S+ -->\n```yaml\n(.*?)```", README.read_text("utf-8"), re.DOTALL
    )

    assert sum(len(text.splitlines()) for text in files) == 20


def test_the_first_cluster_s_steps_lead_from_phase_to_phase() -> None:
    """What each step says to write is a valid environment, and the phase is the step's."""
    document: dict[str, Any] = yaml.safe_load((ENVIRONMENTS / "sandbox.yaml").read_text("utf-8"))
    chapter = (ROOT / "docs" / "first-cluster.md").read_text("utf-8")
    [foundation] = re.findall(r"`(vmware: \{[^`]+\})`", chapter)
    [admin] = re.findall(r"```yaml\n(   vmware:\n.*?)```", chapter, re.DOTALL)
    clusters = document["vmware"]["user_clusters"]
    sections = [yaml.safe_load(foundation), yaml.safe_load(admin)]
    sections += [{"vmware": {**sections[1]["vmware"], "user_clusters": clusters}}]

    environments = [Environment.model_validate({**document, "fleet": {}, **section}) for section in sections]

    assert [one.vmware.phase for one in environments if one.vmware] == list(Phase)


def test_a_team_is_three_lines_below_its_name() -> None:
    """What is shown to be written is what the shown answer was made with."""
    text = (ROOT / "docs" / "teams.md").read_text("utf-8")
    [shown] = re.findall(r"```yaml\n(  matrikkel:\n.*?)```", text, re.DOTALL)

    edit = f"environments/organization.yaml: teams:\n -> teams:\n{shown}".replace("\n", "\\n")
    assert len(shown.splitlines()) == 1 + 3
    assert f"<!-- edit: {edit} -->\n<!-- run: hybrid who matrikkel -->" in text


def test_the_first_exercise_breaks_no_policy() -> None:
    """It says how long flow logs are kept, and CKV_AWS_338 of checkov wants a year at least."""
    [days] = re.findall(
        r"`flow_log_retention_days: (\d+)`", (ROOT / "docs" / "environment-files.md").read_text("utf-8")
    )
    document: dict[str, Any] = yaml.safe_load((ENVIRONMENTS / "sandbox.yaml").read_text("utf-8"))
    network = document["aws"]["management_vpc"]

    tried = Environment.model_validate(
        document
        | {"aws": document["aws"] | {"management_vpc": network | {"flow_log_retention_days": int(days)}}}
    )

    assert tried.aws
    assert tried.aws.management_vpc
    assert network.get("flow_log_retention_days") != int(days) >= 365
