"""``hybrid review`` as people and pipelines run it."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from operations.cli import main
from tests.example import ENVIRONMENTS
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
    return _write(place / "sandbox.json", plan(change("aws_eip.a", "update", {"tags": 1}, {"tags": 2})))


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
        ("text", "prod: 1 destroyed"),
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


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.json"], "neither a plan nor a synthesized environment"),
        (["x=nowhere.json"], "no such file"),
        (["{harmless}", "{harmless}"], "two plans are called sandbox"),
        (["{harmless}", "--today", "tomorrow"], "does not match the format"),
        (["{harmless}", "--acknowledgements", "nowhere.yaml"], "does not exist"),
        (["{harmless}", "--risks", "nowhere.yaml"], "does not exist"),
        (["{empty}"], "is not JSON"),
        (["{harmless}", "--base", "{broken}"], "is not JSON"),
        (["{harmless}", "--fail-on", "never"], "never"),
        ([], "needs a plan or an environment"),
        (["={harmless}"], "has no name before the ="),
        (["{harmless}", "--base", "nowhere"], "nowhere: has no stacks"),
        (["{harmless}", "--not-planned", "sandbox=x"], "has a plan and is said to have none"),
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


def test_all_unreadable_plans_are_told_at_once(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever mends one need not run it again to learn of the next."""
    (place / "a.json").write_text("{")
    (place / "b.json").write_text("[]")

    assert main(["review", "a.json", "b.json"]) == 2
    err = capsys.readouterr().err
    assert "a.json: is not JSON" in err
    assert "b.json: is not a Terraform plan" in err


def test_base_that_cannot_be_read_ends_with_2(
    harmless: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder where the stack should be."""
    (place / "base" / "stacks" / "sandbox" / "cdk.tf.json").mkdir(parents=True)

    assert main(["review", str(harmless), "--base", "base"]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_stack_that_is_only_in_the_base_is_refused(
    harmless: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Otherwise a forgotten synthesis would look as if nothing had lost its protection."""
    _write(place / "base" / "stacks" / "sandbox" / "cdk.tf.json", {})

    assert main(["review", str(harmless), "--base", "base"]) == 2
    assert "sandbox: is not synthesized here" in capsys.readouterr().err


@pytest.mark.parametrize("format_", ["text", "markdown", "html", "json"])
def test_what_was_not_compared_is_said(
    harmless: Path, place: Path, format_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A check that did not run must not look like one that found nothing."""
    _write(place / "cdktf.out" / "stacks" / "sandbox" / "cdk.tf.json", {})
    _write(place / "base" / "stacks" / "sandbox" / "cdk.tf.json", {})
    arguments = ["review", f"sandbox={harmless}", "--format", format_]

    assert main(arguments) == 0
    assert "destroy was not compared" in capsys.readouterr().out
    assert main([*arguments, "--base", "base"]) == 0
    assert "destroy was not compared" not in capsys.readouterr().out


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


def test_new_environment_has_no_base(harmless: Path) -> None:
    """Nothing was protected there."""
    Path("base/stacks/dev").mkdir(parents=True)

    assert main(["review", str(harmless), "--base", "base", *_TODAY]) == 0


@pytest.mark.parametrize(
    ("today", "rule", "code"),
    [
        ("2025-11-21", "expires-late", 3),
        ("2026-11-21", None, 0),
        ("2027-01-20", "expires-soon", 0),
        ("2027-01-31", "expired", 3),
    ],
)
def test_break_glass_ends(
    place: Path, today: str, rule: str | None, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Judged by the date given, from the environment files beside the plan."""
    shutil.copytree(ENVIRONMENTS, place / "environments")
    file = _write(place / "plans" / "prod.json", plan())
    arguments = ["review", str(file), "--today", today, "--format", "json"]

    assert main(arguments) == code
    findings = json.loads(capsys.readouterr().out)["environments"][0]["findings"]
    assert [one["rule"] for one in findings] == ([rule] if rule else [])
    file = _write(place / "plans" / "sandbox.json", plan())
    assert main(["review", str(file), "--today", today]) == 0


@pytest.mark.usefixtures("place")
def test_golden_plans_are_reviewed_together(capsys: pytest.CaptureFixture[str]) -> None:
    """All of them in one comment, which is no longer than a comment may be."""
    files = sorted(map(str, PLANS.glob("*.json")))

    assert main(["review", *files, "--format", "markdown"]) == 3
    assert len(os.fsencode(capsys.readouterr().out)) < 65_536
