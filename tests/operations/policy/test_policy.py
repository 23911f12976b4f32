"""The command, as a person or a pipeline calls it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from estate.model.policy.waivers import Waiver, Waivers
from estate.reading.problems import Problem
from estate.reading.yaml_source import empty_source
from operations.allowances.policy_files import PolicyFiles, read_policy_files
from operations.cli import main
from operations.policy.checkov.scan import Scan
from operations.policy.finding import Finding, Level, from_problem
from operations.policy.policy import Outcome, judged
from operations.policy.report import outcome_json, print_outcome
from operations.policy.stacks import Place, make_stack
from tests.example import ENVIRONMENTS, PLANS
from tests.operations.policy.test_expiries import DEV

ORGANIZATION = """\
name: kl
domain: example.com
promotion: [dev]
break_glass:
  kari: {user: kari@example.com, environments: [dev], expires: "2027-01-31", reason: on call}
"""
DAY = date(2027, 1, 1)
STATE = {"backend": {"local": {"path": "x"}}, "required_providers": {"aws": {"version": "1.2.3"}}}
STACK = make_stack("dev", "dev", {"terraform": STATE, "resource": {"aws_lb": {"L": {}, "M": {}}}})


def outcome(skipped: dict[str, str] | None = None, *waivers: Waiver) -> Outcome:
    """What is made of a stack with its state on a laptop, and of two load balancers without logs."""
    found = [Finding("CKV_AWS_91", Level.MEDIUM, "log", Place("dev", f"aws_lb.{name}")) for name in "LM"]
    scanned = Scan(tuple(found), {"dev": 2}, frozenset({"CKV_AWS_91", "CKV_AWS_2"}))
    files = PolicyFiles(Waivers(waivers=waivers), empty_source("waivers.yaml"), skipped or {})
    return judged([STACK], scanned, files, DAY, iter(()))


def waiver(resource: str, rule: str, expires: str = "2027-02-01") -> Waiver:
    """A waiver in dev."""
    return Waiver(stack="dev", resource=resource, rule=rule, reason="for now", expires=expires)


def printed(what: Outcome, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What a person sees in a pipe."""
    print_outcome(what)
    return capsys.readouterr().out.splitlines()


def test_the_worst_is_said_first(capsys: pytest.CaptureFixture[str]) -> None:
    """With where it stands and what to do, and how much was asked of how much."""
    said = printed(outcome(), capsys)

    assert [line.split()[:2] for line in said[2:5]] == [
        ["high", "HYB_STATE_REMOTE"],
        ["medium", "CKV_AWS_91"],
        ["medium", "CKV_AWS_91"],
    ]
    assert said[5].startswith("2 resources in 1 stack: ")
    assert said[5].endswith(" rules of this project, 2 checks of checkov")
    assert said[6] == "3 findings on 2027-01-01; mend it or write a waiver"


def test_what_is_waived_and_skipped_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """So that nobody takes a waived estate for a clean one."""
    state = waiver("terraform.backend", "HYB_STATE_REMOTE", "2027-03-01")

    said = printed(outcome({"CKV_AWS_91": "why"}, state), capsys)

    assert said[1:] == [
        "1 finding waived, the first until 2027-03-01",
        "1 check of checkov skipped everywhere, with 2 findings",
        "policy holds on 2027-01-01",
    ]
    assert said[0].endswith("1 checks of checkov")


def test_machines_get_everything() -> None:
    """Findings with their place, what is waived with its reason, and every count."""
    what = outcome({"CKV_AWS_2": "why"}, waiver("aws_lb.L", "CKV_AWS_91"), waiver("aws_lb.N", "CKV_AWS_91"))

    said = json.loads(outcome_json(what))

    assert said["passed"] is False
    assert said["day"] == "2027-01-01"
    assert [(one["rule"], one.get("resource"), one.get("path")) for one in said["findings"]] == [
        ("HYB_STATE_REMOTE", "terraform.backend", None),
        ("CKV_AWS_91", "aws_lb.M", None),
    ]
    assert [one.partition(";")[0] for one in said["unneeded"]] == [
        "waivers.yaml:1:1: waivers[1]: nothing breaks CKV_AWS_91 on aws_lb.N of dev"
    ]
    assert said["waived"] == [
        {
            "rule": "CKV_AWS_91",
            "level": "medium",
            "message": "log",
            "stack": "dev",
            "resource": "aws_lb.L",
            "reason": "for now",
            "expires": "2027-02-01",
        }
    ]
    assert said["resources"] == {"dev": 2}
    assert said["rules"]["checkov"] == 1
    assert said["skipped"] == {"CKV_AWS_2": 0}


def test_a_finding_in_a_file_says_where() -> None:
    """With line and column where they are known."""
    whole = from_problem("HYB_A", Problem("a.yaml", 0, 0, "", "is wrong"))
    place = from_problem("HYB_A", Problem("a.yaml", 3, 5, "b.c", "is wrong"))

    assert [whole.where, place.where] == ["a.yaml", "a.yaml:3:5 b.c"]


def test_the_four_environments_pass(capsys: pytest.CaptureFixture[str]) -> None:
    """Every resource of every stack is seen, and waivers cover what is left; on a day before they end."""
    code = main(["policy", "--folder", str(ENVIRONMENTS), "--today", "2026-11-21", "--format", "json"])

    said = json.loads(capsys.readouterr().out)
    assert (code, said["findings"]) == (0, [])
    assert set(said["resources"]) == set(PLANS)
    assert min(said["resources"].values()) > 0
    assert len(said["waived"]) == len(read_policy_files(ENVIRONMENTS).waivers.waivers)


def test_what_is_past_its_day_today_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An entry of a year long gone ends the command with 3, as every finding does; the day is today's."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "environments"
    folder.mkdir()
    (folder / "organization.yaml").write_text(ORGANIZATION.replace("2027-", "2020-"), "utf-8")
    (folder / "dev.yaml").write_text(DEV, "utf-8")
    before = datetime.now(UTC).date()

    code = main(["policy", "--folder", "environments"])

    said = capsys.readouterr().out
    assert code == 3
    assert "HYB_BREAK_GLASS_EXPIRED  environments/organization.yaml:5:64 break_glass.kari.expires" in said
    assert any(f"2 findings on {day.isoformat()}" in said for day in (before, datetime.now(UTC).date()))


def test_a_day_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """With the option's name."""
    assert main(["policy", "--today", "31.1.2027"]) == 2
    assert "--today" in capsys.readouterr().err


def test_markdown_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A review has that; this is a gate."""
    assert main(["policy", "--format", "markdown"]) == 2
    assert "'markdown' is not one of 'text', 'json'" in capsys.readouterr().err


def test_wrong_files_are_said_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is asked while the files are wrong, and a wrong input is no finding."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "organization.yaml").write_text(ORGANIZATION, "utf-8")
    (tmp_path / "dev.yaml").write_text(DEV.replace("fleet:", "flet:"), "utf-8")

    assert main(["policy", "--folder", str(tmp_path), "--today", "2030-01-01"]) == 2
    assert "did you mean fleet?" in (said := capsys.readouterr().err)
    assert "HYB_" not in said
