"""The command lines of ``hybrid init`` and ``hybrid renew``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from operations.cli import main
from operations.init import command
from operations.init import init as making
from operations.project import VARIABLE
from tests.operations.init.wishing import wishes

Capture = pytest.CaptureFixture[str]
TOLD = ["--name", "nk", "--domain", "example.org", "--environments", "lab, prod"]


@pytest.fixture(autouse=True)
def somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds nothing."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_an_estate_is_made_elsewhere(somewhere: Path, capsys: Capture) -> None:
    """It says what is missing and what comes next, and can be checked at once."""
    assert main(["init", *TOLD, "--google", "nk-host", "--into", "mine"]) == 0

    out = capsys.readouterr().out
    assert f"files written in {somewhere / 'mine'}" in out
    assert "placeholder: environments/lab.yaml:11: what gcloud projects describe nk-host says" in out
    assert "next: cd mine; put your own values in" in out
    assert main(["check", "--folder", "mine/environments"]) == 0


def test_where_one_stands_needs_no_step_into_it(capsys: Capture) -> None:
    """A repository that was just cloned, say."""
    assert main(["init", *TOLD, "--aws", "-", "--into", "."]) == 0
    assert "next: put your own values in" in capsys.readouterr().out
    assert main(["renew", "--write"]) == 0
    assert "everything is as this version has it" in capsys.readouterr().out


def test_what_is_renewed_is_told(somewhere: Path, capsys: Capture) -> None:
    """So that its difference is read."""
    main(["init", *TOLD, "--aws", "-", "--into", "."])
    (somewhere / "atlantis.yaml").unlink()
    capsys.readouterr()

    assert main(["renew", "atlantis"]) == 0
    assert capsys.readouterr().out == (
        "atlantis.yaml is not as this version has it\nnothing is written yet; the same with --write writes it\n"
    )
    assert not (somewhere / "atlantis.yaml").exists()
    assert main(["renew", "atlantis", "--write"]) == 0
    assert capsys.readouterr().out == "atlantis.yaml written\n1 file changed; read the difference\n"


def test_nobody_is_asked_in_a_pipe(capsys: Capture) -> None:
    """Everything that is missing is said."""
    assert main(["init", "--name", "nk", "--into", "mine"]) == 2

    err = capsys.readouterr().err
    assert "--domain: is needed" in err
    assert "--environments: is needed" in err


@pytest.mark.parametrize(
    ("clouds", "said"),
    [
        (["nk-host", "123456789012"], {"google": ["nk-host"], "aws": ["123456789012"]}),
        (["nk-host", ""], {"google": ["nk-host"], "owners": ["@nk/platform"]}),
        (["", ""], {"vmware": True}),
    ],
    ids=["clouds", "owners", "vmware"],
)
def test_a_person_at_a_terminal_is_asked(
    monkeypatch: pytest.MonkeyPatch, clouds: list[str], said: dict[str, Any]
) -> None:
    """For what is missing, and nothing else."""
    answers = iter(["example.org", "lab,prod", *clouds, said.get("owners", [""])[0]])
    made: list[object] = []
    monkeypatch.setattr(command, "is_terminal", lambda _: True)
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(answers))
    monkeypatch.setattr("typer.confirm", lambda *_, **__: "vmware" in said)

    def note(wanted: object, root: Path, _: str) -> making.Made:
        made.append(wanted)
        return making.Made(root, (), ())

    monkeypatch.setattr(making, "init", note)

    assert main(["init", "--name", "nk", "--into", "mine"]) == 0
    assert made == [wishes(**said)]


def test_the_example_of_an_installed_wheel(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """There is none, so a folder has to be named."""
    monkeypatch.setattr(command, "is_checkout", lambda: False)

    assert main(["init", *TOLD, "--aws", "-"]) == 2
    assert "--into: is needed" in capsys.readouterr().err


def test_an_estate_of_ones_own_in_a_checkout_is_left_alone(
    somewhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Without --into it is the checkout's example that goes."""
    (somewhere / "environments").mkdir()
    monkeypatch.setattr(command, "ROOT", somewhere)
    monkeypatch.setattr(making, "ROOT", somewhere)

    assert main(["init", *TOLD, "--aws", "-"]) == 2
    assert "organization.yaml: is missing of the example" in capsys.readouterr().err
