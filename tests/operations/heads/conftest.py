"""A base and a head to look at."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.operations.heads.checkouts import Checkouts, checkouts


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkouts:
    """Both, with the base as the current folder."""
    made = checkouts(tmp_path)
    monkeypatch.chdir(made.base)
    return made
