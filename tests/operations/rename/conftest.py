"""The environment files of this repository, to be renamed in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.operations.estate_folder import copied_environments


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of this repository's environments, with their records."""
    monkeypatch.chdir(tmp_path)
    return copied_environments(tmp_path)
