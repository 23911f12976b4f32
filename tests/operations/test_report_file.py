"""What main.py says gets past cdktf in a file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from operations.cli import main
from operations.console import is_terminal
from operations.report_file import REPORT, TERMINAL, Report, read_report


def test_what_is_printed_is_left_with_the_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both streams, in their order; nothing reaches the streams themselves."""
    with Report(tmp_path / "report") as report:
        print("one")
        print("two", file=sys.stderr)
        report.exit_code = 2

    assert read_report(tmp_path / "report") == (2, "one\ntwo\n")
    assert capsys.readouterr() == ("", "")


def test_a_crash_leaves_code_1(tmp_path: Path) -> None:
    """Whatever stops the run, it is not taken for a success."""
    with pytest.raises(ZeroDivisionError), Report(tmp_path / "report"):
        raise ZeroDivisionError

    assert read_report(tmp_path / "report") == (1, "")


def test_no_report_is_none(tmp_path: Path) -> None:
    """A run that never came to its end leaves no file."""
    assert read_report(tmp_path / "report") is None


def test_the_report_knows_who_will_read_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Colour and tables only where it will be shown on a terminal."""
    monkeypatch.setenv("TERM", "xterm")
    with Report(tmp_path / "report"):
        in_a_pipe = is_terminal(sys.stdout)
        monkeypatch.setenv(TERMINAL, "1")
        on_a_terminal = is_terminal(sys.stdout)

    assert (in_a_pipe, on_a_terminal) == (False, True)


def test_the_command_reports_where_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As `cdktf synth` runs it: the exit code stays its own."""
    monkeypatch.setenv(REPORT, str(tmp_path / "report"))

    assert main(["check", "--folder", str(tmp_path / "nothing")]) == 2

    found = read_report(tmp_path / "report")
    assert found is not None
    assert found[0] == 2
    assert "is no folder" in found[1]
    assert capsys.readouterr() == ("", "")
