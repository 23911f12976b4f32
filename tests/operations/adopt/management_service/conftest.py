"""Where the tests of ``hybrid adopt`` run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.operations.adopt.management_service.documents import Workplace


@pytest.fixture
def workplace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Workplace:
    """A folder of the test's own, which the command runs in."""
    monkeypatch.chdir(tmp_path)
    return Workplace(tmp_path, capsys)
