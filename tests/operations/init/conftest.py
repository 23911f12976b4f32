"""A checkout of the product."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from operations.init import init as making
from operations.init import repository
from operations.project import ROOT
from tests.operations.init.checkout import known_example


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with the example, as it comes."""
    known_example(tmp_path, monkeypatch)
    shutil.copy(ROOT / "cdktf.json", tmp_path)
    monkeypatch.setattr(making, "ROOT", tmp_path)
    monkeypatch.setattr(repository, "ROOT", tmp_path)
    monkeypatch.setattr("operations.init.renew.ROOT", tmp_path)
    return tmp_path
