"""What is past its day."""

from __future__ import annotations

from pathlib import Path

import pytest

from operations.cli import main

ORGANIZATION = """\
name: kl
domain: example.com
promotion: [dev]
break_glass:
  kari: {user: kari@example.com, environments: [dev], expires: "2027-01-31", reason: on call}
  ola: {user: ola@example.com, environments: [dev], expires: "2027-06-30", reason: on call}
"""
DEV = """\
environment: dev
state: {local: {}}
google: {host_project: {id: kl-dev-host, number: 123456789012}, region: europe-north1}
fleet: {}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of environment files below the current one."""
    monkeypatch.chdir(tmp_path)
    environments = tmp_path / "environments"
    environments.mkdir()
    (environments / "organization.yaml").write_text(ORGANIZATION, "utf-8")
    (environments / "dev.yaml").write_text(DEV, "utf-8")
    return environments


def test_an_entry_ends_at_the_beginning_of_its_day(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On the day itself it is past, with its line and what to do; the other one is not."""
    code = main(["policy", "--folder", str(folder), "--today", "2027-01-31"])

    assert code == 2
    assert capsys.readouterr().err.splitlines()[0] == (
        "environments/organization.yaml:5:64: break_glass.kari.expires: must be a day to come, got 2027-01-31, and "
        "today is 2027-01-31; take the entry out, or the clusters of dev keep kari@example.com as administrator"
    )


def test_before_that_day_nothing_is_past(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And it says which day was asked for."""
    assert main(["policy", "--folder", str(folder), "--today", "2027-01-30"]) == 0
    assert capsys.readouterr().out == "no break-glass entry of 2 is past its day on 2027-01-30\n"


def test_without_a_day_today_is_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The years tell: an entry of a year long gone is past, one of a far year is not."""
    organization = folder / "organization.yaml"
    organization.write_text(
        ORGANIZATION.replace("2027-01-31", "2020-01-31").replace("2027-06-30", "9999-06-30")
    )

    assert main(["policy", "--folder", str(folder)]) == 2
    assert "break_glass.kari.expires" in (said := capsys.readouterr().err)
    assert "break_glass.ola" not in said


def test_a_day_that_is_none_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the option's name."""
    assert main(["policy", "--folder", str(folder), "--today", "31.1.2027"]) == 2
    assert "--today" in capsys.readouterr().err


def test_wrong_files_are_said_first(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is said of days while the files are wrong."""
    (folder / "dev.yaml").write_text(DEV.replace("fleet:", "flet:"), "utf-8")

    assert main(["policy", "--folder", str(folder), "--today", "2030-01-01"]) == 2
    assert "did you mean fleet?" in (said := capsys.readouterr().err)
    assert "break_glass" not in said
