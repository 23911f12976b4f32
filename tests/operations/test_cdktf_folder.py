"""Which estate the ``cdktf`` command works on, and what it says when it cannot."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from estate.reading.problems import InvalidInput, Problem
from operations import cdktf_cli


def test_another_estate_is_named_by_an_option_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The option is ours, and cdktf never sees it; both ways of writing it."""
    (tmp_path / "elsewhere" / "environments").mkdir(parents=True)
    folder = tmp_path / "elsewhere" / "environments"
    asked: list[tuple[list[str], Path]] = []

    def ended(command: list[str], root: Path, _environment: Any) -> int:
        asked.append((command[2:], root))
        return 0

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cdktf_cli, "_ended", ended)
    for words in (["--folder", str(folder), "list"], [f"--folder={folder}", "list"]):
        monkeypatch.setattr(sys, "argv", ["cdktf", *words])
        assert cdktf_cli.main() == 0

    assert asked == [(["list"], folder.parent)] * 2
    assert capsys.readouterr().err == f"cdktf: the estate in {folder}\n" * 2


def test_a_command_line_that_cannot_be_installed_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As every refusal: with what to do, and no traceback."""

    def refused() -> Path:
        raise InvalidInput([Problem("cdktf-cli", 0, 0, "", "could not be installed")])

    monkeypatch.setattr(sys, "argv", ["cdktf", "list"])
    monkeypatch.setattr(cdktf_cli, "cdktf_cli", refused)

    assert cdktf_cli.main() == 2
    assert "cdktf-cli: could not be installed" in capsys.readouterr().err
