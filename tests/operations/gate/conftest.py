"""A small estate of somebody else in a folder of a test, with what is derived from it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from operations.gate.writing import renew
from tests.operations.gate.foreign import FOREIGN


@pytest.fixture(scope="session")
def renewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The foreign estate with its records and snapshots, made once."""
    folder = tmp_path_factory.mktemp("foreign") / "environments"
    shutil.copytree(FOREIGN, folder)
    renew(folder, {})
    return folder


@pytest.fixture
def project(renewed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it to be changed, with the command run beside it."""
    shutil.copytree(renewed, tmp_path / "environments")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HYBRID_RUNNERS", raising=False)
    # The second synthesis is a process of its own; its lines are measured where a test calls them.
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
    return tmp_path
