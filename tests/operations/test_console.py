"""What a person sees, on a terminal and in a pipe."""

from __future__ import annotations

import io
import re

import pytest

from operations.console import print_table, progress, say


class Terminal(io.StringIO):
    """A stream that a person looks at."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """An ordinary terminal, whatever the tests run in."""
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


def test_a_table_in_a_pipe_is_aligned_text() -> None:
    """Nothing drawn, nothing cut off, for grep and for logs."""
    stream = io.StringIO()

    print_table("Title", ("a", "long header"), [("x" * 50, "y"), ("[bold]", "")], stream)

    assert stream.getvalue().splitlines() == [
        "Title",
        f"  a{' ' * 49}  long header",
        f"  {'x' * 50}  y",
        "  [bold]",
    ]


@pytest.mark.parametrize("terminal", [False, True])
def test_a_table_that_is_too_wide_has_a_field_a_line(*, terminal: bool) -> None:
    """No word is broken, and nothing is cut off, not even what is longer than a line."""
    stream = Terminal() if terminal else io.StringIO()

    print_table("Title", ("a", "long header"), [("x" * 200, "y " * 40), ("[bold]", "")], stream)

    assert [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in stream.getvalue().splitlines()] == [
        "Title",
        f"  a            {'x' * 200}",
        f"  long header  {('y ' * 33).rstrip()}",
        f"               {('y ' * 7).rstrip()}",
        "",
        "  a            [bold]",
        "",
    ]


@pytest.mark.parametrize(
    ("columns", "longest"),
    [("40", 40), ("200", 91), ("0", 80), ("wide", 80)],
)
def test_a_table_keeps_to_the_width(monkeypatch: pytest.MonkeyPatch, columns: str, longest: int) -> None:
    """That COLUMNS says, and to 80 when it says none."""
    monkeypatch.setenv("COLUMNS", columns)
    stream = io.StringIO()

    print_table("T", ("name", "why"), [("apps", ("ab " * 28).strip()), ("b", "c")], stream)

    assert max(map(len, stream.getvalue().splitlines())) in range(longest - 4, longest + 1)
    assert stream.getvalue().count("ab") == 28


@pytest.mark.parametrize("width", [60, 100])
def test_no_word_is_broken_on_a_terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """Names stay whole, in columns and in records."""
    monkeypatch.setenv("COLUMNS", str(width))
    name = "google_container_cluster.GkeClusters_cloud"
    stream = Terminal()

    print_table("T", ("what", "where"), [(name, "a-name-with-hyphens and some words " * 3)], stream)

    assert name in stream.getvalue()
    assert stream.getvalue().count("a-name-with-hyphens") == 3
    assert ("╭" in stream.getvalue()) is (width == 100)


def test_a_table_on_a_terminal_is_drawn() -> None:
    """With a frame; text that looks like markup is shown as it is."""
    stream = Terminal()

    print_table("Title", ("a",), [("[bold]",)], stream)

    assert "╭" in stream.getvalue()
    assert "[bold]" in stream.getvalue()


def test_colour_is_for_terminals_only() -> None:
    """Escape codes in a log are noise."""
    pipe, terminal = io.StringIO(), Terminal()

    say("text", style="red", stream=pipe)
    say("text", style="red", stream=terminal)

    assert pipe.getvalue() == "text\n"
    assert "\x1b[31mtext" in terminal.getvalue()


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colour_can_be_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """NO_COLOR and a dumb terminal are respected."""
    monkeypatch.setenv(name, value)
    terminal = Terminal()

    say("text", style="red", stream=terminal)

    assert "\x1b[31m" not in terminal.getvalue()


def test_progress_in_a_pipe_is_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """On standard error, so that standard output stays what was asked for."""
    with progress("working"):
        pass

    assert capsys.readouterr() == ("", "working\n")


def test_progress_on_a_terminal_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """A spinner that leaves no line behind."""
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)

    with progress("working"):
        pass

    erase_line = "\x1b[2K"
    assert "working" in terminal.getvalue()
    assert terminal.getvalue().endswith(erase_line)


def test_progress_under_cdktf_is_cdktfs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its report comes when all is done, and a line that says so would be late."""
    monkeypatch.setenv("HYBRID_REPORT", "anywhere")

    with progress("working"):
        pass

    assert capsys.readouterr() == ("", "")
