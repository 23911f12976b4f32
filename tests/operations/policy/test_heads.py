"""A base asks its policy of what a head synthesized; what the head waives itself does not count by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from operations.cli import main
from operations.policy.checkov.scan import Scan
from operations.policy.finding import Finding, Level
from operations.policy.stacks import Place, Stacks
from tests.operations.heads.checkouts import STACK, Checkouts, checkouts, synthesize

Capture = pytest.CaptureFixture[str]

FOUND = Finding("CKV_GCP_1", Level.MEDIUM, "log", Place("dev", "google_compute_network.N"))
FILE = "environments/policy/waivers.yaml"
SKIPPED = "environments/policy/skipped_checks.yaml"


def waiver(until: str = "2999-01-01", rule: str = "CKV_GCP_1") -> str:
    """A file that waives what is found in dev."""
    return (
        "waivers:\n"
        f'  - {{stack: dev, resource: google_compute_network.N, rule: {rule}, reason: for now, expires: "{until}"}}\n'
    )


def found_by_checkov(_stacks: Stacks, _python: str) -> Scan:
    """As checkov would in half a minute."""
    return Scan((FOUND,), {"dev": 1, "test": 1}, frozenset({"CKV_GCP_1"}))


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkouts:
    """A base and a head, of which checkov finds one thing."""
    made = checkouts(tmp_path)
    monkeypatch.chdir(made.base)
    monkeypatch.setattr("operations.policy.policy.scan", found_by_checkov)
    monkeypatch.setattr("operations.policy.checkov.environment.checkov_python", lambda: "python")
    return made


def asked(capsys: Capture, *words: str) -> dict[str, Any]:
    """What policy says of the head, rules apart that the small stack breaks anyway."""
    code = main(["policy", "--head=head", "--format=json", "--today=2026-11-30", *words])
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    said["rules"] = [
        one["rule"] for one in said["findings"] if one["rule"] in {"CKV_GCP_1", "HYB_WAIVER_UNAPPROVED"}
    ]
    said["code"] = code
    return said


def test_the_stacks_of_the_head_are_asked(both: Checkouts, capsys: Capture) -> None:
    """As they were synthesized there, by the rules of the base."""
    state = {"required_providers": {}, "backend": {"local": {"path": "x"}}}
    synthesize(both.head, dev={**STACK, "terraform": state}, test=STACK)

    said = asked(capsys)

    assert said["code"] == 3
    assert ("HYB_STATE_REMOTE", "dev") in [(one["rule"], one.get("stack")) for one in said["findings"]]


def test_a_waiver_of_the_base_counts(both: Checkouts, capsys: Capture) -> None:
    """The head has it too, and may end it sooner."""
    both.merge(FILE, waiver())
    both.push(FILE, waiver("2998-01-01"))

    said = asked(capsys)

    assert said["rules"] == []
    assert [one["expires"] for one in said["waived"]] == ["2998-01-01"]


@pytest.mark.parametrize(
    "base", [None, waiver("2998-01-01"), waiver(rule="CKV_GCP_2")], ids=["new", "longer", "other rule"]
)
def test_a_waiver_of_the_pull_request_itself_does_not_count(
    both: Checkouts, capsys: Capture, base: str | None
) -> None:
    """It is found first, with whose approval is missing, and what it waives is found as well; then it counts."""
    if base:
        both.merge(FILE, base)
    both.push(FILE, waiver())

    said = asked(capsys)
    assert said["rules"] == ["HYB_WAIVER_UNAPPROVED", "CKV_GCP_1"]
    assert said["findings"][0]["file"] == f"head/{FILE}"
    assert said["findings"][0]["message"] == (
        "CKV_GCP_1 on google_compute_network.N of dev until 2999-01-01 is the pull request's own waiver; it counts once "
        "@kl/security or @kari has approved this commit"
    )
    assert asked(capsys, both.approve("ola"))["rules"] == ["HYB_WAIVER_UNAPPROVED", "CKV_GCP_1"]
    assert asked(capsys, both.approve("kari"))["rules"] == []


def test_a_check_that_the_pull_request_itself_skips_is_asked(both: Checkouts, capsys: Capture) -> None:
    """Until an owner approved; those that the base skips are not."""
    both.push(SKIPPED, "skipped_checks: {CKV_GCP_1: it is wrong}\n")

    said = asked(capsys)
    assert said["rules"] == ["HYB_WAIVER_UNAPPROVED", "CKV_GCP_1"]
    assert said["findings"][0]["path"] == "CKV_GCP_1"
    assert "it counts" not in said["findings"][0]["message"]
    approved = asked(capsys, both.approve("ola", teams=("kl/security",)))
    assert (approved["rules"], approved["skipped"]["CKV_GCP_1"]) == ([], 1)


def test_one_that_is_merged_ahead_is_a_note(both: Checkouts, capsys: Capture) -> None:
    """Nothing breaks the rule yet."""
    both.merge(FILE, waiver(rule="CKV_GCP_2"))

    assert main(["policy", "--head=head"]) == 3

    assert f"note: head/{FILE}:2:5: waivers[0]: nothing breaks CKV_GCP_2" in capsys.readouterr().out


def test_rules_of_the_pull_request_do_not_judge_it(both: Checkouts, capsys: Capture) -> None:
    """Nothing of the head is imported: a policy of its own is a file among others."""
    both.push("operations/policy/rules/catalog.py", "RULES = ()\nraise SystemExit(0)\n")

    assert asked(capsys)["rules"] == ["CKV_GCP_1"]


def test_stacks_that_are_not_those_of_the_files_are_refused(both: Checkouts, capsys: Capture) -> None:
    """What is planned would be another estate than what is asked about."""
    synthesize(both.head, dev=STACK)

    assert main(["policy", "--head=head"]) == 2

    assert "head/cdktf.out: holds no stack test, which the files ask for" in capsys.readouterr().err
