"""What stands wrong comes over with a waiver, and policy is green because of these alone."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from operations.adopt.terraform import adopt as flow
from operations.adopt.terraform import waiving
from operations.adopt.terraform.adopt import Adopted, Options, adopt
from operations.adopt.terraform.report import print_adopted
from operations.adopt.terraform.waiving import Judge
from operations.cli import main
from operations.policy.checkov.environment import checkov_python
from operations.policy.policy import policy
from tests.operations.adopt.terraform.states import resource, state, written

ORGANIZATION = "{name: nk, domain: nk.no, promotion: [lab]}\n"
TODAY, UNTIL = date(2026, 12, 1), date(2027, 3, 1)
HOST = "nk-lab-host"
NETWORK = f"projects/{HOST}/global/networks/corp"


def other_state() -> dict[str, Any]:
    """A network whose subnets log nothing, one of them beside a NAT that does not either."""
    place = {"project": HOST, "region": "europe-north1"}
    return state(
        resource(
            "google_project.host", {"project_id": HOST, "number": "738201945562", "id": f"projects/{HOST}"}
        ),
        resource(
            "google_compute_network.corp",
            {"name": "corp", "project": HOST, "id": NETWORK, "auto_create_subnetworks": False},
        ),
        resource(
            "google_compute_subnetwork.nodes",
            {**place, "name": "nodes", "network": NETWORK, "ip_cidr_range": "10.64.0.0/20"},
        ),
    )


@pytest.fixture(name="folder")
def folder_with_an_empty_environment(tmp_path: Path) -> Path:
    """The environment files."""
    folder = tmp_path / "environments"
    folder.mkdir()
    (folder / "organization.yaml").write_text(ORGANIZATION)
    (folder / "lab.yaml").write_text("environment: lab\nstate: {gcs: {bucket: nk-lab-tfstate}}\n")
    (tmp_path / "cdktf.json").write_text("{}")
    return folder


def adopted_into(folder: Path, *, write: bool = True) -> Adopted:
    """What becomes of the state, with waivers."""
    judge = Judge(TODAY, UNTIL, checkov_python)
    return adopt(written(folder.parent, other_state()), Options("lab", write, folder, judge))


def waivers(folder: Path) -> list[dict[str, str]]:
    """The waivers of the file."""
    entries: list[dict[str, str]]
    entries = yaml.safe_load((folder / "policy/waivers.yaml").read_text("utf-8"))["waivers"]
    return entries


def test_policy_is_green_because_of_these_waivers_alone(folder: Path) -> None:
    """Each finding has its waiver, and without them all of it is found again; a second run writes none."""
    adopted = adopted_into(folder)

    outcome = policy(folder, TODAY, checkov_python)
    assert (outcome.findings, outcome.unneeded) == ((), ())
    assert [(one["rule"], one["expires"]) for one in waivers(folder)] == [
        ("CKV_GCP_26", "2027-03-01"),
        ("HYB_NETWORK_LOGS", "2027-03-01"),
    ]
    assert len(outcome.waived) == len(waivers(folder))
    assert {one["resource"].partition("_nodes_")[0] for one in waivers(folder)} == {
        "google_compute_subnetwork.Subnets"
    }
    assert waivers(folder)[1]["reason"] == (
        "stood so when it was taken in from 0.tfstate: google_compute_subnetwork.nodes; to be mended: has no log_config, "
        "so that nobody knows afterwards who spoke to whom; log a share"
    ).replace("0.tfstate", adopted.found.objects[0].state)
    assert adopted.waived is not None
    assert adopted.waived.found == ()

    again = adopted_into(folder)

    assert again.waived is not None
    assert (again.waived.waivers, again.waived.found) == ((), ())

    shutil.rmtree(folder / "policy")
    found = [(one.rule, one.where) for one in policy(folder, TODAY, checkov_python).findings]
    assert found == [(one.finding.rule, one.finding.where) for one in outcome.waived]


def test_what_no_state_says_gets_no_waiver(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor what has one that is past its day: who let it pass decides anew; that one is no setting of the environment."""
    kept = waiving.waived
    adopted_into(folder)
    file = folder / "policy/waivers.yaml"
    file.write_text(file.read_text().replace("2027-03-01", "2026-11-30", 1))

    past = adopted_into(folder, write=False)

    assert past.waived is not None
    assert past.waived.waivers == ()
    assert [one.rule for one in past.waived.found] == [waivers(folder)[0]["rule"]]

    shutil.rmtree(folder / "policy")

    def without_objects(*given: Any) -> Any:
        estate, place, stacks, foreseen, judge = given
        nobody = {name: [replace(one, found=None) for one in some] for name, some in foreseen.items()}
        return kept(estate, place, stacks, nobody, judge)

    monkeypatch.setattr(flow, "waived", without_objects)
    made = adopted_into(folder, write=False)

    assert made.waived is not None
    assert made.waived.waivers == ()
    assert [one.rule for one in made.waived.found] == ["CKV_GCP_26", "HYB_NETWORK_LOGS"]
    assert [one.path.name for one in made.changes] == ["lab.yaml"]
    print_adopted(made, Options("lab"))
    lines = capsys.readouterr().err.splitlines()
    assert "wrong as it stands, and taken over so with a waiver each:" not in lines
    start = lines.index("found by policy too, with no object of a state, so that no waiver is written:")
    assert lines[start + 1].startswith("  lab google_compute_subnetwork.Subnets_nodes_")


def test_waivers_are_shown_with_what_they_let_pass(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written without --write."""
    monkeypatch.chdir(folder.parent)
    written(folder.parent, other_state())
    words = ["adopt", "terraform", "0.tfstate", "--into", "lab", "--today", "2026-12-01"]

    assert main([*words, "--waive-until", "2027-03-01"]) == 0

    said = capsys.readouterr()
    assert "+++ environments/policy/waivers.yaml" in said.out
    lines = said.err.splitlines()
    start = lines.index("wrong as it stands, and taken over so with a waiver each:")
    assert [line.split(": ")[1] for line in lines[start + 1 : start + 3]] == [
        "CKV_GCP_26",
        "HYB_NETWORK_LOGS",
    ]
    assert not (folder / "policy").exists()


def test_waivers_that_end_before_they_count_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A day that is past lets nothing pass."""
    words = ["adopt", "terraform", "0.tfstate", "--into", "lab", "--today", "2026-12-01"]

    assert main([*words, "--waive-until", "2026-12-01"]) == 2
    assert (
        "--waive-until: must be a day to come, got 2026-12-01, and today is 2026-12-01"
        in capsys.readouterr().err
    )
