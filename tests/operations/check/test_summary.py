"""What ``hybrid check`` says of the whole estate: whether it is well, on one screen."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from estate.model.estate import Estate
from estate.reading.estate_loader import load_estate
from operations.check.summary import print_summary
from operations.cli import main
from tests.example import ENVIRONMENTS, NAMES
from tests.operations.estate_folder import copied_environments

Capture = pytest.CaptureFixture[str]
SCREEN_LINES, SCREEN_COLUMNS = 24, 80


class Terminal(io.StringIO):
    """A standard output that a person looks at."""

    def isatty(self) -> bool:
        """It is one."""
        return True


@pytest.fixture(scope="module")
def example() -> Estate:
    """The estate with four environments."""
    return load_estate(ENVIRONMENTS)


@pytest.fixture
def warned(monkeypatch: pytest.MonkeyPatch) -> None:
    """An estate with much to say, at length."""
    many = [" ".join([f"something-{n}", *["which takes words"] * 20]) for n in range(9)]
    monkeypatch.setattr("operations.check.summary.all_warnings", lambda *_: iter(many))
    monkeypatch.setattr("operations.check.summary.notes", lambda _: iter(many))


def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal of the smallest size that there is, as standard output."""
    monkeypatch.setenv("COLUMNS", str(SCREEN_COLUMNS))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    terminal = Terminal()
    monkeypatch.setattr("sys.stdout", terminal)
    return terminal


def plain(text: str) -> list[str]:
    """Lines without what makes them bold."""
    return [line.replace("\x1b[1m", "").replace("\x1b[0m", "").rstrip() for line in text.splitlines()]


def test_an_environment_is_a_line_with_counts(example: Estate, capsys: Capture) -> None:
    """What it has, and of how much it warns; the last line says which command shows the rest."""
    print_summary(example, NAMES)

    lines = capsys.readouterr().out.splitlines()
    assert lines[:6] == [
        "Environments",
        "  environment  clusters                       VPNs  entities  warnings",
        "  sandbox      1 GKE, 1 admin, 1 user         1     38        3",
        "  dev          1 GKE, 1 admin, 1 user         1     30        3",
        "  test         1 GKE, 1 admin, 1 user, 1 EKS  2     36        2",
        "  prod         1 GKE, 1 admin, 2 user, 1 EKS  2     47        3",
    ]
    assert lines[6].startswith("warning: sandbox: its state lies on this machine only")
    assert lines[-1] == "4 environments are valid; hybrid check prod shows everything of prod"


def test_four_environments_are_one_screen(example: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    """The few warnings of one of them have two lines each."""
    terminal = on_a_terminal(monkeypatch)

    print_summary(example, NAMES)

    lines = plain(terminal.getvalue())
    assert len(lines) < SCREEN_LINES
    assert max(map(len, lines)) <= SCREEN_COLUMNS

    terminal = on_a_terminal(monkeypatch)

    print_summary(example, NAMES[:1])

    lines = plain(terminal.getvalue())
    assert [line for line in lines if line.startswith("  ")][1].endswith("plan the move to ...")


@pytest.mark.usefixtures("warned")
def test_so_they_are_with_much_to_say(example: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two warnings of each are said in a line, and two notes with how many more there are."""
    terminal = on_a_terminal(monkeypatch)

    print_summary(example, NAMES)

    lines = plain(terminal.getvalue())
    assert len(lines) < SCREEN_LINES
    assert max(map(len, lines)) <= SCREEN_COLUMNS
    assert [line.split()[2] for line in lines if line.startswith("warning: prod:")] == [
        "something-0",
        "something-1",
    ]
    assert "note: and 7 more" in lines


def test_nothing_is_cut_where_there_is_room(
    example: Estate, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """As in a document."""
    monkeypatch.setenv("COLUMNS", "400")

    print_summary(example, NAMES)

    assert "..." not in capsys.readouterr().out


def test_one_without_a_cluster_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """A first phase."""
    monkeypatch.chdir(tmp_path)
    Path("environments").mkdir()
    Path("environments/organization.yaml").write_text("{name: kl, domain: nk.no, promotion: [dev]}")
    Path("environments/dev.yaml").write_text("{environment: dev, state: {gcs: {bucket: kl-dev}}}")

    assert main(["check"]) == 0

    assert capsys.readouterr().out.splitlines() == [
        "Environments",
        "  environment  clusters  VPNs  entities  warnings",
        "  dev          none      0     1         0",
        "1 environment is valid; hybrid check dev shows everything of dev",
    ]


def test_named_ones_are_told_in_full_and_machines_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """The summary is for people who name none."""
    copied_environments(tmp_path)
    monkeypatch.chdir(tmp_path)
    main(["check", *NAMES])
    full = capsys.readouterr().out
    main(["check", *NAMES, "--format=json"])
    named = capsys.readouterr().out

    assert main(["check", "--format=json"]) == 0

    assert capsys.readouterr().out == named
    assert "google.network.subnets.gke" in full
    assert full.endswith("4 environments are valid\n")
