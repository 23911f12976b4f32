"""The environment files of this repository, to be renamed in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.real_estate import ENVIRONMENTS


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of this repository's environments, with their records."""
    monkeypatch.chdir(tmp_path)
    for path in ENVIRONMENTS.rglob("*"):
        if path.suffix in {".yaml", ".txt"}:
            copy = tmp_path / "environments" / path.relative_to(ENVIRONMENTS)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    return tmp_path / "environments"
