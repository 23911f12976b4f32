"""The commands as they are installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hybrid_kubernetes import commands
from tests.source import ROOT


def test_the_product_is_first_on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything of the same name that somebody else installed."""
    monkeypatch.setattr(sys, "path", ["elsewhere", *sys.path])
    seen: list[str] = []
    monkeypatch.setattr("operations.cli.command", lambda: seen.append(sys.path[0]))
    monkeypatch.setattr("operations.cdktf_cli.main", lambda: 3)

    commands.hybrid()

    assert commands.cdktf() == 3
    assert seen == [str(ROOT)]


def test_a_wheel_has_the_product_in_its_package(tmp_path: Path) -> None:
    """A checkout has it one folder up."""
    (tmp_path / "operations").mkdir()

    assert commands.product_folder(tmp_path) == tmp_path
    assert commands.product_folder(tmp_path / "operations") == tmp_path
