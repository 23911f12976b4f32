"""What the command line says of itself."""

from __future__ import annotations

import tomllib
from typing import Annotated

import pytest
import typer
from typer.main import get_command

from operations.cli import app, main
from operations.help import Commands, Verb
from operations.project import ROOT


@pytest.mark.parametrize("words", [["-h"], ["synth", "-h"], ["adopt", "gkectl", "-h"]], ids=" ".join)
def test_help_has_a_short_name_everywhere(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """As people type it."""
    assert main(words) == 0
    assert "Usage: hybrid" in capsys.readouterr().out


@pytest.mark.parametrize("words", [[], ["adopt"], ["github"]], ids=["hybrid", "adopt", "github"])
def test_the_list_of_commands_has_whole_sentences(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """On a terminal of 80 columns too."""
    main([*words, "--help"])

    _, options, commands = capsys.readouterr().out.partition("Show this message and exit.")
    assert options
    assert commands.strip()
    assert "..." not in commands


def test_verbs_are_listed_by_what_they_are_for(capsys: pytest.CaptureFixture[str]) -> None:
    """Each once, and none in a list that says nothing."""
    main(["--help"])

    purposes = [
        line[:-1] for line in capsys.readouterr().out.splitlines() if line.endswith(":") and line[0] != " "
    ]
    assert purposes == [
        "Options",
        "Begin",
        "Look",
        "Make",
        "Judge",
        "Change what runs",
        "In a pipeline",
        "Move in",
    ]


@pytest.mark.parametrize(
    ("words", "usage", "argument"),
    [
        (["check"], "[OPTIONS] [ENV]...", "  [ENV]...  Environments"),
        (["plan"], "[OPTIONS] STACK...", "  STACK...  Stacks"),
        (["adopt", "gkectl"], "[OPTIONS] FILE...", "  FILE...  gkectl's"),
        (["rules"], "[OPTIONS]", ""),
    ],
    ids=["optional", "needed", "below a group", "none"],
)
def test_arguments_read_as_people_write_them(
    words: list[str], usage: str, argument: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The library made `[[ENV]...]... <list[str]>` of them."""
    main([*words, "--help"])

    said = capsys.readouterr().out
    assert said.startswith(f"Usage: hybrid {' '.join(words)} {usage}\n")
    assert ("Arguments:" in said) == bool(argument)
    assert argument in said


def test_an_argument_without_a_word_of_its_own_is_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    """And one that is hidden is in no list."""
    app = typer.Typer(rich_markup_mode=None)

    @app.command(cls=Verb)
    def _(first: str, second: Annotated[str, typer.Argument(hidden=True)] = "") -> None: ...

    app(["--help"], standalone_mode=False)

    said = capsys.readouterr().out
    assert ("  FIRST" in said, "SECOND" in said.partition("Arguments:")[2]) == (True, False)


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    """Said once, in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"hybrid {project['version']}\n"


def test_a_shell_completes_verbs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """By the protocol of the library; no word of ours comes in between."""
    monkeypatch.setenv("_HYBRID_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "hybrid lock")
    monkeypatch.setenv("COMP_CWORD", "1")

    assert main([]) == 0
    assert capsys.readouterr().out.split() == ["lock-providers"]


def test_what_is_hidden_is_not_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """An old verb that still answers, for instance."""
    app = typer.Typer(cls=Commands, rich_markup_mode=None)
    app.command("shown")(lambda: None)
    app.command("old", hidden=True)(lambda: None)

    app(["--help"], standalone_mode=False)

    listed = capsys.readouterr().out.partition("Commands:")[2]
    assert ("shown" in listed, "old" in listed) == (True, False)


@pytest.mark.parametrize(
    "words",
    [["check", "--help"], ["check", "--nope"], ["adopt", "--help"], ["adopt", "nope"], ["plan-key", "-h"]],
    ids=" ".join,
)
def test_a_verb_alone_is_asked_as_among_all(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its command is made without those of the others, and help and refusals are the same."""
    alone = (main(words), *capsys.readouterr())
    whole = get_command(app)
    monkeypatch.setattr("operations.cli._command", lambda _: whole)

    assert (main(words), *capsys.readouterr()) == alone
    assert alone[1] + alone[2]
