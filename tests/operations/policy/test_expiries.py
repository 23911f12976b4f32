"""What is past its day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from estate.reading.estate_loader import load_estate
from operations.policy.expiries import past_expiries

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


def past(folder: Path, day: date) -> list[str]:
    """What is past on a day, as a person reads it."""
    return [str(problem) for problem in past_expiries(load_estate(folder), folder, day)]


def test_an_entry_ends_at_the_beginning_of_its_day(folder: Path) -> None:
    """On the day itself it is past, with its line and what to do; the other one is not."""
    assert past(folder, date(2027, 1, 31)) == [
        "environments/organization.yaml:5:64: break_glass.kari.expires: must be a day to come, got 2027-01-31, and "
        "today is 2027-01-31; take the entry out, or the clusters of dev keep kari@example.com as administrator"
    ]


def test_before_that_day_nothing_is_past(folder: Path) -> None:
    """Not even on the day before."""
    assert past(folder, date(2027, 1, 30)) == []


def test_an_emergency_ends_within_a_year(folder: Path) -> None:
    """A day that nobody lives to see is no end."""
    text = (folder / "organization.yaml").read_text("utf-8").replace("2027-06-30", "2999-01-01")
    (folder / "organization.yaml").write_text(text, "utf-8")

    assert past(folder, date(2026, 11, 30)) == [
        "environments/organization.yaml:6:62: break_glass.ola.expires: must be within a year, got 2999-01-01, and today is "
        "2026-11-30; an emergency ends before, so name an earlier day and renew it then"
    ]
