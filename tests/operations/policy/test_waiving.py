"""Waivers, and the files that they stand in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from estate.reading.problems import InvalidInput
from operations.allowances.policy_files import read_policy_files
from operations.policy.finding import Finding, Level
from operations.policy.stacks import Place
from operations.policy.waiving import waive

OPEN = Finding("HYB_A", Level.HIGH, "is open; close it", Place("dev", "aws_lb.L"))
WAIVERS = """\
waivers:
  - {stack: dev, resource: aws_lb.L, rule: HYB_A, reason: "for now", expires: "2027-01-31"}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for policy files below the current one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "policy").mkdir()
    return tmp_path


def write(folder: Path, text: str, name: str = "waivers.yaml") -> None:
    """Write a policy file."""
    (folder / "policy" / name).write_text(text, "utf-8")


def test_without_files_nothing_is_waived(tmp_path: Path) -> None:
    """And nothing is wrong with that."""
    files = read_policy_files(tmp_path)

    assert waive([OPEN], files, date(2027, 1, 1)) == ([OPEN], [], [])
    assert files.waivers.waivers == ()


def test_a_waiver_counts_until_its_day(folder: Path) -> None:
    """For its rule on its resource and nothing else."""
    write(folder, WAIVERS)
    other = Finding("HYB_B", Level.HIGH, "is open; close it", OPEN.at)

    failing, waived, unneeded = waive([OPEN, other], read_policy_files(folder), date(2027, 1, 30))

    assert (failing, unneeded) == ([other], [])
    assert [(one.finding, one.waiver.reason) for one in waived] == [(OPEN, "for now")]


def test_past_its_day_it_is_a_finding_beside_what_it_waived(folder: Path) -> None:
    """From the beginning of that day, with its place."""
    write(folder, WAIVERS)

    failing, waived, unneeded = waive([OPEN], read_policy_files(folder), date(2027, 1, 31))

    assert [(one.rule, one.where) for one in failing] == [
        ("HYB_A", "dev aws_lb.L"),
        ("HYB_WAIVER_EXPIRED", "policy/waivers.yaml:2:79 waivers[0].expires"),
    ]
    assert (waived, unneeded) == ([], [])


def test_one_that_nothing_needs_is_a_note_until_its_day(folder: Path) -> None:
    """It may be merged before what needs it; past its day it has to go, needed or not."""
    write(folder, WAIVERS)
    files = read_policy_files(folder)

    failing, _, [unneeded] = waive([], files, date(2027, 1, 30))
    [expired], _, none = waive([], files, date(2027, 1, 31))

    assert failing == []
    assert str(unneeded) == (
        "policy/waivers.yaml:2:5: waivers[0]: nothing breaks HYB_A on aws_lb.L of dev; the waiver may stay until "
        "2027-01-31, or be taken out"
    )
    assert (expired.rule, none) == ("HYB_WAIVER_EXPIRED", [])


def test_one_that_does_not_count_waives_nothing(folder: Path) -> None:
    """And it is no note either: what it is, is said elsewhere."""
    write(folder, WAIVERS)
    files = replace(read_policy_files(folder), not_counting=frozenset({0}))

    assert waive([OPEN], files, date(2027, 1, 1)) == ([OPEN], [], [])


def test_what_both_files_say_wrongly_is_said_at_once(folder: Path) -> None:
    """With line and column, as of every file that a person writes."""
    write(folder, WAIVERS.replace('reason: "for now", ', "").replace("HYB_A", "open"))
    write(folder, "skipped_checks: {HYB_A: never mind}\n", "skipped_checks.yaml")

    with pytest.raises(InvalidInput) as refused:
        read_policy_files(folder)

    assert [str(problem).partition(", got")[0].partition(";")[0] for problem in refused.value.problems] == [
        "policy/skipped_checks.yaml:1:18: skipped_checks.HYB_A: key must be the id of a check of checkov, such as CKV_AWS_135",
        "policy/waivers.yaml:2:5: waivers[0].reason: is missing",
        "policy/waivers.yaml:2:44: waivers[0].rule: must be the id of a rule as hybrid policy prints it, such as "
        "CKV_AWS_91 or HYB_STATE_REMOTE",
    ]


def test_checks_that_are_wrong_about_this_project_are_skipped_for_everybody(folder: Path) -> None:
    """An estate adds its own ones, and may give a reason of its own."""
    everywhere = read_policy_files(folder).skipped
    write(folder, "skipped_checks: {CKV_AWS_1: never mind, CKV_AWS_33: ours}\n", "skipped_checks.yaml")

    skipped = read_policy_files(folder).skipped

    assert "CKV_AWS_33" in everywhere
    assert skipped == {**everywhere, "CKV_AWS_1": "never mind", "CKV_AWS_33": "ours"}


def test_a_file_that_is_none_is_refused(folder: Path) -> None:
    """Rather than taken for one that waives nothing."""
    write(folder, "- a list\n")

    with pytest.raises(InvalidInput, match=r"policy/waivers\.yaml"):
        read_policy_files(folder)


def test_the_same_waiver_twice_is_refused(folder: Path) -> None:
    """One of the two would be forgotten."""
    write(folder, WAIVERS + WAIVERS.partition("\n")[2])

    with pytest.raises(InvalidInput, match=r"waivers\[1\]: HYB_A on aws_lb\.L of dev is waived already"):
        read_policy_files(folder)
