"""Former words of the command line, which answer for one release."""

from __future__ import annotations

import pytest
import typer
from typer.main import get_command

from operations.cli import app, main
from operations.former import of_today


@pytest.mark.parametrize(
    ("verb", "words", "today"),
    [
        ("check", ["prod", "--output", "json"], ["prod", "--format", "json"]),
        ("stacks", ["--output=github"], ["--format=github"]),
        ("drift", ["--markdown", "a.md"], ["--format", "markdown", "--output", "a.md"]),
        ("drift", ["--markdown=a.md"], ["--format", "markdown", "--output=a.md"]),
        ("upgrade", ["dev", "1.36", "--plan"], ["dev", "1.36"]),
        ("rename", ["a", "b", "--dry-run"], ["a", "b"]),
        ("review", ["a", "--format", "terminal"], ["a", "--format", "text"]),
        ("review-plans", ["--format=terminal"], ["--format=text"]),
    ],
    ids=[
        "a form",
        "with its value",
        "a form and a file",
        "the same with its value",
        "a show",
        "a trial",
        "a value",
        "a value with its option",
    ],
)
def test_a_former_option_is_what_stands_for_it(
    verb: str, words: list[str], today: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """With one note, on standard error, where no programme that reads the answer stumbles on it."""
    assert of_today(verb, words) == today

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"note: hybrid {verb} --")
    assert said.err.endswith(" now, and goes with the next release\n")
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("review", ["a", "--output", "b"]),
        ("review", ["terminal", "--format", "json"]),
        ("synth", ["--output=mine"]),
        ("apply", ["dev", "--plan=plans/dev.plan"]),
        ("rename", ["a", "--", "--plan"]),
    ],
    ids=["a file", "a plan called like a value", "a folder", "a sealed plan", "behind the end of options"],
)
def test_other_words_stay(verb: str, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The same option of another verb is no former one."""
    assert of_today(verb, words) == words
    assert capsys.readouterr().err == ""


def test_what_promised_to_write_nothing_does_not_write() -> None:
    """Whichever of the two was a mistake."""
    with pytest.raises(typer.BadParameter, match="--plan and --write exclude each other"):
        of_today("rename", ["a", "b", "--plan", "--write"])


def test_the_command_line_takes_it_and_names_what_stands_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong about its value is said of the word of today."""
    assert main(["check", "--output", "xml"]) == 2

    note, error = capsys.readouterr().err.splitlines()
    assert note == "note: hybrid check --output is --format now, and goes with the next release"
    assert "Invalid value for '--format'" in error


def test_a_shell_that_completes_a_line_is_told_of_none(capsys: pytest.CaptureFixture[str]) -> None:
    """It understands the words of today, and offers no others."""
    check = get_command(app).commands["check"]  # type: ignore[attr-defined]  # a group's
    check.make_context("check", ["--output", "json"], resilient_parsing=True)

    assert capsys.readouterr().err == ""
