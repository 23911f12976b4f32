"""The environment files of this repository, to be renamed in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from estate.model.estate import Estate
from estate.reading.estate_loader import load_estate
from operations.artifacts.stack_json import StackJson
from operations.rename.stacks import Synthesized, synthesized
from tests.example import ENVIRONMENTS
from tests.operations.estate_folder import copied_environments


@pytest.fixture
def made(untouched: Synthesized) -> list[Synthesized]:
    """What a test synthesizes, the last as it was left."""
    return [untouched]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: list[Synthesized]) -> Path:
    """A copy of this repository's environments, with their records; what was not edited is synthesized once for all."""

    def known(estate: Estate, before: Synthesized | None = None) -> Synthesized:
        made.append(synthesized(estate, before or made[-1]))
        return made[-1]

    monkeypatch.setattr("operations.rename.rename.synthesized", known)
    monkeypatch.chdir(tmp_path)
    return copied_environments(tmp_path)


@pytest.fixture(scope="session")
def untouched() -> Synthesized:
    """The estate before anything is renamed."""
    return synthesized(load_estate(ENVIRONMENTS))


@pytest.fixture(scope="session")
def as_they_are(untouched: Synthesized) -> Mapping[str, StackJson]:
    """Every stack before anything is renamed."""
    return untouched.stacks
