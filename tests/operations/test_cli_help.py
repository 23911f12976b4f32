"""What the command line says of itself."""

from __future__ import annotations

import tomllib

import pytest

from operations.cli import main
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

    commands = capsys.readouterr().out.partition("Commands:")[2]
    assert commands
    assert "..." not in commands


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
