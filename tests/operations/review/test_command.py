"""``hybrid review`` as people and pipelines run it."""

from __future__ import annotations

import json
import os
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

from operations.cli import main
from operations.project import ROOT
from tests.operations.review.golden import PLANS
from tests.operations.review.reviewed import change, plan

_KEY = "aws_kms_key.KmsKeys_secrets_449ECE8D"
_TODAY = ("--today", "2026-11-21")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that the command runs in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _write(path: Path, document: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document), "utf-8")
    return path


@pytest.fixture
def harmless(place: Path) -> Path:
    """A plan in which nothing is bad."""
    return _write(place / "sandbox.json", plan(change("aws_eip.a", "update", {"x": 1}, {"x": 2})))


@pytest.fixture
def harmful(place: Path) -> Path:
    """A plan that destroys a key."""
    return _write(place / "prod.json", plan(change(_KEY, "delete", {}, None)))


def test_harmless_plan_ends_with_0(harmless: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The environment is called like the file."""
    assert main(["review", str(harmless), *_TODAY]) == 0
    assert "sandbox: 1 changed" in capsys.readouterr().out


def test_harmful_plan_ends_with_3(harmless: Path, harmful: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All environments in one review, named as asked."""
    assert main(["review", str(harmless), f"production={harmful}", *_TODAY]) == 3
    assert "open: production" in capsys.readouterr().out


def test_level_is_chosen(harmless: Path) -> None:
    """With low, a changed tag stops."""
    assert main(["review", str(harmless), "--fail-on", "low"]) == 3


def test_acknowledgement_lets_pass(harmful: Path, place: Path) -> None:
    """In the file that is given, or in the one that lies in its place."""
    text = f'acknowledgements: [{{address: {_KEY}, reason: unused, who: kari, expires: "2026-12-01"}}]\n'
    (place / "mine.yaml").write_text(text)

    assert main(["review", str(harmful), "--acknowledgements", "mine.yaml", *_TODAY]) == 0
    assert main(["review", str(harmful), "--acknowledgements", "mine.yaml", "--today", "2026-12-01"]) == 3
    default = place / "environments" / "review" / "acknowledgements.yaml"
    default.parent.mkdir(parents=True)
    default.write_text(text)
    assert main(["review", str(harmful), *_TODAY]) == 0


@pytest.mark.parametrize(
    ("format_", "begins"),
    [
        ("terminal", "prod: 1 destroyed"),
        ("markdown", "<!-- hybrid review"),
        ("html", "<!doctype"),
        ("json", "{"),
    ],
)
def test_every_format_is_printed_or_written(
    harmful: Path, format_: str, begins: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same on standard output and in a file."""
    assert main(["review", str(harmful), "--format", format_, *_TODAY]) == 3
    printed = capsys.readouterr().out
    assert main(["review", str(harmful), "--format", format_, "--output", "out/review", *_TODAY]) == 3

    assert printed.startswith(begins)
    assert Path("out/review").read_text("utf-8") == printed


def test_stack_without_a_plan_is_said(harmless: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With its reason, if there is one."""
    arguments = ["--not-planned", "prod-vsphere=needs the network", "--not-planned", "other"]

    assert main(["review", str(harmless), *arguments]) == 0
    out = capsys.readouterr().out
    assert "prod-vsphere was not planned: needs the network" in out
    assert "other was not planned: no reason given" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.json"], "neither a plan nor a synthesized environment"),
        (["x=nowhere.json"], "no such file"),
        (["{harmless}", "{harmless}"], "two plans are called sandbox"),
        (["{harmless}", "--today", "tomorrow"], "must be a date"),
        (["{harmless}", "--acknowledgements", "nowhere.yaml"], "does not exist"),
        (["{harmless}", "--risks", "nowhere.yaml"], "does not exist"),
        (["{empty}"], "is not JSON"),
        (["{harmless}", "--base", "{broken}"], "is not JSON"),
        (["{harmless}", "--fail-on", "never"], "never"),
        ([], "PLAN|ENV"),
    ],
)
def test_wrong_input_ends_with_2(
    harmless: Path, place: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a line that says what to do."""
    (place / "empty.json").write_text("")
    _write(place / "base" / "stacks" / "sandbox" / "cdk.tf.json", 1).write_text("{")
    names = {"harmless": harmless, "empty": place / "empty.json", "broken": place / "base"}

    assert main(["review", *(argument.format(**names) for argument in arguments)]) == 2
    assert words.lower() in capsys.readouterr().err.lower()


def test_base_that_cannot_be_read_ends_with_2(
    harmless: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder where the stack should be."""
    (place / "base" / "stacks" / "sandbox" / "cdk.tf.json").mkdir(parents=True)

    assert main(["review", str(harmless), "--base", "base"]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_lost_protection_is_found_against_the_base(
    harmless: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A plan does not show prevent_destroy, the synthesized stacks do."""
    bodies: dict[str, Any] = {
        "kept": {},
        "gone": {"lifecycle": {"prevent_destroy": True}},
        "off": {"lifecycle": {"prevent_destroy": True}},
    }
    _write(place / "base" / "stacks" / "sandbox" / "cdk.tf.json", {"resource": {"aws_kms_key": bodies}})
    now: dict[str, Any] = {"kept": {}, "off": {}}
    _write(place / "head" / "stacks" / "sandbox" / "cdk.tf.json", {"resource": {"aws_kms_key": now}})

    assert main(["review", f"sandbox={harmless}", "--base", "base", "--stacks", "head", *_TODAY]) == 3
    out = capsys.readouterr().out
    assert "aws_kms_key.off: prevent_destroy is switched off" in out
    assert "aws_kms_key.gone" not in out


@pytest.mark.parametrize(
    ("today", "rule", "code"),
    [("2026-11-21", None, 0), ("2027-01-20", "expires-soon", 0), ("2027-01-31", "expired", 3)],
)
def test_break_glass_ends(
    place: Path, today: str, rule: str | None, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Judged by the date given, from the environment files beside the plan."""
    shutil.copytree(
        ROOT / "environments", place / "environments", ignore=shutil.ignore_patterns("*.py", "model")
    )
    file = _write(place / "plans" / "prod.json", plan())
    arguments = ["review", str(file), "--today", today, "--format", "json"]

    assert main(arguments) == code
    findings = json.loads(capsys.readouterr().out)["environments"][0]["findings"]
    assert [one["rule"] for one in findings] == ([rule] if rule else [])


# ---- running Terraform

_TERRAFORM = """#!/bin/sh
echo "$@" >> {log}
case "$2" in
  init) {init} ;;
  plan) for word in "$@"; do case "$word" in -out=*) : > "${{word#-out=}}"; dirname "${{word#-out=}}" > {where} ;; esac; done; {plan} ;;
  show) cat {file} ;;
esac
"""


def _stack(place: Path) -> None:
    _write(place / "cdktf.out" / "stacks" / "sandbox" / "cdk.tf.json", {})


def _terraform(
    place: Path, monkeypatch: pytest.MonkeyPatch, file: Path, *, init: str = "true", plan_: str = "true"
) -> None:
    binary = place / "terraform"
    text = _TERRAFORM.format(log=place / "log", where=place / "where", file=file, init=init, plan=plan_)
    binary.write_text(text)
    binary.chmod(binary.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", str(binary))


def test_environment_is_planned_and_nothing_is_left(
    place: Path, harmful: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A stored plan holds secrets: it lies where nobody else looks, and not for longer than the review."""
    _stack(place)
    _terraform(place, monkeypatch, harmful)

    assert main(["review", "sandbox", *_TODAY]) == 3
    assert "sandbox: 1 destroyed" in capsys.readouterr().out
    orders = [line.split()[1] for line in (place / "log").read_text().splitlines()]
    assert orders == ["init", "plan", "show"]
    assert not Path((place / "where").read_text().strip()).exists()


def test_failing_terraform_is_told_without_secrets(
    place: Path, harmful: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The titles of its errors, and no value that the environment hides."""
    _stack(place)
    monkeypatch.setenv("TF_VAR_psk", "hunter2-hunter2")
    said = r"printf '\342\225\267\n\342\224\202 Error: no hunter2-hunter2 here\n\342\224\202\n\342\224\202 more of hunter2\n' >&2; exit 1"
    _terraform(place, monkeypatch, harmful, plan_=said)

    assert main(["review", "sandbox"]) == 2
    err = capsys.readouterr().err
    assert "plan: no (sensitive) here; run" in err
    assert "hunter2" not in err
    assert not Path((place / "where").read_text().strip()).exists()


def test_silent_failure_is_told(
    place: Path, harmful: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what to do to see more."""
    _stack(place)
    _terraform(place, monkeypatch, harmful, init="exit 1")

    assert main(["review", "sandbox"]) == 2
    assert "init: failed without saying why" in capsys.readouterr().err


def test_plan_that_is_none_is_told_by_the_environment(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not by the name of a file that is gone."""
    _stack(place)
    (place / "x").write_text("no JSON")
    _terraform(place, monkeypatch, place / "x")

    assert main(["review", "sandbox"]) == 2
    assert "sandbox: is not JSON" in capsys.readouterr().err


def test_absent_terraform_is_told(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Like any input that cannot be had."""
    _stack(place)
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", str(place / "no-terraform"))

    assert main(["review", "sandbox"]) == 2
    assert "cannot be run" in capsys.readouterr().err


def test_real_terraform_is_run(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What needs no provider is planned for real."""
    if shutil.which("terraform") is None:
        pytest.skip("no Terraform: terraform is not on PATH")
    monkeypatch.delenv("TERRAFORM_BINARY_NAME", raising=False)
    stack = {"resource": {"terraform_data": {"a": {"input": "x"}}}}
    _write(place / "cdktf.out" / "stacks" / "sandbox" / "cdk.tf.json", stack)

    assert main(["review", "sandbox", *_TODAY]) == 0
    assert "terraform_data.a: new" in capsys.readouterr().out


@pytest.mark.usefixtures("place")
def test_golden_plans_are_reviewed_together(capsys: pytest.CaptureFixture[str]) -> None:
    """All of them in one comment, which is no longer than a comment may be."""
    files = sorted(map(str, PLANS.glob("*.json")))

    assert main(["review", *files, "--format", "markdown"]) == 3
    assert len(os.fsencode(capsys.readouterr().out)) < 65_536
