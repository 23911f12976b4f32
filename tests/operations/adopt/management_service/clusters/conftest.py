"""Where the tests of ``hybrid adopt aws-cluster`` run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.operations.adopt.management_service.clusters.workplace import Workplace


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Workplace:
    """A folder of the test's own, which the command runs in."""
    monkeypatch.chdir(tmp_path)
    return Workplace(tmp_path, capsys)
