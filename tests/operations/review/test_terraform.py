"""``hybrid review ENV``, which runs Terraform itself."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

from operations.cli import main
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
def harmful(place: Path) -> Path:
    """A plan that destroys a key."""
    return _write(place / "prod.json", plan(change(_KEY, "delete", {}, None)))


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
    """The titles of its errors up to what a provider may quote there, and no value that the environment hides."""
    _stack(place)
    monkeypatch.setenv("TF_VAR_psk", "hunter2-hunter2")
    said = r"printf '\342\225\267\n\342\224\202 Error: no hunter2-hunter2 in `hunter3` here: hunter4\n\342\224\202\n\342\224\202 more of hunter2\n' >&2; exit 1"
    _terraform(place, monkeypatch, harmful, plan_=said)

    assert main(["review", "sandbox"]) == 2
    err = capsys.readouterr().err
    assert "plan: no (sensitive) in ... here; run" in err
    assert "hunter" not in err
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
