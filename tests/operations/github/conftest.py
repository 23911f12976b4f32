"""A GitHub for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fake_github import FakeGithub, fake_github


@pytest.fixture
def github(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGithub]:
    """An empty repository, and the environment of a job that runs for it."""
    with fake_github() as started:
        for name, value in started.environment.items():
            monkeypatch.setenv(name, value)
        yield started
